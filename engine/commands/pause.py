"""A clerk stops an item's clocks for what the law leaves out of the limit, and tells how long it takes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.cases import Case
from engine.consequences import follow
from engine.errors import Invalid
from engine.events import actor_of, append
from engine.handled import handle
from engine.happenings import Happened
from engine.pauses import KINDS, LONGEST, PauseKind, kinds_for
from engine.people import User
from engine.tables import clock_entries


@dataclass(frozen=True)
class Running:
    """A pause that has not ended: its kind, since when and for how long it was announced."""

    kind: PauseKind
    entry_id: int
    days: int | None
    reason: str


def pause(
    db: Connection,
    *,
    user: User,
    number: str,
    item: str,
    kind: str,
    days: int | None,
    reason: str,
    now: datetime,
) -> None:
    """Stop the item's clocks and write to the applicant; `days` is how long it is expected to take.

    Invalid at kind, days or reason; NotFound for offices that do not handle the item.
    """
    found = handle(db, user, number, item)
    settings = found.deployment.catalogue_on(found.case.filed_on).settings(found.case.region)
    errors = {}
    if kind not in {each.id for each in kinds_for(settings)}:
        errors["kind"] = "请选择是哪一种特殊环节。"
    elif kind in {each.kind.id for each in running_pauses(db, found.case.id, item)}:
        errors["kind"] = f"这个事项的“{KINDS[kind].name}”正在进行，不用再登记；结束时请点“恢复计时”。"
    if days is None or not 1 <= days <= LONGEST:
        errors["days"] = f"请填写预计需要的工作日，1 到 {LONGEST} 之间的整数。"
    if not reason.strip():
        errors["reason"] = "请写明为什么需要这个环节，会写进给申请人的告知书。"
    if not found.case.accepted:
        errors["kind"] = "还没有受理，办理时限没有开始计算，不需要暂停。"
    if errors:
        raise Invalid(errors)
    values = {"kind": kind, "days": days, "reason": reason.strip(), "law": KINDS[kind].law}
    append(
        db, found.case, user, "clock_paused", {"item": item, "title": found.name, "act": kind, **values}, now
    )
    follow(db, Happened("paused", found.case, found.deployment, actor_of(user.id), (item,), values), now)


def running_pauses(db: Connection, case_id: int, item: str) -> tuple[Running, ...]:
    """The pauses of an item that have not ended, one a kind, the oldest first."""
    ended = select(clock_entries.c.closes).where(
        clock_entries.c.case_id == case_id, clock_entries.c.closes.is_not(None)
    )
    query = select(clock_entries).where(
        clock_entries.c.case_id == case_id,
        clock_entries.c.item == item,
        clock_entries.c.entry == "pause",
        clock_entries.c.id.not_in(ended),
    )
    found: dict[str, Running] = {}
    for row in db.execute(query.order_by(clock_entries.c.id)):
        found.setdefault(row.kind, Running(KINDS[row.kind], row.id, row.days, row.reason))
    return tuple(found.values())


def refuse_while_paused(db: Connection, case: Case, item: str) -> None:
    """Invalid at `outcome` while something runs that the law wants to end before a decision."""
    if names := "、".join(
        each.kind.name for each in running_pauses(db, case.id, item) if each.kind.statutory
    ):
        raise Invalid(
            {
                "outcome": f"这个事项正在进行{names}，结果出来以前不能作出决定。"
                f"请先在“办理时限”页面登记{names}结束、恢复计时。"
            }
        )
