"""An administrator lays down on which days offices work; every clock that still runs is counted anew."""

from datetime import date, datetime

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.clock.calendar import FIRST, LAST, write_out
from engine.clock.lights import compute_all
from engine.days import local_day
from engine.errors import Invalid, NotAllowed, NotFound
from engine.people import User
from engine.tables import calendar_days, calendar_years

ROLE = "administrator"


def set_calendar_day(
    db: Connection, *, user: User, region: str, day: date, works: bool, reason: str, now: datetime
) -> int:
    """Lay down whether offices work on a day, in a region and what belongs to it; '' is the whole country.

    Returns how many clocks it changed. Invalid at day or reason; NotAllowed for all but administrators.
    """
    _allow(user)
    errors = {}
    if not FIRST <= day <= LAST:
        errors["day"] = f"请填写 {FIRST.year} 年到 {LAST.year} 年之间的日期。"
    if not reason.strip():
        errors["reason"] = "请写明依据，例如通知的名称和文号。"
    if errors:
        raise Invalid(errors)
    said = {"works": works, "reason": reason.strip(), "set_by": user.id, "set_at": now}
    row = upsert(calendar_days).values(region=region, day=day, **said)
    db.execute(row.on_conflict_do_update(index_elements=["region", "day"], set_=said))
    return _count_anew(db, now)


def remove_calendar_day(db: Connection, *, user: User, region: str, day: date, now: datetime) -> int:
    """Take back what was laid down for a day; returns how many clocks it changed. NotFound without it."""
    _allow(user)
    one = delete(calendar_days).where(calendar_days.c.region == region, calendar_days.c.day == day)
    if not db.execute(one).rowcount:
        raise NotFound("这一天没有单独的规定。", "它可能已经被别人删除，请刷新页面查看。")
    return _count_anew(db, now)


def declare_year(db: Connection, *, user: User, year: int, source: str, now: datetime) -> int:
    """Declare that all days of a year are known, by `source`; returns how many clocks it changed.

    Invalid at year or source. Days that differ from the plain week are to be laid down before.
    """
    _allow(user)
    errors = {}
    if not FIRST.year <= year <= LAST.year:
        errors["year"] = f"请填写 {FIRST.year} 到 {LAST.year} 之间的年份。"
    if not source.strip():
        errors["source"] = "请写明依据，例如国务院办公厅关于节假日安排的通知及文号。"
    if errors:
        raise Invalid(errors)
    said = {"source": source.strip(), "set_by": user.id, "set_at": now}
    row = upsert(calendar_years).values(year=year, **said)
    db.execute(row.on_conflict_do_update(index_elements=["year"], set_=said))
    return _count_anew(db, now)


def _allow(user: User) -> None:
    if ROLE not in user.roles:
        raise NotAllowed("只有系统管理员可以修改工作日历。")


def _count_anew(db: Connection, now: datetime) -> int:
    return compute_all(db, local_day(now)) if write_out(db) else 0
