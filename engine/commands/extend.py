"""A clerk asks that an item's or the whole case's limit be prolonged; whoever answers for it decides.

行政许可法第四十二条: the head of the organ may grant ten more working days, for joint handling the head of
the government fifteen; the applicant is told why.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.approvals import Approval, Wanted, ask, granting, states_of
from engine.approvals.registry import Granted
from engine.clock.calendar import read_calendar
from engine.consequences import follow
from engine.days import local_day
from engine.errors import Invalid
from engine.events import actor_of
from engine.handled import Handled, handle
from engine.happenings import Happened
from engine.people import User
from engine.tables import clocks

KIND = "extension"
GOVERNMENT = "government"
OF_THE_ORGAN = 10  # the most working days that the head of one organ may grant
OF_THE_GOVERNMENT = 15


@dataclass(frozen=True)
class Extension:
    """What an item, or the case, may be prolonged by, and the office whose head decides on it."""

    days: int
    department: str
    region: str


def ask_extension(db: Connection, *, user: User, number: str, item: str, reason: str, now: datetime) -> int:
    """Ask for the one extension that the law allows ('' asks for the whole case); returns the approval's id.

    Invalid at `reason` when there is none to be had: not allowed for the item, granted before, or too late.
    """
    found = handle(db, user, number, item)
    may = extension_of(found)
    if not may.days:
        raise Invalid({"reason": "按照法律规定，这个事项不能延期。"})
    if "granted" in states_of(db, found.case.id, KIND, item):
        raise Invalid({"reason": "这个时限已经延长过一次，依法不能再延。"})
    if why := _why_not(db, found.case.id, item, now):
        raise Invalid({"reason": why})
    values = {"days": may.days, "title": found.name}
    wanted = Wanted(KIND, reason, may.department, may.region, item, values)
    return ask(db, found.case, user=user, wanted=wanted, now=now)


def extension_of(found: Handled) -> Extension:
    """How long an extension would be, and who decides on it; 0 days when there is none by law."""
    case, catalogue = found.case, found.deployment.catalogue_on(found.case.filed_on)
    if not found.item:
        return Extension(OF_THE_GOVERNMENT, GOVERNMENT, case.region)
    item = catalogue.item(found.item)
    region = catalogue.region_for(item.id, case.region)
    department = item.authority if item.extension_days <= OF_THE_ORGAN else GOVERNMENT
    return Extension(item.extension_days, department, region)


def _running(db: Connection, case_id: int, item: str) -> Row[Any, Any] | None:
    """The clock that an extension prolongs, while it runs or is paused."""
    query = select(clocks.c.due_on, clocks.c.state).where(
        clocks.c.case_id == case_id,
        clocks.c.clock == ("statutory" if item else "bundle"),
        clocks.c.item == item,
        clocks.c.state != "stopped",
    )
    return db.execute(query).one_or_none()


def _why_not(db: Connection, case_id: int, item: str, now: datetime) -> str:
    """Why the limit cannot be prolonged any more, or not yet; "" when it can."""
    clock = _running(db, case_id, item)
    if clock is None:
        return "办理时限还没有开始计算，或者已经停止，不能延期。"
    if clock.state == "running" and clock.due_on < local_day(now):
        return "时限已经过了，不能再延期；请尽快办结，并写明超期的原因。"
    return ""


def _effect(db: Connection, approval: Approval) -> str:
    """What granting it does to the date, as far as it is known today."""
    days = int(str(approval.values["days"]))
    clock = _running(db, approval.case_id, approval.item)
    if clock is None:
        return "办理时限已经停止，不用再延期，请答复“不批准”。"
    later = read_calendar(db, approval.region).add_working_days(clock.due_on, days)
    which = "法定时限" if approval.item else "整件时限"
    return f"{which}从 {_day(clock.due_on)} 改为 {_day(later)}（延长 {days} 个工作日）。"


@granting(KIND, "延长办理时限", _effect)
def extend(db: Connection, granted: Granted, now: datetime) -> None:
    """Prolong the limit, with the letter that says why; Invalid at `answer` when it is over."""
    approval, case = granted.approval, granted.case
    if why := _why_not(db, case.id, approval.item, now):
        raise Invalid({"answer": why})
    values = {"days": approval.values["days"], "reason": approval.reason, "approver": granted.user.name}
    items = (approval.item,) if approval.item else ()
    actor = actor_of(granted.user.id)
    follow(db, Happened("extended", case, granted.deployment, actor, items, values), now)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
