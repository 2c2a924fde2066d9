"""A second notice needs a head's approval: what could be seen at first had to be said at first."""

from datetime import datetime

from sqlalchemy import Connection, select

from engine.approvals import Approval, Wanted, ask, granting
from engine.approvals.registry import Granted
from engine.corrections.filed import read_filed
from engine.corrections.offices import find_marker
from engine.corrections.points import corrections_of
from engine.errors import Invalid, NotAllowed
from engine.people import User
from engine.tables import approvals, corrections

KIND = "second_correction"


def ask_second(db: Connection, *, user: User, number: str, reason: str, now: datetime) -> int:
    """The window asks the head of its own organ for a further notice; returns the approval's id.

    Raises Invalid at `reason` without one, before a first notice, and when it is granted already.
    """
    marker = find_marker(db, user, number)
    window = next((desk for desk in marker.desks if not desk.item), None)
    if window is None:
        raise NotAllowed("只有综合窗口能提请再次补正。", "请把问题标出来，由综合窗口汇总。")
    filed = read_filed(db, marker.case_id)
    rounds = len(corrections_of(db, filed.case.id))
    if not rounds:
        raise Invalid({"reason": "还没有要求过补正，不用提请；标好问题后在受理审查中选择“一次性告知补正”。"})
    if granted_second(db, filed.case.id) is not None:
        raise Invalid({"reason": "已经批准，可以再要求补正一次，不用再提。"})
    wanted = Wanted(KIND, reason, window.department, window.region, values={"round": rounds + 1})
    return ask(db, filed.case, user=user, wanted=wanted, now=now)


def granted_second(db: Connection, case_id: int) -> int | None:
    """The approval of a further notice that was granted and not used yet."""
    used = select(corrections.c.approval_id).where(
        corrections.c.case_id == case_id, corrections.c.approval_id.is_not(None)
    )
    query = select(approvals.c.id).where(
        approvals.c.case_id == case_id,
        approvals.c.kind == KIND,
        approvals.c.state == "granted",
        approvals.c.id.not_in(used),
    )
    return db.execute(query.order_by(approvals.c.id).limit(1)).scalar()


def _effect(db: Connection, approval: Approval) -> str:
    return f"综合窗口可以第 {approval.values['round']} 次要求申请人补正，申请人要重新准备，时间会更长。"


@granting(KIND, "再次要求补正", _effect)
def allow(db: Connection, granted: Granted, now: datetime) -> None:
    """Nothing more: the window's next notice uses the approval."""
