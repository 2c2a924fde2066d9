"""Promises when a renewal may be asked for: the window that the item's law draws before the last day."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from engine.catalogue import Item
from engine.catalogue.item import Renewal
from engine.days import Calendar

BY_LAW = Renewal(
    opens=None, closes=30, unit="calendar_day"
)  # 行政许可法第五十条, where the item says nothing


@dataclass(frozen=True)
class Window:
    """From the first to the last day on which a renewal may be asked for; `opens` None: any time before."""

    opens: date | None
    closes: date


def window_of(item: Item, valid_until: date, calendar: Calendar) -> Window:
    """The window before the end of a licence of this item, in working days of that calendar."""
    rule = item.renewal or BY_LAW
    opens = None if rule.opens is None else _before(valid_until, rule.opens, rule.unit, calendar)
    return Window(opens, _before(valid_until, rule.closes, rule.unit, calendar))


def _before(last: date, number: int, unit: str, calendar: Calendar) -> date:
    if unit == "calendar_day":
        return last - timedelta(days=number)
    if unit == "month":
        return _months_before(last, number)
    day = last
    while number:
        day -= timedelta(days=1)
        number -= calendar.is_working(day)
    return day


def _months_before(last: date, months: int) -> date:
    """The same day of an earlier month, its last day where it is shorter (民法典第二百零二条)."""
    year, month = divmod(last.year * 12 + last.month - 1 - months, 12)
    return date(year, month + 1, min(last.day, calendar.monthrange(year, month + 1)[1]))
