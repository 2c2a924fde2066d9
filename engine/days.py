"""Counts working days as the law does: public holidays are left out, make-up Saturdays and Sundays count.

Source: 行政许可法第八十二条 (periods are working days without public holidays), 民法典第二百零一条 (the first
day does not count) and 第二百零三条 (the last day ends when the office closes). Holidays and make-up days are
those that the State Council announced, in `chinesecalendar`; a year it does not know is made of plain weeks.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

LOCAL = ZoneInfo("Asia/Shanghai")
OFFICE_CLOSES = time(17, 0)

_KNOWN_YEARS = frozenset(day.year for day in chinese_calendar.constants.holidays)
_ONE_DAY = timedelta(days=1)


def local_day(moment: datetime) -> date:
    """The day that it is in China at `moment`, which knows its zone: the day that limits and papers go by."""
    return moment.astimezone(LOCAL).date()


@lru_cache(maxsize=4096)
def is_working(day: date) -> bool:
    """Whether offices work on `day`; in a year not announced yet, whether it is Monday to Friday."""
    if is_provisional(day):
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def is_provisional(day: date) -> bool:
    """Whether the holidays of that year are not announced yet: a count that reaches `day` may move."""
    return day.year not in _KNOWN_YEARS


def add_working_days(start: date, n: int) -> date:
    """The `n`-th working day after `start`, which does not count; for 0 `start`. Below 0 is a ValueError."""
    if n < 0:
        raise ValueError("a period has no negative length")
    day = start
    while n:
        day += _ONE_DAY
        n -= is_working(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(map(is_working, days))


def end_of(day: date) -> datetime:
    """The moment at which a period ending on `day` ends: the office closes, 17:00 in Asia/Shanghai."""
    return datetime.combine(day, OFFICE_CLOSES, LOCAL)
