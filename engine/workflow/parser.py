"""Turns diagrams into SpiffWorkflow's specs, made of our own classes; what a diagram may not use is refused.

It builds on SpiffWorkflow's plain BPMN parser, not the one for its extensions: that one would read scripts.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.parser import event_parsers as events
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.safe_xml import parse
from engine.workflow import reached, repeated
from engine.workflow.diagrams import Files, Processes
from engine.workflow.environment import FactList
from engine.workflow.joins import InclusiveJoin, ParallelJoin, ProcessSpec
from engine.workflow.timers import DueCycle, DueDate
from forms.mistakes import Mistake, Mistakes


class Repeatable(TaskParser):
    """Reads a step that may be repeated over a list of facts."""

    PARALLEL_MI_CLASS = repeated.AllAtOnce
    SEQUENTIAL_MI_CLASS = repeated.OneByOne

    def _add_multiinstance_task(self, loop_characteristics: Any) -> None:
        single = self.task
        super()._add_multiinstance_task(loop_characteristics)
        if self.task.data_input is not None:
            self.task.data_input = FactList(self.task.data_input.bpmn_id.strip())
        self.task.data_output = self.task.output_item = None
        # Otherwise done at run time, on a spec that many cases share.
        single.completed_event.connect(self.task.merge_child)


class StepParser(Repeatable):
    """A user, service or business rule task."""


class CallParser(Repeatable, CallActivityParser):
    """A call activity."""


class PartParser(Repeatable, SubWorkflowParser):
    """An embedded sub-process."""


class Timed(events.EventDefinitionParser):
    """Reads timers as ours."""

    def parse_timer_event(self, event: Any) -> DueDate:
        """The timer of an event, named by the event's id. Raises ValidationException."""
        for tag, kind in (("timeDate", DueDate), ("timeCycle", DueCycle)):
            for value in self.xpath(f".//bpmn:{tag}"):
                return kind(self.bpmn_id, (value.text or "").strip())
        raise ValidationException("only timeDate and timeCycle", node=self.node, file_name=self.filename)


class CatchParser(Timed, events.IntermediateCatchEventParser):
    """An intermediate event that waits."""


class BoundaryParser(Timed, events.BoundaryEventParser):
    """An event at the edge of a task."""


class OurProcessParser(ProcessParser):
    """Makes processes of our kind."""

    def create_spec(self) -> ProcessSpec:
        """An empty process. Raises ValidationException when it is marked as not executable."""
        if not self.process_executable:
            raise ValidationException("isExecutable is false", node=self.node, file_name=self.filename)
        return ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)


class OurParser(BpmnParser):
    """Knows the elements that a diagram may use, and no others."""

    PROCESS_PARSER_CLASS = OurProcessParser
    OVERRIDE_PARSER_CLASSES: Mapping[str, Any] = {}
    PARSER_CLASSES: Mapping[str, Any] = {
        full_tag(tag): classes
        for tag, classes in {
            "startEvent": (events.StartEventParser, reached.StartEvent),
            "endEvent": (events.EndEventParser, reached.EndEvent),
            "userTask": (StepParser, reached.UserStep),
            "manualTask": (StepParser, reached.UserStep),
            "serviceTask": (StepParser, reached.HandlerStep),
            "businessRuleTask": (StepParser, reached.HandlerStep),
            "exclusiveGateway": (ConditionalGatewayParser, reached.Choice),
            "parallelGateway": (GatewayParser, ParallelJoin),
            "inclusiveGateway": (ConditionalGatewayParser, InclusiveJoin),
            "eventBasedGateway": (events.EventBasedGatewayParser, reached.EventChoice),
            "callActivity": (CallParser, reached.Call),
            "subProcess": (PartParser, reached.Part),
            "boundaryEvent": (BoundaryParser, reached.Boundary),
            "intermediateCatchEvent": (CatchParser, reached.CatchEvent),
            "intermediateThrowEvent": (events.IntermediateThrowEventParser, reached.ThrowEvent),
            "receiveTask": (events.ReceiveTaskParser, reached.Receive),
            "sendTask": (events.SendTaskParser, reached.Send),
        }.items()
    }


def parse_specs(files: Files, processes: Processes, process: str) -> dict[str, Any]:
    """Every process and sub-process by id, as SpiffWorkflow runs them. Raises Mistakes."""
    parser = OurParser()
    try:
        for path in sorted({diagram.file for diagram in processes.files.values()}):
            parser.add_bpmn_xml(parse(files[path]), filename=path)
        specs: dict[str, Any] = parser.get_subprocess_specs(process)
        specs[process] = parser.get_spec(process)
    except ValidationException as error:
        raise Mistakes([_mistake(error.file_name, error.id or process, error)]) from error
    # Its parsers raise whatever they stumble on; a designer gets a place, not a trace.
    except Exception as error:
        raise Mistakes([_mistake(processes.files[process].file, process, error)]) from error
    return specs


def _mistake(file: str, element: str, error: Exception) -> Mistake:
    says = f"流程引擎读不懂这个元素（{str(error).strip('. ')}）。"
    return Mistake(file, element, says, "请改用允许的元素，并检查它的连线和设置。")
