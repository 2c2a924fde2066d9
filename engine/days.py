"""Counts working days as the law does: public holidays are left out, make-up Saturdays and Sundays count.

Source: 行政许可法第八十二条 (periods are working days without public holidays), 民法典第二百零一条 (the first
day does not count) and 第二百零三条 (the last day ends when the office closes). Holidays and make-up days are
those that the State Council announced, in `chinesecalendar`; a year it does not know is made of plain weeks.
What an administrator laid down for a day goes before both: see engine.clock.calendar, which reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

LOCAL = ZoneInfo("Asia/Shanghai")
OFFICE_CLOSES = time(17, 0)

_KNOWN_YEARS = frozenset(day.year for day in chinese_calendar.constants.holidays)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The days on which the offices of a place work, as far as they are known.

    `days` are those that an administrator laid down, for the place or for what it belongs to; `years` those
    declared complete beside the ones that `chinesecalendar` knows.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`; where nobody has said anything, whether it is Monday to Friday."""
        own = self.days.get(day)
        return _works(day) if own is None else own

    def is_provisional(self, day: date) -> bool:
        """Whether that year's holidays are not announced yet: a count that reaches `day` may move."""
        return day.year not in _KNOWN_YEARS and day.year not in self.years

    def add_working_days(self, start: date, n: int) -> date:
        """The `n`-th working day after `start`, which does not count; for 0 `start`; below 0 a ValueError."""
        if n < 0:
            raise ValueError("a period has no negative length")
        day = start
        while n:
            day += _ONE_DAY
            n -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(map(self.is_working, days))


NATIONAL = Calendar()
"""The whole country's, with nothing laid down here."""


def local_day(moment: datetime) -> date:
    """The day that it is in China at `moment`, which knows its zone: the day that limits and papers go by."""
    return moment.astimezone(LOCAL).date()


def is_working(day: date) -> bool:
    """Whether offices of the country work on `day`."""
    return NATIONAL.is_working(day)


def is_provisional(day: date) -> bool:
    """Whether the holidays of that year are not in `chinesecalendar` yet."""
    return NATIONAL.is_provisional(day)


def add_working_days(start: date, n: int) -> date:
    """The `n`-th working day of the country after `start`, which does not count; for 0 `start`."""
    return NATIONAL.add_working_days(start, n)


def working_days_between(start: date, end: date) -> int:
    """How many working days of the country come after `start` up to and including `end`."""
    return NATIONAL.working_days_between(start, end)


def end_of(day: date) -> datetime:
    """The moment at which a period ending on `day` ends: the office closes, 17:00 in Asia/Shanghai."""
    return datetime.combine(day, OFFICE_CLOSES, LOCAL)


@lru_cache(maxsize=16384)
def _works(day: date) -> bool:
    """What the State Council announced, or the plain week."""
    if day.year in _KNOWN_YEARS:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5
