"""An office says that it has taken note of what it was told (认领), one push or many at once."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from engine.cases import load_case
from engine.errors import Invalid, NotFound, Refusal
from engine.events import append
from engine.people import User
from engine.regulators.offices import told_to
from engine.tables import pushes, users

MOST = 100  # as many as a page of the list shows, and more


class ClaimedAlready(Refusal):
    """A colleague was faster."""

    do = "不用再认领，可以直接查看和反馈。"


def claim_pushes(db: Connection, *, user: User, chosen: Collection[int], now: datetime) -> int:
    """Claim the pushes with these ids for the person's office; how many were still to be claimed.

    Invalid without any; NotFound when one of them went to another office; ClaimedAlready when colleagues
    have claimed all of them meanwhile. Each is a line in the log of its case.
    """
    if not chosen:
        raise Invalid({"push": "请先勾选要认领的许可。"})
    if len(chosen) > MOST:
        raise Invalid({"push": f"一次最多认领 {MOST} 项，请分几次认领。"})
    found = list(db.execute(select(pushes.c.id).where(pushes.c.id.in_(chosen), told_to(user))).scalars())
    if len(found) != len(set(chosen)):
        raise NotFound("没有找到要认领的许可。", "它可能不属于您所在的部门；请从“审管联动”的列表里选择。")
    claimed = db.execute(
        update(pushes)
        .where(pushes.c.id.in_(found), pushes.c.claimed_at.is_(None))
        .values(claimed_by=user.id, claimed_at=now)
        .returning(pushes.c.id, pushes.c.case_id, pushes.c.content)
    ).all()
    if not claimed:
        raise ClaimedAlready(f"{_who_claimed(db, found[0])}已经认领。")
    for row in sorted(claimed):
        payload = {"push": row.id, "title": str(row.content["name"])}
        append(db, load_case(db, row.case_id), user, "push_claimed", payload, now)
    return len(claimed)


def _who_claimed(db: Connection, push: int) -> str:
    query = select(users.c.name).join(pushes, pushes.c.claimed_by == users.c.id).where(pushes.c.id == push)
    return str(db.execute(query).scalar_one())
