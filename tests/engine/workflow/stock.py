"""The same case run twice: by SpiffWorkflow as it is shipped, and by us; both are restored before every step.

The stock side is the plain parser, engine and official serializer; only expressions are evaluated by our
evaluator (against facts copied into task data), service tasks wait like user tasks, and its clock is set
from outside.
"""

from collections import ChainMap
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import time_machine
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.defaults import ManualTask
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.workflow import Model, Moved, complete, deliver, fire_timers, read_model, start
from engine.workflow.codec import read
from forms.expressions import compile_expression

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class StockParser(BpmnParser):
    """The shipped parser; a service task waits, as it does with us."""

    OVERRIDE_PARSER_CLASSES = {full_tag("serviceTask"): (TaskParser, ManualTask)}  # noqa: RUF012  # as the library declares it


class FactsEnvironment(BasePythonScriptEngineEnvironment):
    """Evaluates against the facts of the moment."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__()
        self.facts = facts

    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> object:
        return compile_expression(expression.strip()).evaluate(ChainMap(self.facts, context))


class Stock:
    """A case in SpiffWorkflow as shipped."""

    def __init__(self, files: Mapping[str, str], process: str, facts: dict[str, Any]) -> None:
        parser = StockParser()
        for path, text in files.items():
            parser.add_bpmn_xml(etree.fromstring(text.encode()), filename=path)
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self.engine, self.now = PythonScriptEngine(FactsEnvironment(facts)), BEGIN
        spec, called = parser.get_spec(process), parser.get_subprocess_specs(process)
        workflow = BpmnWorkflow(spec, called, script_engine=self.engine)
        workflow.task_tree.data.update(facts)
        self._save(workflow)

    def ready(self) -> list[str]:
        """The ids of the steps that wait, sorted."""
        workflow = self._load()
        return sorted(t.task_spec.bpmn_id for t in workflow.get_tasks(state=TaskState.READY, manual=True))

    def complete(self, step: str) -> None:
        """Complete the oldest waiting task of a step."""

        def run(workflow: BpmnWorkflow) -> None:
            waiting = workflow.get_tasks(state=TaskState.READY, manual=True)
            next(task for task in waiting if task.task_spec.bpmn_id == step).run()

        self._move(run)

    def at(self, now: datetime) -> None:
        """Let the clock go on."""
        self.now = now
        self._move(lambda workflow: workflow.refresh_timers())

    def deliver(self, message: str) -> None:
        """Hand over a message."""
        event = BpmnEvent(MessageEventDefinition(message), payload={})
        self._move(lambda workflow: workflow.send_event(event))

    def done(self) -> set[str]:
        """The elements that were completed."""
        completed = self._load().get_tasks(state=TaskState.COMPLETED)
        return {task.task_spec.bpmn_id for task in completed if task.task_spec.bpmn_id == task.task_spec.name}

    def ended(self) -> bool:
        """Whether the case is over."""
        return bool(self._load().completed)

    def _move(self, action: Callable[[BpmnWorkflow], object]) -> None:
        with time_machine.travel(self.now, tick=False):
            workflow = self._load()
            action(workflow)
            self._save(workflow)

    def _save(self, workflow: BpmnWorkflow) -> None:
        with time_machine.travel(self.now, tick=False):
            workflow.do_engine_steps()
        self.saved = self.serializer.serialize_json(workflow)

    def _load(self) -> BpmnWorkflow:
        workflow = self.serializer.deserialize_json(self.saved)
        workflow.script_engine = self.engine
        return workflow


class Ours:
    """The same case with us; what `Moved` tells is all that it knows of its open tasks and timers."""

    def __init__(self, model: Model, facts: dict[str, Any]) -> None:
        self.model, self.facts, self.now = model, facts, BEGIN
        self.open: dict[str, str] = {}
        self.timers: dict[tuple[str, str], datetime] = {}
        self.moved = start(model, facts)
        self._take(self.moved)

    def ready(self) -> list[str]:
        """The ids of the steps that wait, sorted."""
        return sorted(self.open.values())

    def complete(self, step: str) -> None:
        """Complete the oldest waiting task of a step."""
        task = next(task for task, name in self.open.items() if name == step)
        del self.open[task]
        self._take(complete(self.model, self.moved.state, task, self.facts))
        self._catch_up()

    def at(self, now: datetime) -> None:
        """Let the clock go on."""
        self.now = now
        self._catch_up()

    def deliver(self, message: str) -> None:
        """Hand over a message."""
        self._take(deliver(self.model, self.moved.state, message, self.facts))
        self._catch_up()

    def done(self) -> set[str]:
        """The elements that were completed."""
        (done, *_), _ = read(self.model, self.moved.state)
        return {element for n, element in enumerate(self.model.numbering.elements) if int(done, 16) >> n & 1}

    def ended(self) -> bool:
        """Whether the case is over."""
        return self.moved.ended

    def _catch_up(self) -> None:
        """Fire what is due, as the scheduled job does, also what was due before it began."""
        while any(due <= self.now for due in self.timers.values()):
            self._take(fire_timers(self.model, self.moved.state, self.facts, self.now))

    def _take(self, moved: Moved) -> None:
        self.moved = moved
        for task in moved.closed:
            del self.open[task]
        self.open.update({opened.task_id: opened.step.id for opened in moved.opened})
        for key in [key for key in self.timers if key[0] in moved.dropped_timers]:
            del self.timers[key]
        self.timers.update({(timer.task_id, timer.event): timer.due_at for timer in moved.timers})


class Both:
    """A case with stock SpiffWorkflow and with us, compared after every step."""

    def __init__(
        self,
        files: Mapping[str, str],
        process: str,
        facts: dict[str, Any],
        later: frozenset[str] = frozenset(),
    ) -> None:
        self.later = later  # what stock completes only at its next refresh
        self.stock = Stock(files, process, facts)
        self.ours = Ours(read_model(files, process), facts)
        self._same()

    def ready(self) -> list[str]:
        """The ids of the steps that wait, sorted."""
        return self.ours.ready()

    def complete(self, step: str) -> None:
        """Complete the oldest waiting task of a step."""
        self._both("complete", step)

    def at(self, now: datetime) -> None:
        """Let the clock go on."""
        self._both("at", now)

    def deliver(self, message: str) -> None:
        """Hand over a message."""
        self._both("deliver", message)

    def finish(self) -> None:
        """Complete whatever waits, the first in the alphabet first, until the case is over."""
        while self.ready():
            self.complete(self.ready()[0])
        assert self.ours.ended()

    def _both(self, action: str, argument: Any) -> None:
        for side in (self.stock, self.ours):
            getattr(side, action)(argument)
        self._same()

    def _same(self) -> None:
        assert self.ours.ready() == self.stock.ready()
        assert self.ours.ended() == self.stock.ended()
        assert self.ours.done() - self.stock.done() <= self.later
        assert self.stock.done() <= self.ours.done()
