"""Draws BPMN files as text: the process that benches run, and a small drawing kit that tests use too."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

_NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" targetNamespace="onepermit"'
)
PROCESS = "bench"
DUE = "2100-01-01T09:00:00+08:00"  # so far away that no timer of a bench fires


class Drawing:
    """One process being drawn; every method returns the id of what it drew, so that calls can be nested."""

    def __init__(self, process: str) -> None:
        self.process = process
        self._parts: list[str] = []
        self._flows = 0

    def add(self, tag: str, id_: str, inner: str = "", **attributes: str) -> str:
        """A BPMN element; `inner` is XML."""
        written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        self._parts.append(f"<{tag} id={quoteattr(id_)}{written}>{inner}</{tag}>")
        return id_

    def task(self, id_: str, inner: str = "", tag: str = "userTask", **settings: str) -> str:
        """A user task, or another kind of task, with its settings."""
        return self.add(tag, id_, properties(settings) + inner, name=id_)

    def timer(self, id_: str, on: str, value: str, tag: str = "timeDate", interrupting: bool = False) -> str:
        """A boundary timer on the task `on`."""
        attributes = {"attachedToRef": on, "cancelActivity": str(interrupting).lower()}
        return self.add("boundaryEvent", id_, timer(value, tag), **attributes)

    def flow(self, source: str, target: str, condition: str = "") -> str:
        """A sequence flow; returns the id of its target."""
        self._flows += 1
        inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
        self.add(
            "sequenceFlow", f"{self.process}_flow_{self._flows}", inner, sourceRef=source, targetRef=target
        )
        return target

    def line(self, *ids: str) -> str:
        """Flows from each to the next; returns the last."""
        for source, target in pairwise(ids):
            self.flow(source, target)
        return ids[-1]

    @property
    def inner(self) -> str:
        """What was drawn, as the XML inside a process or sub-process."""
        return "".join(self._parts)

    def xml(self) -> str:
        """The file."""
        return f'<process id="{self.process}" isExecutable="true">{self.inner}</process>'


def file(drawings: Iterable[Drawing], beside: str = "") -> Mapping[str, str]:
    """The drawings in one BPMN file (path → text); `beside` is XML next to the processes: messages."""
    inner = "".join(drawing.xml() for drawing in drawings)
    return {"processes/drawn.bpmn": f"<definitions {_NAMESPACES}>{beside}{inner}</definitions>"}


def properties(settings: Mapping[str, str]) -> str:
    """The settings of a step."""
    written = (
        f"<spiffworkflow:property name={quoteattr(name)} value={quoteattr(value)}/>"
        for name, value in settings.items()
    )
    inner = "".join(written)
    return (
        f"<extensionElements><spiffworkflow:properties>{inner}</spiffworkflow:properties></extensionElements>"
    )


def timer(value: str, tag: str = "timeDate") -> str:
    """The definition of a timer; `value` is an expression."""
    return f"<timerEventDefinition><{tag}>{escape(value)}</{tag}></timerEventDefinition>"


def departments(
    count: int, steps: int, timers: bool = True, stages: int = 1, whole: bool = False
) -> Mapping[str, str]:
    """A case as it is in life: `stages` times, `count` departments in parallel do `steps` tasks each.

    With `timers`, each task has a non-interrupting timer that would remind its department; it is due at
    the fact `due`. Task ids are `s1_d1_t1` (stage, department, task), the process is PROCESS. A `whole`
    diagram has all that a published one has: each task reviews the item of its department (`item1`, …),
    and its timer is due at the end of the task's own limit.
    """
    drawing = Drawing(PROCESS)
    last = drawing.add("startEvent", "start")
    for stage in range(1, stages + 1):
        split = drawing.flow(last, drawing.add("parallelGateway", f"s{stage}_split"))
        last = drawing.add("parallelGateway", f"s{stage}_join")
        for department in range(1, count + 1):
            tasks = [f"s{stage}_d{department}_t{task}" for task in range(1, steps + 1)]
            for task in tasks:
                review = {"act": "review", "item": f"item{department}", "form": "review"} if whole else {}
                drawing.task(task, limit="5", **review)
                if timers:
                    _remind(drawing, task, f'due["{task}"]' if whole else "due")
            drawing.line(split, *tasks, last)
    drawing.flow(last, drawing.add("endEvent", "end"))
    return file([drawing])


def _remind(drawing: Drawing, task: str, due: str) -> None:
    late = drawing.timer(f"{task}_late", task, due)
    remind = drawing.task(f"{task}_remind", tag="serviceTask", handler="remind")
    drawing.line(late, remind, drawing.add("endEvent", f"{task}_reminded"))
