"""When a step falls due: the end of the working day that its limit counts to."""

from datetime import datetime

from engine.days import add_working_days, end_of, local_day


def due_at(limit: int | None, entered: datetime) -> datetime | None:
    """The moment a step entered at `entered` falls due; `limit` in working days, None for no limit.

    The day of entering does not count (行政许可法第八十二条: periods are working days; 民法典第二百零一条).
    """
    return None if limit is None else end_of(add_working_days(local_day(entered), limit))
