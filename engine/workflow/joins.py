"""Gateways that wait for tokens: each remembers by which of its flows tokens came.

SpiffWorkflow decides a join by walking the whole tree of past and predicted tasks at every completion.
Here a token is noted when it arrives, and `may_fire` is asked when nothing else moves: cheaper, the same
in every round of a loop, and an inclusive join also waits for a called process that is still under way.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import lru_cache

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask, _EndJoin
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.environment import element_of
from engine.workflow.errors import CannotMove
from engine.workflow.reached import Reached


class Join(TaskSpec, ABC):
    """What waits for tokens. Of several tasks at one join the newest stands for all."""

    def _update_hook(self, my_task: Task) -> bool:
        my_task._inherit_data()
        arrived = [my_task.parent.task_spec.name]
        for other in list(my_task.workflow.tasks.values()):
            if other.task_spec is self and other is not my_task and other.state == TaskState.WAITING:
                arrived += other.internal_data["arrived"]
                other.cancel()
        my_task.internal_data["arrived"] = arrived
        if len(set(self._inputs)) == 1 and not isinstance(self, _EndJoin):
            return True
        my_task._set_state(TaskState.WAITING)
        return False

    def _run_hook(self, my_task: Task) -> bool:
        return True

    @abstractmethod
    def may_fire(self, my_task: Task, tokens: Sequence[Task]) -> bool:
        """Whether the waiting `my_task` may go on; `tokens` are all unfinished tasks of its process."""


class ParallelJoin(Join, Reached, defaults.ParallelGateway):
    """A parallel gateway: goes on when a token came by every flow."""

    def may_fire(self, my_task: Task, tokens: Sequence[Task]) -> bool:
        return set(my_task.internal_data["arrived"]) == set(self._inputs)


class InclusiveJoin(Join, Reached, defaults.InclusiveGateway):
    """An inclusive gateway: goes on when no token can come by a further flow (BPMN 2.0.2, 13.4.3)."""

    def may_fire(self, my_task: Task, tokens: Sequence[Task]) -> bool:
        arrived = set(my_task.internal_data["arrived"])
        missing = set(self._inputs) - arrived
        return not any(
            token is not my_task
            and self._reached_from(token, missing)
            and not self._reached_from(token, arrived)
            for token in tokens
        )

    def _reached_from(self, token: Task, flows: set[str]) -> bool:
        name = token.task_spec.name
        return any(name in _upstream(self, source) for source in flows)

    def _run_hook(self, my_task: Task) -> bool:
        chosen, otherwise = self._get_matching_outputs(my_task)
        if not chosen and not otherwise:
            raise CannotMove(element_of(my_task), "没有一个条件成立，也没有默认路径。")
        my_task._sync_children(chosen or otherwise, TaskState.FUTURE)
        return True


class EndJoin(Join, _EndJoin):
    """The invisible join behind the end events: a process has ended when no token is left in it."""

    def may_fire(self, my_task: Task, tokens: Sequence[Task]) -> bool:
        return all(token is my_task for token in tokens)


class ProcessSpec(BpmnProcessSpec):
    """A process whose invisible last join is ours."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        for name in (self.end.name, "End"):
            del self.task_specs[name]
        self.end: TaskSpec = EndJoin(self, f"{self.name}.EndJoin")
        self.end.connect(SimpleBpmnTask(self, "End"))


@lru_cache(maxsize=4096)
def _upstream(join: InclusiveJoin, source: str) -> frozenset[str]:
    """Everything from which a token can come to the flow from `source` without passing `join`."""
    specs = join._wf_spec.task_specs
    found, todo = set[str](), [source]
    while todo:
        name = todo.pop()
        if name not in found and name != join.name:
            found.add(name)
            todo += specs[name]._inputs
    return frozenset(found)
