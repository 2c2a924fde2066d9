"""What the workflow tells the rest of the engine: plain frozen values, nothing of SpiffWorkflow."""

from dataclasses import dataclass, replace
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

    def then(self, after: "Moved", task_id: str) -> "Moved":
        """This move and the next one, by which `task_id` was passed, as one move."""
        gone = {task_id, *after.closed}
        opened = {each.task_id for each in self.opened}
        begun = {timer.task_id for timer in self.timers}
        return replace(
            after,
            opened=(*(each for each in self.opened if each.task_id not in gone), *after.opened),
            closed=(*self.closed, *(id_ for id_ in after.closed if id_ not in opened)),
            timers=(*(t for t in self.timers if t.task_id not in after.dropped_timers), *after.timers),
            dropped_timers=(*self.dropped_timers, *(t for t in after.dropped_timers if t not in begun)),
        )
