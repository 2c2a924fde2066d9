"""Timers whose dates are facts and whose clock is an argument: nothing here reads the time of day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.environment import element_of
from engine.workflow.errors import CannotMove


class DueDate(TimerEventDefinition):
    """A `timeDate`: an expression that gives an ISO 8601 moment with its offset; evaluated once, on entry.

    `name` is the element id. The moment is kept in UTC in the task's internal data under "due".
    """

    def has_fired(self, my_task: Task) -> bool:
        """Whether the moment has come by the clock of this move; a move without a clock fires nothing."""
        due = self.due_at(my_task)
        now: datetime | None = my_task.workflow.top_workflow.now
        return now is not None and due is not None and due <= now

    def due_at(self, my_task: Task) -> datetime | None:
        """When it falls due; None when it will not any more."""
        kept: dict[str, str] = my_task.internal_data.setdefault("due", {})
        if self.name not in kept:
            kept[self.name] = _moment(my_task, self._text(my_task)).isoformat()
        return datetime.fromisoformat(kept[self.name])

    def _text(self, my_task: Task) -> object:
        return my_task.workflow.script_engine.evaluate(my_task, self.expression)


class DueCycle(DueDate):
    """A `timeCycle`: an expression that gives `R3/<moment>/P1D`, that is, a count, a start, a period.

    It fires once in a move; when several dates have passed, the next move fires the next.
    """

    def has_fired(self, my_task: Task) -> bool:
        """Whether all its dates are over."""
        return self.due_at(my_task) is None

    def due_at(self, my_task: Task) -> datetime | None:
        """The next date; None after the last."""
        kept = my_task.internal_data.get("cycle")
        if kept is None:
            kept = my_task.internal_data["cycle"] = _cycle(my_task, self._text(my_task))
        return datetime.fromisoformat(kept["next"]) if kept["left"] else None

    def update_task(self, my_task: Task) -> None:
        """Let one token out when the next date has come, and set the one after."""
        due, now = self.due_at(my_task), my_task.workflow.top_workflow.now
        if due is None or now is None or due > now:
            return
        kept = my_task.internal_data["cycle"]
        kept["left"] -= 1
        kept["next"] = (due + timedelta(seconds=kept["seconds"])).isoformat()
        for output in my_task.task_spec.outputs:
            child = my_task._add_child(output, TaskState.FUTURE)
            output._update(child)


def awaited(task: Task) -> list[Any]:
    """The definitions of the events that a task waits for; an event-based gateway waits for several."""
    definition = task.task_spec.event_definition
    return definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]


def timers_of(task: Task) -> Iterator[tuple[str, datetime]]:
    """The waiting timers of a task as (element id, moment)."""
    for each in awaited(task):
        if isinstance(each, DueDate) and (due := each.due_at(task)) is not None:
            yield each.name, due


def _moment(task: Task, text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(text)  # type: ignore[arg-type]  # anything but text is the error below
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CannotMove(
            element_of(task), f"计时器的值“{text}”不是带时区的日期时间，例如 2026-01-05T17:00:00+08:00。"
        )
    return moment.astimezone(UTC)


def _cycle(task: Task, text: object) -> dict[str, object]:
    try:
        count, start, period = str(text).split("/")
        left = int(count.removeprefix("R"))
        length = TimerEventDefinition.parse_iso_duration(period)
        seconds = timedelta(**length).total_seconds()
    except Exception as error:  # the library's parser raises whatever it stumbles on
        says = f"循环计时器的值“{text}”不是“R次数/开始时刻/间隔”，例如 R3/2026-01-05T17:00:00+08:00/P1D。"
        raise CannotMove(element_of(task), says) from error
    return {"left": left, "next": _moment(task, start).isoformat(), "seconds": seconds}
