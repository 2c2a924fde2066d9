"""By when a visit's date has to be answered, and by when what failed has to be put right."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from engine.days import NATIONAL, Calendar, end_of, local_day
from engine.inspections.acts import ARRANGED
from engine.points import FAILED
from engine.said import Said

ANSWER_DAYS, USUAL_ANSWER_DAYS = "visit_answer_days", 1  # a region's setting, and without one [A]
RECTIFY_DAYS, USUAL_RECTIFY_DAYS = "rectification_days", 10  # the same [A]


def with_deadlines(
    said: Said,
    settings: Mapping[str, object],
    now: datetime,
    calendar: Calendar = NATIONAL,
    rectify_days: int | None = None,
) -> Said:
    """What was said at a step of a visit, with the moment until which others may answer it.

    `rectify_days`: working days that the team gives, in place of the region's usual ones.
    """
    if said.outcome == ARRANGED:
        return _until(said, "answers_end", answer_day(settings, now, calendar))
    if said.case.get(FAILED):
        days = rectify_days or usual_rectify_days(settings)
        return _until(said, "rectification_ends", calendar.add_working_days(local_day(now), days))
    return said


def usual_rectify_days(settings: Mapping[str, object]) -> int:
    """The working days that a region gives to put right what failed, unless the team says another number."""
    return _days(settings, RECTIFY_DAYS, USUAL_RECTIFY_DAYS)


def answer_day(settings: Mapping[str, object], now: datetime, calendar: Calendar) -> date:
    """The last day on which a date offered `now` may be answered."""
    return calendar.add_working_days(local_day(now), _days(settings, ANSWER_DAYS, USUAL_ANSWER_DAYS))


def _until(said: Said, name: str, day: date) -> Said:
    return replace(said, case={**said.case, name: end_of(day).isoformat()})


def _days(settings: Mapping[str, object], name: str, usual: int) -> int:
    found = settings.get(name, usual)
    return found if isinstance(found, int) else usual
