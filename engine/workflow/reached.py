"""Keeps SpiffWorkflow from looking ahead: a task exists when a token reaches it, never before.

As shipped, every possible future becomes a tree of predicted tasks that doubles with each parallel stage.
Here a spec predicts nothing, and the tasks after it are made when it runs (`branch`), so that a step
costs what moves now.
"""

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task

from engine.workflow.environment import element_of
from engine.workflow.errors import CannotMove
from engine.workflow.timers import DueCycle


class Reached(TaskSpec):
    """Mixed into the spec of every BPMN element that a diagram may use."""

    def _predict(self, my_task: Task, *args: object, **kwargs: object) -> None:
        """Predict nothing."""


def branch(task: Task) -> None:
    """Make the tasks that follow `task`, just before it runs; a gateway that chooses makes its own."""
    if not isinstance(task.task_spec, MultiChoice):
        task.task_spec._predict_hook(task)


class StartEvent(Reached, defaults.StartEvent):
    """Where a process begins."""


class EndEvent(Reached, defaults.EndEvent):
    """Where a path ends."""


class UserStep(Reached, defaults.UserTask):
    """A task whose clerk is a person."""


class HandlerStep(Reached, defaults.ManualTask):
    """A task whose clerk is a function: it stops and waits like any other, and a handler completes it."""


class Choice(Reached, defaults.ExclusiveGateway):
    """An exclusive gateway."""

    def _run_hook(self, my_task: Task) -> bool:
        try:
            return bool(super()._run_hook(my_task))
        except WorkflowException as error:
            raise CannotMove(element_of(my_task), "没有一个条件成立，也没有默认路径。") from error


class EventChoice(Reached, defaults.EventBasedGateway):
    """An event-based gateway."""


class CatchEvent(Reached, defaults.IntermediateCatchEvent):
    """A timer or message that the flow waits for."""


class ThrowEvent(Reached, defaults.IntermediateThrowEvent):
    """A message that the flow sends."""


class Receive(Reached, defaults.ReceiveTask):
    """A task that waits for a message."""


class Send(Reached, defaults.SendTask):
    """A task that sends a message."""


class Boundary(Reached, defaults.BoundaryEvent):
    """A timer or message that is listened for while its task is open."""

    def _predict_hook(self, my_task: Task) -> None:
        if not isinstance(self.event_definition, DueCycle):  # a cycle lets its tokens out one by one
            super()._predict_hook(my_task)


class Call(Reached, defaults.CallActivity):
    """A call of a process of its own."""


class Part(Reached, defaults.SubWorkflowTask):
    """An embedded sub-process."""
