"""The naive design: SpiffWorkflow as shipped, the whole workflow as JSON in one column, rewritten whole."""

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.defaults import ManualTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bench.model import DUE
from engine.files import Files


class _Parser(BpmnParser):
    """The shipped parser; a service task waits for its handler, as it does with us."""

    OVERRIDE_PARSER_CLASSES = {full_tag("serviceTask"): (TaskParser, ManualTask)}  # noqa: RUF012  # as the library declares it


class Naive:
    """The stock engine for one diagram."""

    def __init__(self, files: Files, process: str) -> None:
        parser = _Parser()
        for path, text in files.items():
            if path.endswith(".bpmn"):
                parser.add_bpmn_xml(etree.fromstring(text.encode()), filename=path)
        self._spec, self._called = parser.get_spec(process), parser.get_subprocess_specs(process)
        self._facts = {"due": dict.fromkeys(self._spec.task_specs, DUE)}
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def start(self) -> bytes:
        """A new case as JSON."""
        workflow = BpmnWorkflow(self._spec, self._called)
        workflow.task_tree.data.update(self._facts)
        workflow.do_engine_steps()
        return self._dump(workflow)

    def complete(self, state: bytes, step: str) -> bytes:
        """The case after its task at `step` was completed."""
        workflow = self._serializer.deserialize_json(state.decode())
        for task in workflow.get_tasks(state=TaskState.READY, spec_name=step):
            task.run()
        workflow.do_engine_steps()
        return self._dump(workflow)

    def _dump(self, workflow: BpmnWorkflow) -> bytes:
        text: str = self._serializer.serialize_json(workflow)
        return text.encode()
