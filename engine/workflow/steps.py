"""Reads the steps of a model from its diagrams: titles, settings and lanes."""

from collections.abc import Iterator, Mapping
from typing import Literal

from engine.diagram import Diagram, Node
from engine.workflow.diagrams import Processes
from engine.workflow.values import Step
from forms.mistakes import Mistake, Mistakes

# A business rule is decided by code, so it is a handler's step like a service task.
KINDS: Mapping[str, Literal["user", "service"]] = {
    "userTask": "user",
    "manualTask": "user",
    "serviceTask": "service",
    "businessRuleTask": "service",
}


def read_steps(processes: Processes) -> dict[str, Step]:
    """All steps by id. Raises Mistakes."""
    callers = _callers(processes)
    mistakes: list[Mistake] = []
    steps: dict[str, Step] = {}
    for diagram, node in processes.nodes:
        if node.kind in KINDS:
            mistakes += _mistakes(diagram, node)
            lanes = _lanes(node, callers, frozenset())
            if len(lanes) > 1:
                says = f"这个环节没有泳道，而调用它的流程各在不同的泳道（{'、'.join(sorted(lanes))}）。"
                mistakes.append(Mistake(diagram.file, node.id, says, "请在被调用的流程里画出泳道。"))
            elif not mistakes:
                steps[node.id] = _step(node, next(iter(lanes), None))
    if mistakes:
        raise Mistakes(mistakes)
    return steps


def _step(node: Node, lane: str | None) -> Step:
    settings = node.properties
    return Step(
        id=node.id,
        title=node.title,
        kind=KINDS[node.kind],
        process=node.process,
        lane=lane,
        act=settings.get("act"),
        item=settings.get("item"),
        form=settings.get("form"),
        handler=settings.get("handler"),
        limit=int(settings["limit"]) if "limit" in settings else None,
    )


def _mistakes(diagram: Diagram, node: Node) -> Iterator[Mistake]:
    limit = node.properties.get("limit")
    if limit is not None and not (limit.isascii() and limit.isdigit()):
        yield Mistake(diagram.file, node.id, f"办理时限“{limit}”不是整数。", "limit 请写工作日数，例如 3。")


def _callers(processes: Processes) -> dict[str, list[Node]]:
    """Process id → the call activities that call it."""
    callers: dict[str, list[Node]] = {}
    for _, node in processes.nodes:
        if node.kind == "callActivity":
            callers.setdefault(node.called, []).append(node)
    return callers


def _lanes(node: Node, callers: Mapping[str, list[Node]], seen: frozenset[str]) -> set[str]:
    """The lane of a node; without one, the lanes of whatever calls its process."""
    if node.lane:
        return {node.lane}
    calls = () if node.process in seen else callers.get(node.process, ())
    return {lane for call in calls for lane in _lanes(call, callers, seen | {node.process})}
