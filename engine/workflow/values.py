"""What the workflow tells the rest of the engine: plain frozen values, nothing of SpiffWorkflow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Step:
    """A named place in a diagram where somebody works; its settings are its spiffworkflow:properties.

    `kind` is "user" for a person, "service" for a handler. `lane` is the lane's name; a step of a called
    process that draws no lane has that of the call activity. `limit` is in working days.
    """

    id: str
    title: str
    kind: Literal["user", "service"]
    process: str
    lane: str | None = None
    act: str | None = None
    item: str | None = None
    form: str | None = None
    handler: str | None = None
    limit: int | None = None


@dataclass(frozen=True)
class Opened:
    """A task that waits now. `parent` is the id of the call, sub-process or repetition around it, if any.

    `each` is the entry of the list that this task is for, when the step is repeated over a list.
    """

    task_id: str
    step: Step
    parent: str | None
    each: object = None


@dataclass(frozen=True)
class Timer:
    """A waiting timer: the task that it belongs to, the element id of its event, its moment in UTC."""

    task_id: str
    event: str
    due_at: datetime


@dataclass(frozen=True)
class Moved:
    """What one move brought.

    `closed` are tasks that were taken back without being completed. `dropped_timers` are the task ids of
    timers that no longer wait as they did: forget those first, then keep `timers` (a cycle's next date
    has the same id). `stuck`: it has not ended and cannot go on by any task, timer or message, or went
    round more than 50 times. `ends` are the end events of the top process reached so far.
    """

    state: bytes
    opened: tuple[Opened, ...]
    closed: tuple[str, ...]
    timers: tuple[Timer, ...]
    dropped_timers: tuple[str, ...]
    ended: bool
    stuck: bool
    ends: tuple[str, ...]
