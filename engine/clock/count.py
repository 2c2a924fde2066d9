"""Counts a clock from its ledger: when it is due, what of it is used, and how each entry moved the date.

The day of a start does not count (民法典第二百零一条); days are working days (行政许可法第八十二条); a period
ends when the office closes on its last day (民法典第二百零三条). A pause from day P to day R takes out the
working days after P up to and with R; days taken out by two pauses are taken out once. The same is computed
for all cases at once by engine.clock.lights, and a property test holds the two against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

from engine.clock.ledger import WARN_DAYS, Entry, Run, last_run
from engine.days import Calendar

GREEN, YELLOW, RED, BLUE, NONE = ("green", "yellow", "red", "blue", "")
RUNNING, PAUSED, STOPPED = ("running", "paused", "stopped")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One entry and the date as it stood with it, by what was known on its day.

    `days` is what it did to the date, in working days: allowed, added, expected or really taken out.
    """

    entry: Entry
    days: int | None
    due_on: date
    projected: bool


@dataclass(frozen=True)
class ClockState:
    """Where a clock stands on a day: used + remaining = allowed + extended, all in working days.

    `remaining` is negative when the limit is over. `paused_days` are those taken out so far. `projected`:
    the date hangs on a pause that still lasts; `provisional`: on a year that nobody has announced.
    `light` is green, yellow, red, blue (paused), or '' when it has stopped.
    """

    state: str
    due_on: date
    yellow_from: date
    light: str
    allowed: int
    extended: int
    used: int
    remaining: int
    paused_days: int
    started_on: date
    stopped_on: date | None
    projected: bool
    provisional: bool
    lines: tuple[Line, ...] = ()

    @property
    def late(self) -> bool:
        """Whether more days were used than allowed."""
        return self.remaining < 0


def light_of(state: str, due_on: date, yellow_from: date, today: date) -> str:
    """The colour of a clock on a day; '' once it has stopped."""
    if state == STOPPED:
        return NONE
    if state == PAUSED:
        return BLUE
    if today > due_on:
        return RED
    return YELLOW if today >= yellow_from else GREEN


def state_of(entries: Sequence[Entry], calendar: Calendar, today: date) -> ClockState | None:
    """Where the clock with these entries (its own alone, in their order) stands; None before it starts."""
    found = _count(entries, calendar, today)
    return found and replace(found, lines=_lines(entries, calendar))


def _count(entries: Sequence[Entry], calendar: Calendar, today: date) -> ClockState | None:
    run = last_run(tuple(entries))
    if run is None:
        return None
    counting = _Counting(run, calendar, today)
    start, total = run.start.on_day, run.allowed + run.extended
    due = counting.nth(total)
    warn = WARN_DAYS if run.start.warn_days is None else run.start.warn_days
    yellow = counting.nth(max(total - warn, 0))
    paused = run.stop is None and any(
        due > max(pause.entry.on_day, start) for pause in run.pauses if pause.until is None
    )
    state = STOPPED if run.stop else PAUSED if paused else RUNNING
    until = run.stop.on_day if run.stop else today
    used = counting.used(until)
    years = range((start + _ONE_DAY).year, due.year + 1)
    return ClockState(
        state=state,
        due_on=due,
        yellow_from=yellow,
        light=light_of(state, due, yellow, today),
        allowed=run.allowed,
        extended=run.extended,
        used=used,
        remaining=total - used,
        paused_days=max(calendar.working_days_between(start, until), 0) - used,
        started_on=start,
        stopped_on=run.stop.on_day if run.stop else None,
        projected=paused,
        provisional=any(calendar.is_provisional(date(year, 12, 31)) for year in years),
    )


class _Counting:
    """The days of a run: those after its start that work and that no pause takes out."""

    def __init__(self, run: Run, calendar: Calendar, today: date) -> None:
        self._start = run.start.on_day
        self._calendar = calendar
        self._out = [
            (pause.entry.on_day, self._over(pause.entry, pause.until, today)) for pause in run.pauses
        ]

    def nth(self, n: int) -> date:
        """The `n`-th day that counts; the day of the start for 0."""
        day = self._start
        while n > 0:
            day += _ONE_DAY
            n -= self._counts(day)
        return day

    def used(self, until: date) -> int:
        """How many days up to and with `until` count."""
        days = (self._start + timedelta(days=number) for number in count(1))
        found = 0
        for day in days:
            if day > until:
                return found
            found += self._counts(day)
        raise AssertionError("unreachable: the days never end")

    def _counts(self, day: date) -> bool:
        return self._calendar.is_working(day) and not any(begun < day <= over for begun, over in self._out)

    def _over(self, pause: Entry, until: date | None, today: date) -> date:
        """The day a pause is over; while it lasts, when it is expected to be, but not before today."""
        if until is not None:
            return until
        return max(self._calendar.add_working_days(pause.on_day, pause.days or 0), today)


def _lines(entries: Sequence[Entry], calendar: Calendar) -> tuple[Line, ...]:
    """Each entry with the date after it; what comes before the first start has no date and is left out."""
    lines = []
    for number, entry in enumerate(entries, 1):
        state = _count(entries[:number], calendar, entry.on_day)
        if state is not None:
            lines.append(Line(entry, _days_of(entry, entries, calendar), state.due_on, state.projected))
    return tuple(lines)


def _days_of(entry: Entry, entries: Sequence[Entry], calendar: Calendar) -> int | None:
    """What an entry added to the date: for a resume, the working days that the pause really took."""
    if entry.closes is None:
        return entry.days
    begun = [each.on_day for each in entries if each.id == entry.closes]
    return max(calendar.working_days_between(begun[0], entry.on_day), 0) if begun else None
