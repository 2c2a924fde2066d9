"""When a renewal may be asked for: counted back from the last day as the item's law says."""

from dataclasses import replace
from datetime import date

import pytest

from certificates.life.window import Window, window_of
from engine.catalogue import Phases
from engine.catalogue.item import Renewal
from engine.days import NATIONAL, Calendar
from tests.engine.catalogue.made import item

LAST = date(2026, 12, 31)
FOOD = item("food", Phases(1, 0, 1))


@pytest.mark.parametrize(
    ("renewal", "window"),
    [
        (None, Window(None, date(2026, 12, 1))),
        (Renewal(None, 30, "calendar_day"), Window(None, date(2026, 12, 1))),
        (Renewal(6, 1, "month"), Window(date(2026, 6, 30), date(2026, 11, 30))),
        (Renewal(5, 1, "working_day"), Window(date(2026, 12, 24), date(2026, 12, 30))),
    ],
)
def test_a_window_is_counted_back_from_the_last_day(renewal: Renewal | None, window: Window) -> None:
    assert window_of(replace(FOOD, renewal=renewal), LAST, NATIONAL) == window


def test_a_window_in_working_days_is_counted_by_the_calendar_of_the_place() -> None:
    rule = replace(FOOD, renewal=Renewal(5, 1, "working_day"))
    closed = Calendar({date(2026, 12, 30): False})
    assert window_of(rule, LAST, closed) == Window(date(2026, 12, 23), date(2026, 12, 29))
