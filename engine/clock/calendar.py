"""The calendar of a region as the administrator laid it down, and written out so that one query counts.

A region belongs to those whose codes of GB/T 2260 stand above its own: 370303 to 370300 (the city), to 370000
(the province), and to '' (the country). What is laid down nearest holds.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, Row, text

from engine.days import Calendar

FIRST, LAST = date(2004, 1, 1), date(2040, 12, 31)  # what is written out; `chinesecalendar` begins with 2004
LOCK = 4_221_120_261  # who counts a case holds it shared, who changes the calendar holds it alone
COUNTRY = ""


def chain(region: str) -> tuple[str, ...]:
    """The region and those that it belongs to, the nearest first: 370303, 370300, 370000, ''."""
    if len(region) != 6 or not region.isdigit():
        return (region, COUNTRY) if region else (COUNTRY,)
    return tuple(dict.fromkeys((region, f"{region[:4]}00", f"{region[:2]}0000", COUNTRY)))


def read_calendar(db: Connection, region: str) -> Calendar:
    """The calendar that holds in a region now: one small query, so that it is never an old one."""
    return _of(chain(region), _laid_down(db))


def write_out(db: Connection) -> bool:
    """Bring the table `working_days` up to date; whether anything in it changed. Takes the lock alone."""
    db.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    rows = _laid_down(db)
    own = sorted({COUNTRY, *(row.region for row in rows if row.region is not None)})
    changed = db.execute(_FORGET, {"regions": own}).rowcount
    for region in own:
        calendar = _of(chain(region), rows)
        changed += db.execute(_WRITE, _written(region, calendar)).rowcount
    return changed > 0


def hold(db: Connection) -> None:
    """Keep the calendar as it is until this transaction ends."""
    db.execute(text("select pg_advisory_xact_lock_shared(:lock)"), {"lock": LOCK})


def _laid_down(db: Connection) -> Sequence[Row[tuple[str | None, date, bool]]]:
    """What the administrator laid down: days of regions, and declared years, each as its first day."""
    return db.execute(_ALL).all()


def _of(regions: Sequence[str], rows: Sequence[Row[tuple[str | None, date, bool]]]) -> Calendar:
    days: dict[date, bool] = {}
    for region in reversed(regions):
        days |= {row.day: row.works for row in rows if row.region == region}
    return Calendar(days, frozenset(row.day.year for row in rows if row.region is None))


def _written(region: str, calendar: Calendar) -> Mapping[str, object]:
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return {
        "region": region,
        "days": days,
        "works": [calendar.is_working(day) for day in days],
        "provisional": [calendar.is_provisional(day) for day in days],
    }


_ALL = text(
    """
    select region, day, works from calendar_days
    union all select null, make_date(year, 1, 1), true from calendar_years
    """
)
_FORGET = text("delete from working_days where region <> all(:regions)")
_WRITE = text(
    """
    insert into working_days as old (region, day, works, ordinal, provisional)
    select :region, day, works, count(*) filter (where works) over (order by day), provisional
    from unnest(cast(:days as date[]), cast(:works as boolean[]), cast(:provisional as boolean[]))
        as new (day, works, provisional)
    on conflict (region, day) do update
        set works = excluded.works, ordinal = excluded.ordinal, provisional = excluded.provisional
        where (old.works, old.ordinal, old.provisional)
            is distinct from (excluded.works, excluded.ordinal, excluded.provisional)
    """
)
