"""Translates a diagram into a net of places and transitions: what a token can do, one small step at a time.

Free-choice workflow nets as in van der Aalst, "The Application of Petri Nets to Workflow Management" (1998);
an activity is a place with one way out for its completion and one for each interrupting boundary event.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.check.blocks import Blocks
from engine.check.scope import Scope
from engine.check.terms import item_asked
from engine.diagram import Flow, Node

START = "start"
Effect = tuple[bool, int]  # whether one thing was done, and how often another (2 = twice or more)
Effects = frozenset[Effect]
NOTHING: Effects = frozenset({(False, 0)})


class Origin(NamedTuple):
    """Where in the diagram a transition comes from: a node, and the flow it takes when it chooses one."""

    node: str
    flow: str


@dataclass(frozen=True)
class Transition:
    """Takes tokens and gives tokens (place → count).

    `trail` is the sequence of original transitions it stands for, `does` what that may have done to items.
    """

    takes: Mapping[str, int]
    gives: Mapping[str, int]
    trail: tuple[int, ...]
    does: Effects = NOTHING


@dataclass(frozen=True)
class Net:
    """The transitions of one scope and, in the same order, their origins; it starts with a token at START."""

    transitions: tuple[Transition, ...]
    origins: tuple[Origin, ...]


def is_final(place: str) -> bool:
    """Whether a token may rest there when the process is over."""
    return place.startswith("end:")


def node_of(scope: Scope, place: str) -> str:
    """The id of the node that a token in `place` waits at, or has arrived at."""
    kind, _, id_ = place.partition(":")
    if kind in ("flow", "may"):
        return scope.flows[id_].target if kind == "flow" else scope.flows[id_].source
    return id_.partition("|")[0]


def no_effect(part: Node | Flow) -> Effects:
    """What activities and flows do to the items, when nobody asks."""
    return NOTHING


def build_net(
    scope: Scope,
    blocks: Blocks,
    seed: str,
    items: Collection[str] = (),
    of_node: Callable[[Node], Effects] = no_effect,
    of_flow: Callable[[Flow], Effects] = no_effect,
) -> Net:
    """The net of what is reached from the start event or boundary event `seed`.

    With `items`, of a case that asks for them: conditions about them are decided. `of_node` and `of_flow`
    say what activities, and flows that a gateway chooses, do to them.
    """
    made: list[Transition] = []
    origins: list[Origin] = []
    for move in _Translation(scope, blocks, seed, items, of_node, of_flow).moves():
        made.append(Transition(_counted(move.takes), _counted(move.gives), (len(made),), move.does))
        origins.append(move.origin)
    return Net(tuple(made), tuple(origins))


class _Move(NamedTuple):
    origin: Origin
    takes: list[str]
    gives: list[str]
    does: Effects = NOTHING


def _counted(places: list[str]) -> Mapping[str, int]:
    return {place: places.count(place) for place in places}


def _at(flow: Flow) -> str:
    return f"flow:{flow.id}"


@dataclass(frozen=True)
class _Translation:
    scope: Scope
    blocks: Blocks
    seed: str
    items: Collection[str]
    of_node: Callable[[Node], Effects]
    of_flow: Callable[[Flow], Effects]

    def moves(self) -> Iterator[_Move]:
        """Every transition, node by node in the order of the file."""
        reached = self.scope.reached([self.seed], aside=False)
        for node in self.scope.nodes.values():
            if node.id == self.seed:
                yield _Move(Origin(node.id, ""), [START], [_at(f) for f in self.scope.outgoing[node.id]])
            elif node.id in reached and node.kind != "boundaryEvent":
                yield from self._node(node)

    def _node(self, node: Node) -> Iterator[_Move]:
        entering, leaving = self.scope.incoming[node.id], self.scope.outgoing[node.id]
        whole = Origin(node.id, "")
        if node.kind == "endEvent":
            yield from (_Move(whole, [_at(f)], [f"end:{node.id}"]) for f in entering)
        elif node.kind == "parallelGateway":
            yield _Move(whole, [_at(f) for f in entering], [_at(f) for f in leaving])
        elif node.kind == "inclusiveGateway" and len(entering) > 1:
            yield from self._inclusive_join(node, entering, leaving)
        elif node.kind == "inclusiveGateway" and len(leaving) > 1:
            yield from self._inclusive_split(node, entering, leaving)
        elif node.kind in ("exclusiveGateway", "inclusiveGateway", "eventBasedGateway"):
            yield from self._choice(node, entering, leaving)
        else:
            yield from self._activity(node, entering, leaving)

    def _activity(self, node: Node, entering: list[Flow], leaving: list[Flow]) -> Iterator[_Move]:
        here = f"at:{node.id}"
        for flow in entering:
            yield _Move(Origin("", flow.id), [_at(flow)], [here])
        yield _Move(Origin(node.id, ""), [here], [_at(f) for f in leaving], self.of_node(node))
        for boundary in self.scope.boundaries[node.id]:
            if boundary.interrupting:
                out = [_at(f) for f in self.scope.outgoing[boundary.id]]
                yield _Move(Origin(boundary.id, ""), [here], out)

    def _choice(self, node: Node, entering: list[Flow], leaving: list[Flow]) -> Iterator[_Move]:
        for came in entering:
            for flow in self._possible(leaving):
                yield _Move(Origin(node.id, flow.id), [_at(came)], [_at(flow)], self.of_flow(flow))

    def _inclusive_split(self, node: Node, entering: list[Flow], leaving: list[Flow]) -> Iterator[_Move]:
        """The default alone, or any set of the others: each is taken or skipped on its own.

        Taking none of them is allowed here; it reaches nothing that taking one does not reach too.
        """
        possible = self._possible(leaving)
        chosen = [flow for flow in leaving if not flow.default]
        for came in entering:
            for flow in possible:
                if flow.default:
                    skipped = [self._skipped(node, f) for f in chosen]
                    yield _Move(Origin(node.id, flow.id), [_at(came)], [_at(flow), *skipped])
            unused = [self._skipped(node, f) for f in leaving if f.default]
            if chosen:
                yield _Move(Origin(node.id, ""), [_at(came)], [*(f"may:{f.id}" for f in chosen), *unused])
        for flow in chosen:
            if flow in possible:
                yield _Move(Origin(node.id, flow.id), [f"may:{flow.id}"], [_at(flow)], self.of_flow(flow))
            if not self._forced(flow):
                yield _Move(Origin("", ""), [f"may:{flow.id}"], [self._skipped(node, flow)])

    def _skipped(self, split: Node, flow: Flow) -> str:
        join = self.blocks.splits.get(split.id)
        return f"done:{join}|{flow.id}" if join else f"end:{split.id}|{flow.id}"

    def _inclusive_join(self, node: Node, entering: list[Flow], leaving: list[Flow]) -> Iterator[_Move]:
        branch_of = self.blocks.joins.get(node.id, {})
        for flow in entering:
            if flow.id in branch_of:
                yield _Move(Origin("", flow.id), [_at(flow)], [f"done:{node.id}|{branch_of[flow.id]}"])
        done = [f"done:{node.id}|{branch}" for branch in dict.fromkeys(branch_of.values())]
        yield _Move(Origin(node.id, ""), done, [_at(f) for f in leaving])

    def _possible(self, leaving: list[Flow]) -> list[Flow]:
        """The flows that a case asking for the items can take: no default where another must be taken."""
        forced = any(self._forced(flow) for flow in leaving)
        return [flow for flow in leaving if not self._excluded(flow) and not (flow.default and forced)]

    def _forced(self, flow: Flow) -> bool:
        asked = item_asked(flow.condition)
        return asked is not None and asked[1] and asked[0] in self.items

    def _excluded(self, flow: Flow) -> bool:
        asked = item_asked(flow.condition)
        return asked is not None and not asked[1] and asked[0] in self.items
