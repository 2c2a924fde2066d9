"""When a step falls due: the end of the working day that its limit counts to; and when a wait is over."""

from datetime import datetime, timedelta

from engine.days import NATIONAL, Calendar, add_working_days, end_of, is_working, local_day

RECEIPT_DAYS = 5  # working days to accept or to ask for what is missing (行政许可法第三十二条)
LONGEST_WAIT = 3_650  # calendar days; more is a slip of the pen


def due_at(limit: int | None, entered: datetime) -> datetime | None:
    """The moment a step entered at `entered` falls due; `limit` in working days, None for no limit.

    The day of entering does not count (行政许可法第八十二条: periods are working days; 民法典第二百零一条).
    """
    return None if limit is None else end_of(add_working_days(local_day(entered), limit))


def over_at(days: int, entered: datetime) -> datetime:
    """The moment a wait of `days` calendar days begun at `entered` is over.

    The day of entering does not count; a last day on which offices are closed moves to the next working
    day (民法典第二百零一条、第二百零三条).
    """
    last = local_day(entered) + timedelta(days=days)
    return end_of(last if is_working(last) else add_working_days(last, 1))


def receipt_ends(received: datetime, calendar: Calendar = NATIONAL) -> datetime:
    """The moment from which silence accepts what was received at `received` (行政许可法第三十二条)."""
    return end_of(calendar.add_working_days(local_day(received), RECEIPT_DAYS))


class DaysLater:
    """Calendar days → ISO moment at which a wait of as many days is over if it begins at `now`."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __getitem__(self, days: int) -> str:
        if not isinstance(days, int) or not 0 < days <= LONGEST_WAIT:
            raise KeyError(days)
        return over_at(days, self._now).isoformat()


class HearingDays:
    """Item → ISO moment of its hearing as it was called; of one that was not, `now`: it is not waited for."""

    def __init__(self, called: object, now: datetime) -> None:
        self._called = called if isinstance(called, dict) else {}
        self._now = now

    def __getitem__(self, item: str) -> str:
        return str(self._called.get(item) or self._now.isoformat())
