"""Until when a hearing may be asked for, and on which days it may be held."""

from datetime import UTC, date, datetime

import pytest

from engine.days import NATIONAL, Calendar
from engine.hearings.times import Window, ask_by, window
from engine.limits import HearingDays

DAYS = {
    "five working days over one weekend": ("2026-11-23", "2026-11-30"),
    "offered on a Friday": ("2026-11-27", "2026-12-04"),
    "offered on a Saturday": ("2026-11-28", "2026-12-04"),
    "over New Year, with a make-up Sunday after it": ("2025-12-29", "2026-01-06"),
    "over National Day, with a make-up Sunday before it": ("2025-09-26", "2025-10-10"),
}


@pytest.mark.parametrize("case", DAYS)
def test_a_hearing_may_be_asked_for_on_five_working_days(case: str) -> None:
    offered, last = map(date.fromisoformat, DAYS[case])
    assert ask_by(offered, NATIONAL) == last


WINDOWS = {  # asked for, called, first day, last day, late
    "called at once": ("2026-11-23", "2026-11-23", "2026-11-30", "2026-12-21", False),
    "called after a week": ("2026-11-23", "2026-11-30", "2026-12-07", "2026-12-21", False),
    "a week that ends on a Saturday": ("2026-11-23", "2026-11-28", "2026-12-05", "2026-12-21", False),
    "only one day is left": ("2026-11-23", "2026-12-14", "2026-12-21", "2026-12-21", False),
    "called too late": ("2026-11-23", "2026-12-15", "2026-12-22", "2026-12-22", True),
    "over the Spring Festival, with two make-up Saturdays": (
        "2026-02-09",
        "2026-02-09",
        "2026-02-16",
        "2026-03-13",
        False,
    ),
}


@pytest.mark.parametrize("case", WINDOWS)
def test_a_hearing_is_told_a_week_before_and_held_within_twenty_working_days(case: str) -> None:
    since, called, first, last = map(date.fromisoformat, WINDOWS[case][:4])
    assert window(since, called, NATIONAL) == Window(first, last, WINDOWS[case][4])


def test_a_closing_of_the_place_moves_the_last_day_to_ask() -> None:
    closed = Calendar({date(2026, 11, 24): False})
    assert ask_by(date(2026, 11, 23), closed) == date(2026, 12, 1)


def test_a_hearing_that_was_never_called_is_not_waited_for() -> None:
    now, day = datetime(2026, 11, 23, tzinfo=UTC), "2026-12-01T09:00:00+08:00"
    days = HearingDays({"called": day}, now)
    assert (days["called"], days["withdrawn"]) == (day, now.isoformat())
    assert HearingDays(None, now)["anything"] == now.isoformat()
