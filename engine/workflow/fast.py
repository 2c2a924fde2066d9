"""SpiffWorkflow's workflow with flat scans: nothing walks the tree, nothing looks at the clock.

Its own loop walks the whole task tree several times for each completed task. Here a tree holds only what
is open, and one pass over a dict finds it (see docs/developers/performance.md).
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.workflow.environment import FactsEngine
from engine.workflow.joins import Join
from engine.workflow.numbering import Numbering, element_named
from engine.workflow.reached import branch
from engine.workflow.timers import timers_of

# How often one element may be completed in one process before it counts as going round for ever.
MOST_ROUNDS = 50

# Below this level SpiffWorkflow describes every change of a task in detail, read or not.
for _name in ("spiff.task", "spiff.workflow"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class History:
    """What was done so far: numbers of elements and flows in two bit sets, which outlive the tasks."""

    def __init__(self, numbering: Numbering, done: int = 0, taken: int = 0) -> None:
        self.numbering, self.done, self.taken = numbering, done, taken

    def note(self, task: Task) -> bool:
        """Note a completed task and its flows; returns whether its element was done before."""
        name, parent = task.task_spec.name, task.parent
        if parent is not None:
            self._take(parent.task_spec.name, name)
        for child in task.children:
            self._take(name, child.task_spec.name)
        number = self.numbering.element_number.get(name)
        if number is None:
            return False
        before = bool(self.done >> number & 1)
        self.done |= 1 << number
        return before

    def _take(self, source: str, target: str) -> None:
        number = self.numbering.flow_number(element_named(source), target)
        if number is not None:
            self.taken |= 1 << number


class Flat(Workflow):
    """Mixed into both kinds of workflow."""

    rounds: dict[str, int]  # element → how often it was completed here, from the second time on

    def update_waiting_tasks(self) -> None:
        """Do nothing: joins are asked when nothing else moves, timers when they fire."""

    def _task_completed_notify(self, task: Task) -> None:
        if self.top_workflow.history.note(task):
            name = task.task_spec.name
            self.rounds[name] = self.rounds.get(name, 1) + 1
        super()._task_completed_notify(task)

    def in_state(self, state: int) -> list[Task]:
        """The tasks of this one process in these states, oldest first."""
        return [task for task in self.tasks.values() if task._state & state]

    def went_round(self, task: Task) -> bool:
        """Whether the element of `task` was done as often as it may be."""
        return self.rounds.get(task.task_spec.name, 0) >= MOST_ROUNDS


def outward(task: Task) -> str:
    """The id of a task as the rest of the engine knows it: 32 hexadecimal digits of a random UUID."""
    return task.id if isinstance(task.id, str) else str(task.id.hex)


class CaseSubWorkflow(Flat, BpmnSubWorkflow):
    """A called process or an embedded sub-process of a case."""

    def __init__(
        self, spec: Any, parent_task_id: object, top_workflow: "CaseWorkflow", **kwargs: Any
    ) -> None:
        self.rounds = {}
        super().__init__(spec, parent_task_id, top_workflow, **kwargs)


class CaseWorkflow(Flat, BpmnWorkflow):
    """The process of a case during one move; `now` is set only while timers are fired."""

    def __init__(
        self,
        specs: Mapping[str, Any],
        process: str,
        facts: Mapping[str, object],
        history: History,
        deserializing: bool = False,
    ) -> None:
        self.rounds = {}
        self.history = history
        self.now: datetime | None = None
        super().__init__(specs[process], specs, script_engine=FactsEngine(facts), deserializing=deserializing)

    def create_subprocess(self, my_task: Task, spec_name: str) -> CaseSubWorkflow:
        """Begin the process `spec_name` for the call or sub-process `my_task`."""
        begun = CaseSubWorkflow(self.subprocess_specs[spec_name], my_task.id, self)
        self.subprocesses[my_task.id] = begun
        return begun

    def get_task_from_id(self, task_id: object) -> Task | None:
        """The task with this id in any of the processes."""
        return next((wf.tasks[task_id] for wf in self.open_processes() if task_id in wf.tasks), None)

    def open_processes(self) -> Iterator[Any]:
        """This process and the called ones that are under way, outermost first."""
        yield self
        yield from (each for each in self.subprocesses.values() if not each.completed)

    def run(self, task: Task) -> None:
        """Complete one ready task."""
        branch(task)
        task.run()

    def advance(self) -> None:
        """Run all that needs no person, until only people, handlers, timers and messages can move it."""
        while self._run_ready() or self._open_joins():
            pass

    def open_tasks(self) -> list[Task]:
        """The tasks that wait for a person or a handler."""
        return [
            task
            for each in self.open_processes()
            for task in each.in_state(TaskState.READY)
            if task.task_spec.manual and not each.went_round(task)
        ]

    def goes_round(self) -> bool:
        """Whether a task is held back because its element was done too often."""
        return any(
            each.went_round(t) for each in self.open_processes() for t in each.in_state(TaskState.READY)
        )

    def timers(self) -> list[tuple[Task, str, datetime]]:
        """The waiting timers: task, event, moment."""
        waiting = self.event_manager.tasks.values()
        return [(task, event, due) for task in waiting for event, due in timers_of(task)]

    def fire(self, task: Task, moment: datetime) -> None:
        """Fire what is due at `moment` of the timers that a task waits for."""
        self.now = moment
        task.task_spec._update(task)
        if task.state == TaskState.WAITING and not any(timers_of(task)):  # the last date of a cycle
            task.task_spec._update(task)
        self.now = None

    def _run_ready(self) -> bool:
        ran = False
        for each in sorted(self.open_processes(), key=lambda workflow: workflow.depth, reverse=True):
            for task in each.in_state(TaskState.READY):
                # An earlier task of this pass may have cancelled it.
                if not task.task_spec.manual and task.state == TaskState.READY and not each.went_round(task):
                    self.run(task)
                    ran = True
        return ran

    def _open_joins(self) -> bool:
        opened = False
        for each in list(self.open_processes()):
            tokens = each.in_state(TaskState.WAITING | TaskState.READY | TaskState.STARTED)
            for task in tokens:
                joins = task.state == TaskState.WAITING and isinstance(task.task_spec, Join)
                if joins and task.task_spec.may_fire(task, tokens):
                    task._ready()
                    opened = True
        return opened
