"""Promises what may come next in a process with everything it calls laid out in place, as plain nodes.

A called process and a sub-process stand in place of the node that opens them, once for each such node. What
runs beside the course without stopping it (a reminder when something is late) is kept apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.diagram import Diagram, Flow, Node

JOINS = ("parallelGateway", "inclusiveGateway")
OPENS = ("subProcess", "transaction", "adHocSubProcess")


@dataclass(frozen=True)
class Place:
    """A node where it stands: `within` are the nodes that opened what it stands in, outermost first."""

    within: tuple[Node, ...]
    node: Node


@dataclass(frozen=True)
class Graph:
    """The nodes of all processes by the scope they stand in, and the flows by where they start."""

    inside: Mapping[str, Sequence[Node]]
    flows: Mapping[str, Sequence[Flow]]
    nodes: Mapping[str, Node]

    def starts(self, process: str) -> list[Place]:
        """Where a process begins."""
        return [Place((), node) for node in self.inside.get(process, ()) if node.kind == "startEvent"]

    def after(self, place: Place) -> Iterator[tuple[Flow | None, Place]]:
        """What may follow a place, each with the flow that leads there (None: it lies inside, or cuts in)."""
        opened = self._opened(place.node)
        if opened:
            yield from ((None, Place((*place.within, place.node), node)) for node in opened)
            yield from self._cuts(place)
        elif place.node.kind == "endEvent" and place.within:
            yield from self._out(Place(place.within[:-1], place.within[-1]))
        else:
            yield from self._out(place)
            yield from self._cuts(place)

    def beside(self, place: Place) -> list[Place]:
        """The events at a place that start something beside the course and let the place go on."""
        return [Place(place.within, node) for node in self._attached(place.node) if not node.interrupting]

    def branches(self, node: Node) -> bool:
        """Whether a flow out of this node is one of several."""
        return len(self.flows.get(node.id, ())) > 1

    def joins(self, node: Node) -> bool:
        """Whether a node waits for all that runs side by side before it."""
        arriving = (flow for flows in self.flows.values() for flow in flows if flow.target == node.id)
        return node.kind in JOINS and sum(1 for _ in arriving) > 1

    def _out(self, place: Place) -> Iterator[tuple[Flow | None, Place]]:
        for flow in self.flows.get(place.node.id, ()):
            yield flow, Place(place.within, self.nodes[flow.target])

    def _cuts(self, place: Place) -> Iterator[tuple[Flow | None, Place]]:
        """The events at a place that end it early."""
        for node in self._attached(place.node):
            if node.interrupting:
                yield None, Place(place.within, node)

    def _opened(self, node: Node) -> list[Node]:
        scope = node.called if node.kind == "callActivity" else node.id if node.kind in OPENS else ""
        return [each for each in self.inside.get(scope, ()) if each.kind == "startEvent"]

    def _attached(self, node: Node) -> Iterator[Node]:
        return (n for n in self.inside.get(node.scope, ()) if n.attached_to == node.id)


def graph_of(diagrams: Mapping[str, Diagram]) -> Graph:
    """The graph of these processes: process id → the diagram that draws it."""
    nodes = [node for id_, diagram in diagrams.items() for node in diagram.nodes if node.process == id_]
    flows = [flow for id_, diagram in diagrams.items() for flow in diagram.flows if flow.process == id_]
    inside: dict[str, list[Node]] = {}
    starting: dict[str, list[Flow]] = {}
    for node in nodes:
        inside.setdefault(node.scope, []).append(node)
    for flow in flows:
        starting.setdefault(flow.source, []).append(flow)
    return Graph(inside, starting, {node.id: node for node in nodes})
