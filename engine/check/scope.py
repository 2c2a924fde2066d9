"""What the rules look at: one process, or one embedded sub-process, as a graph; and the words known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from engine.check.rules import mistake
from engine.check.words import KnownItem, KnownLane
from engine.diagram import NOTES, Diagram, Flow, Node
from forms.mistakes import Mistake

T = TypeVar("T")

ACTIVITIES = frozenset({"userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway"})  # their flows carry conditions


@dataclass(frozen=True)
class Known:
    """The words a diagram may use."""

    lanes: Mapping[str, KnownLane]
    items: Mapping[str, KnownItem]
    facts: frozenset[str]
    forms: Mapping[str, Mapping[str, frozenset[str]]]  # a step's form → its questions → their options
    handlers: frozenset[str]
    asked: frozenset[str]  # the items that this industry may ask for
    always: frozenset[str]  # those of them that every case asks for
    timed: frozenset[str]  # ids of the steps of all processes that have a limit: only these fall due


@dataclass(frozen=True)
class Scope:
    """A process or an embedded sub-process of `diagram`; `id` is its element id."""

    diagram: Diagram
    process: str
    id: str

    def mistake(self, rule: str, element: str, says: str, do: str) -> Mistake:
        """A mistake in this scope's file; without an element it is the scope's own."""
        return mistake(rule, self.diagram.file, element or self.id, says, do)

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes by id, without the notes beside the flow; of two with one id the first."""
        found: dict[str, Node] = {}
        for node in self.diagram.nodes:
            if (node.process, node.scope) == (self.process, self.id) and node.kind not in NOTES:
                found.setdefault(node.id, node)
        return found

    @cached_property
    def all_flows(self) -> tuple[Flow, ...]:
        """Every sequence flow of the scope, the dangling ones too."""
        return tuple(f for f in self.diagram.flows if (f.process, f.scope) == (self.process, self.id))

    @cached_property
    def flows(self) -> Mapping[str, Flow]:
        """The flows that connect two nodes of this scope, by id."""
        return {f.id: f for f in self.all_flows if f.source in self.nodes and f.target in self.nodes}

    @cached_property
    def outgoing(self) -> Mapping[str, list[Flow]]:
        """Node id → the flows that leave it (empty when none)."""
        return _grouped((f.source, f) for f in self.flows.values())

    @cached_property
    def incoming(self) -> Mapping[str, list[Flow]]:
        """Node id → the flows that enter it (empty when none)."""
        return _grouped((f.target, f) for f in self.flows.values())

    @cached_property
    def boundaries(self) -> Mapping[str, list[Node]]:
        """Activity id → the boundary events attached to it."""
        return _grouped((n.attached_to, n) for n in self.nodes.values() if n.kind == "boundaryEvent")

    def starts(self) -> list[Node]:
        """The start events."""
        return [node for node in self.nodes.values() if node.kind == "startEvent"]

    def reached(self, seeds: Iterable[str], *, aside: bool, without: str = "") -> set[str]:
        """Nodes reached from `seeds`, those included; `aside` goes by non-interrupting boundaries too."""
        found: set[str] = set()
        waiting = list(seeds)
        while waiting:
            here = waiting.pop()
            if here in found or here == without:
                continue
            found.add(here)
            waiting.extend(flow.target for flow in self.outgoing[here])
            waiting.extend(b.id for b in self.boundaries[here] if aside or b.interrupting)
        return found


def scopes_of(diagram: Diagram, process: str) -> Iterator[Scope]:
    """The process itself, then its embedded sub-processes."""
    yield Scope(diagram, process, process)
    for node in diagram.nodes:
        if node.process == process and node.kind == "subProcess" and node.id:
            yield Scope(diagram, process, node.id)


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
