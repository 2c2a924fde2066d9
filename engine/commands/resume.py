"""A clerk ends a pause: the item's clocks run on from the next working day."""

from datetime import datetime

from sqlalchemy import Connection

from engine.commands.pause import running_pauses
from engine.consequences import follow
from engine.errors import Invalid
from engine.events import actor_of, append
from engine.handled import handle
from engine.happenings import Happened
from engine.pauses import HEARING, KINDS
from engine.people import User


def resume(
    db: Connection, *, user: User, number: str, item: str, kind: str, reason: str, now: datetime
) -> None:
    """End the running pause of this kind; Invalid at `kind` when there is none, at `reason` without words."""
    found = handle(db, user, number, item)
    errors = {}
    if kind not in {each.kind.id for each in running_pauses(db, found.case.id, item)}:
        errors["kind"] = "这个暂停已经结束，请刷新页面查看最新情况。"
    elif kind == HEARING:
        errors["kind"] = "听证由听证笔录结束，请在听证页面登记。"
    if not reason.strip():
        errors["reason"] = "请写明结果，例如检测报告的日期和编号。"
    if errors:
        raise Invalid(errors)
    values = {"kind": kind, "reason": reason.strip(), "law": KINDS[kind].law}
    append(
        db, found.case, user, "clock_resumed", {"item": item, "title": found.name, "act": kind, **values}, now
    )
    follow(db, Happened("resumed", found.case, found.deployment, actor_of(user.id), (item,), values), now)
