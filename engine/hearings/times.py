"""The times of a hearing: until when it may be asked for, on which days it may be held.

Source: 行政许可法第四十七条 (five days to ask, twenty to hold it: working days, 第八十二条), 第四十八条第一项
(told seven days before: calendar days, so that the people concerned have the week that is meant).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from engine.days import Calendar

ASK = 5  # working days
HOLD = 20  # working days
NOTICE = 7  # calendar days


@dataclass(frozen=True)
class Window:
    """The days on which a hearing may be held if it is called on a certain day; `late`: past the limit."""

    first: date
    last: date
    late: bool


def ask_by(offered: date, calendar: Calendar) -> date:
    """The last day on which a hearing offered on `offered` may be asked for."""
    return calendar.add_working_days(offered, ASK)


def window(since: date, called: date, calendar: Calendar) -> Window:
    """The days for a hearing that was asked for, or became due, on `since` and is called on `called`.

    Who calls it so late that a week's notice leads past the limit may take the first day possible only: the
    notice protects the people concerned, and the limit has been missed already.
    """
    first, limit = called + timedelta(days=NOTICE), calendar.add_working_days(since, HOLD)
    return Window(first, max(first, limit), first > limit)
