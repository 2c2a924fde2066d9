"""A year of the working calendar as an administrator sees it: each day, and what was laid down for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, extract, select

from engine.clock.calendar import chain, read_calendar
from engine.tables import calendar_days, calendar_years, users

WORKS, RESTS, HOLIDAY, MAKE_UP, LAID_DOWN = ("works", "rests", "holiday", "make_up", "laid_down")
_WEEKEND = 5  # Saturday, counted from Monday as 0


@dataclass(frozen=True)
class LaidDown:
    """What was laid down for a day, by whom; `region` '' is the whole country."""

    region: str
    day: date
    works: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Day:
    """One day: whether offices work, what kind of day that makes it, and why where somebody said."""

    day: date
    works: bool
    kind: str
    reason: str


@dataclass(frozen=True)
class Year:
    """A year in one region; `source` is that of the declaration, None without one.

    `provisional` says that its holidays are not known: it is counted in plain weeks.
    """

    days: tuple[Day, ...]
    laid_down: tuple[LaidDown, ...]
    source: str | None
    provisional: bool


def year_of(db: Connection, region: str, year: int) -> Year:
    """Each day of the year as it holds in the region, with what was laid down there or above it."""
    calendar, own = read_calendar(db, region), _laid_down(db, region, year)
    nearest = {each.day: each for each in sorted(own, key=lambda each: -chain(region).index(each.region))}
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    source = db.execute(select(calendar_years.c.source).where(calendar_years.c.year == year)).scalar()
    days = (first + timedelta(days=number) for number in range(length))
    return Year(
        tuple(_day(day, calendar.is_working(day), nearest) for day in days),
        own,
        source,
        calendar.is_provisional(first),
    )


def _day(day: date, works: bool, laid_down: Mapping[date, LaidDown]) -> Day:
    if said := laid_down.get(day):
        return Day(day, works, LAID_DOWN, said.reason)
    weekend = day.weekday() >= _WEEKEND
    kind = (MAKE_UP if weekend else WORKS) if works else (RESTS if weekend else HOLIDAY)
    return Day(day, works, kind, "")


def _laid_down(db: Connection, region: str, year: int) -> tuple[LaidDown, ...]:
    query = (
        select(
            calendar_days.c.region,
            calendar_days.c.day,
            calendar_days.c.works,
            calendar_days.c.reason,
            users.c.name,
            calendar_days.c.set_at,
        )
        .join(users, users.c.id == calendar_days.c.set_by)
        .where(calendar_days.c.region.in_(chain(region)), extract("year", calendar_days.c.day) == year)
        .order_by(calendar_days.c.day, calendar_days.c.region)
    )
    return tuple(LaidDown(*row) for row in db.execute(query))
