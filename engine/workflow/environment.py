"""Answers SpiffWorkflow's questions from the facts of the case, never from task data, and runs no script."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.specs.data_spec import TaskDataReference
from SpiffWorkflow.task import Task

from engine.workflow.errors import CannotMove, UnknownFact
from forms.expressions import CannotEvaluate, UnknownName, UnsafeExpression, compile_expression


class FactsEngine:
    """Stands where SpiffWorkflow expects a script engine; one for each move, with the facts of that move."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> object:
        """The value of a designer's expression. Raises UnknownFact or CannotMove.

        The only task data there is, the entry of a repeated step, may be named like a fact.
        """
        names = ChainMap(task.data, self.facts) if task.data else self.facts  # type: ignore[arg-type]  # read only
        try:
            return compile_expression(expression.strip()).evaluate(names)
        except UnknownName as error:
            raise UnknownFact(element_of(task), error.name) from error
        except (CannotEvaluate, UnsafeExpression) as error:
            raise CannotMove(element_of(task), str(error)) from error

    def execute(self, task: Task, script: str, external_context: object = None) -> NoReturn:
        """Refuse: a diagram never runs code. Raises CannotMove."""
        raise CannotMove(element_of(task), "流程图里不能运行脚本。")


class FactList(TaskDataReference):
    """The list that a repeated step runs over: a fact, read once when the step is reached."""

    def get(self, my_task: Task) -> Sequence[object]:
        """The entries, kept with the task so that a later change of the fact cannot shift them."""
        if "entries" not in my_task.internal_data:
            entries = my_task.workflow.script_engine.evaluate(my_task, self.bpmn_id)
            # SpiffWorkflow waits for ever at an entry that is None.
            if not isinstance(entries, list | tuple) or any(entry is None for entry in entries):
                raise CannotMove(element_of(my_task), f"数据项“{self.bpmn_id}”不是没有空值的列表。")
            my_task.internal_data["entries"] = list(entries)
        kept: list[object] = my_task.internal_data["entries"]
        return kept

    def exists(self, my_task: Task) -> bool:
        """True: a fact that is missing is an error of `get`."""
        return True


def element_of(task: Task) -> str:
    """The id of the BPMN element that a task stands for."""
    return str(task.task_spec.bpmn_id or task.task_spec.name)
