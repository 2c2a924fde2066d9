"""Steps that are repeated over a list of facts, at once or one after another."""

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.workflow import Workflow

from engine.workflow.reached import Reached


class Repeated(MultiInstanceTask):
    """What a repetition does when one of its tasks completes: no data is collected, results are rows."""

    def merge_child(self, workflow: Workflow, child: Task) -> None:
        """Remember the last completed task: a completion condition is evaluated for it."""
        child.parent.internal_data["merged"] = [str(child.id)]


class AllAtOnce(Reached, defaults.ParallelMultiInstanceTask, Repeated):
    """One task for every entry, all open at once."""


class OneByOne(Reached, defaults.SequentialMultiInstanceTask, Repeated):
    """One task for every entry, each opened when the one before is done."""


def surroundings(task: Task) -> tuple[Task | None, object]:
    """The innermost repetition, call or sub-process around a task, and the list entry that it is for."""
    parent = task.parent
    if parent is not None and isinstance(parent.task_spec, Repeated) and "key_or_index" in task.internal_data:
        index = task.internal_data["key_or_index"]
        entries = parent.internal_data.get("entries")
        return parent, index if entries is None else entries[index]
    caller_id = task.workflow.parent_task_id
    if caller_id is None:
        return None, None
    caller = task.workflow.top_workflow.get_task_from_id(caller_id)
    return caller, surroundings(caller)[1]
