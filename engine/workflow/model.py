"""Reads the diagrams of one process into a model: parsed once, then shared by all its cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.workflow.diagrams import Files, Processes, find_processes
from engine.workflow.numbering import Numbering, number
from engine.workflow.parser import parse_specs
from engine.workflow.steps import read_steps
from engine.workflow.values import Step
from forms.expressions import UnsafeExpression, compile_expression
from forms.mistakes import Mistake, Mistakes


@dataclass(frozen=True, eq=False)
class Model:
    """A process with everything it calls, ready to start and continue cases; nothing changes it.

    `processes` maps the process ids, the top one first, to their files; `steps` and `flows` (id → source
    and target) are those of all of them.
    """

    process: str
    processes: Mapping[str, str]
    steps: Mapping[str, Step]
    flows: Mapping[str, tuple[str, str]]
    specs: Mapping[str, Any] = field(repr=False)
    numbering: Numbering = field(repr=False)


def read_model(files: Files, process: str) -> Model:
    """The model of `process` from the BPMN files among `files` (path → text).

    Raises Mistakes for what keeps it from running; engine.check says all that is wrong with it.
    """
    processes = find_processes(files, process)
    steps = read_steps(processes)
    mistakes = list(_unsafe(processes))
    if mistakes:
        raise Mistakes(mistakes)
    specs = parse_specs(files, processes, process)
    return Model(
        process=process,
        processes={id_: diagram.file for id_, diagram in processes.files.items()},
        steps=steps,
        flows={flow.id: (flow.source, flow.target) for flow in processes.flows},
        specs=specs,
        numbering=number(specs, (node.id for _, node in processes.nodes), processes.flows, process),
    )


def _unsafe(processes: Processes) -> Iterator[Mistake]:
    """Conditions, timers and counts that no case could evaluate."""
    written = [
        (processes.files[flow.process].file, flow.id, flow.condition)
        for flow in processes.flows
        if flow.condition
    ]
    for diagram, node in processes.nodes:
        written += [(diagram.file, node.id, text) for text in (node.timer, *node.counts) if text]
    for file, element, text in written:
        try:
            compile_expression(text)
        except UnsafeExpression as error:
            yield Mistake(file, element, str(error), "请按条件的写法修改。")
