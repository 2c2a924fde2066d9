"""Moves a case: each function reads a state and returns the next; on an error the old one still holds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.codec import dump, load
from engine.workflow.errors import CannotMove, NotReady
from engine.workflow.fast import CaseWorkflow, History, outward
from engine.workflow.model import Model
from engine.workflow.numbering import element_named
from engine.workflow.repeated import surroundings
from engine.workflow.timers import awaited
from engine.workflow.values import Moved, Opened, Timer

Facts = Mapping[str, object]


def start(model: Model, facts: Facts) -> Moved:
    """Start a case. Raises UnknownFact or CannotMove."""
    with _errors(model):
        workflow = CaseWorkflow(model.specs, model.process, facts, History(model.numbering))
        workflow.advance()
    return _moved(model, workflow, {}, {})


def complete(model: Model, state: bytes, task_id: str, facts: Facts) -> Moved:
    """Complete the task that waits under `task_id`. Raises NotReady, UnknownFact or CannotMove."""
    workflow = load(model, state, facts)
    tasks, timers = _waiting(workflow)
    if task_id not in tasks:
        raise NotReady
    with _errors(model):
        workflow.run(tasks.pop(task_id))
        workflow.advance()
    return _moved(model, workflow, tasks, timers)


def fire_timers(model: Model, state: bytes, facts: Facts, now: datetime) -> Moved:
    """Fire the timers that wait and are due at `now`, the earliest first; a cycle fires once.

    Nothing due moves nothing. Timers that begin meanwhile wait, even if their moment has passed. Raises
    UnknownFact or CannotMove.
    """
    workflow = load(model, state, facts)
    tasks, timers = _waiting(workflow)
    due = sorted(
        ((moment, event, task) for task, event, moment in workflow.timers()), key=lambda each: each[:2]
    )
    with _errors(model):
        for moment, _, task in due:
            if moment > now:
                break
            if task.state == TaskState.WAITING:  # an earlier one may have cancelled it
                workflow.fire(task, moment)
                workflow.advance()
    return _moved(model, workflow, tasks, timers)


def deliver(model: Model, state: bytes, message: str, facts: Facts) -> Moved:
    """Hand a message to all that wait for its name. Raises NotReady when nothing does, or CannotMove."""
    workflow = load(model, state, facts)
    tasks, timers = _waiting(workflow)
    waiting = [
        each
        for task in workflow.event_manager.tasks.values()
        for each in awaited(task)
        if isinstance(each, MessageEventDefinition) and each.name == message
    ]
    if not waiting:
        raise NotReady(f"没有环节在等待消息“{message}”。")
    with _errors(model):
        workflow.send_event(BpmnEvent(waiting[0], payload={}))
        workflow.advance()
    return _moved(model, workflow, tasks, timers)


def abandon(model: Model, state: bytes) -> Moved:
    """Stop a case where it is: nothing waits any more, and what was done stays to be seen."""
    workflow = load(model, state, {})
    tasks, timers = _waiting(workflow)
    dropped = tuple(dict.fromkeys(task for task, _ in timers))
    return Moved(state, (), tuple(tasks), (), dropped, ended=True, stuck=False, ends=())


@contextmanager
def _errors(model: Model) -> Iterator[None]:
    """What SpiffWorkflow says about a diagram that cannot go on, in our words."""
    try:
        yield
    except SpiffWorkflowException as error:
        spec = getattr(error, "task_spec", None)
        element = model.process if spec is None else element_named(spec.name)
        raise CannotMove(element, f"流程引擎报告“{error}”。") from error


def _waiting(workflow: CaseWorkflow) -> tuple[dict[str, Task], dict[tuple[str, str], datetime]]:
    """The tasks by id, and the moments of the timers by task id and event, that wait before a move."""
    tasks = {outward(task): task for task in workflow.open_tasks()}
    return tasks, {(outward(task), event): due for task, event, due in workflow.timers()}


def _moved(
    model: Model,
    workflow: CaseWorkflow,
    tasks: Mapping[str, Task],
    timers: Mapping[tuple[str, str], datetime],
) -> Moved:
    """What changed against the `tasks` and `timers` that waited before, a completed task left out."""
    open_tasks, open_timers = _waiting(workflow)
    listening = bool(workflow.event_manager.tasks)
    numbering, done = model.numbering, workflow.history.done
    kept = {key for key, due in open_timers.items() if timers.get(key) == due}
    return Moved(
        state=dump(model, workflow),
        opened=tuple(_opened(model, id_, task) for id_, task in open_tasks.items() if id_ not in tasks),
        closed=tuple(id_ for id_ in tasks if id_ not in open_tasks),
        timers=tuple(Timer(*key, due) for key, due in open_timers.items() if key not in kept),
        dropped_timers=tuple(dict.fromkeys(id_ for id_, event in timers if (id_, event) not in kept)),
        ended=workflow.completed,
        stuck=not workflow.completed and (workflow.goes_round() or not (open_tasks or listening)),
        ends=tuple(end for end in numbering.ends if done >> numbering.element_number[end] & 1),
    )


def _opened(model: Model, task_id: str, task: Task) -> Opened:
    around, entry = surroundings(task)
    return Opened(task_id, model.steps[task.task_spec.bpmn_id], outward(around) if around else None, entry)
