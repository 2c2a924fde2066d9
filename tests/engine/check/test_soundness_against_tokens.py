"""The proof of soundness agrees with brute force on random diagrams."""

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from engine.check import rule_of
from engine.check.blocks import find_blocks
from engine.check.net import NOTHING, Effects, build_net
from engine.check.order import in_order
from engine.check.reduction import reduce
from engine.check.soundness import check_soundness
from engine.check.states import walk
from engine.diagram import Node
from tests.engine.check.models import model, scope
from tests.engine.check.tokens import TooMany, is_ever_before, is_sound

STEPS = st.sampled_from([f"t{number}" for number in range(1, 10)])
UNHURRIED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass
class Sketch:
    """A diagram being drawn: flows between ids, and the activities that boundary events hang on."""

    flows: list[tuple[str, str]] = field(default_factory=list)
    hosts: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def new(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def text(self) -> str:
        attributes = {event: f'attachedToRef="{host}"' for event, host in self.hosts.items()}
        return model(*(f"{a} > {b}" for a, b in dict.fromkeys(self.flows)), attributes=attributes)


@st.composite
def tangles(draw: st.DrawFn, letters: str) -> str:
    """Any nodes of the given kinds with flows drawn at random, everything reached and nothing dead."""
    sketch = Sketch()
    nodes = ["s0", *(sketch.new(letter) for letter in draw(st.lists(st.sampled_from(letters), max_size=7)))]
    ends = [sketch.new("e") for _ in range(draw(st.integers(1, 2)))]
    leaves = Counter[str]()
    for index, node in enumerate(nodes):
        earlier = [n for n in nodes[:index] if n[0] in "xpo" or not leaves[n]]
        if index:
            assume(earlier)
            source = draw(st.sampled_from(earlier))
            sketch.flows.append((source, node))
            leaves[source] += 1
        if node[0] == "t" and draw(st.integers(0, 3)) == 0:
            boundary = sketch.new("b")
            sketch.hosts[boundary] = node
            sketch.flows.append((boundary, draw(st.sampled_from([*nodes[1:], *ends]))))
    for node in nodes:
        wanted = draw(st.integers(1, 2)) if node[0] in "xpo" else 1
        while leaves[node] < wanted:
            sketch.flows.append((node, draw(st.sampled_from([*nodes[1:], *ends]))))
            leaves[node] += 1
    return sketch.text()


@st.composite
def nests(draw: st.DrawFn, wrong: bool) -> str:
    """Splits and joins in pairs, one inside the other; if `wrong`, some joins are of another kind."""
    sketch = Sketch()

    def block(entry: str, depth: int) -> str:
        """Draws a block behind `entry`, returns the node that it leaves by."""
        shape = draw(st.sampled_from(["task", "row", "split", "loop", "alarm"] if depth else ["task"]))
        if shape == "row":
            return block(block(entry, depth - 1), depth - 1)
        if shape == "split":
            return split(entry, depth)
        if shape == "loop":
            merge, leave = sketch.new("x"), sketch.new("x")
            sketch.flows.append((entry, merge))
            sketch.flows += [(block(merge, depth - 1), leave), (leave, merge)]
            return leave
        task = sketch.new("t")
        sketch.flows.append((entry, task))
        if shape == "alarm":
            boundary, merge = sketch.new("b"), sketch.new("x")
            sketch.hosts[boundary] = task
            sketch.flows += [(task, merge), (block(boundary, depth - 1), merge)]
            return merge
        return task

    def split(entry: str, depth: int) -> str:
        kind = draw(st.sampled_from("xpo"))
        other = draw(st.sampled_from("xpo")) if wrong else kind
        fork, join = sketch.new(kind), sketch.new(other)
        sketch.flows.append((entry, fork))
        for _ in range(draw(st.integers(2, 3))):
            sketch.flows.append((block(fork, depth - 1), join))
        return join

    last = split("s0", 2)
    sketch.flows.append((last, "e0"))
    return sketch.text()


def agree(text: str) -> bool:
    """Compares the two; returns what both say."""
    drawn = scope(text)
    told = list(check_soundness(drawn))
    rules = {rule_of(each) for each in told}
    assume("or-unpaired" not in rules)
    assert "too-complex" not in rules
    try:
        sound = is_sound(drawn)
    except TooMany:
        assume(False)
    assert (not told) == sound, (told, text)
    assert all(each.element in drawn.nodes for each in told)
    event("sound" if sound else sorted(rules)[0])
    return sound


@UNHURRIED
@given(tangles("txp"))
def test_random_tangles_of_exclusive_and_parallel_gateways(text: str) -> None:
    agree(text)


@UNHURRIED
@given(tangles("txpo"))
def test_random_tangles_with_inclusive_gateways_too(text: str) -> None:
    agree(text)


@UNHURRIED
@given(nests(wrong=True))
def test_nested_blocks_with_some_wrong_joins(text: str) -> None:
    agree(text)


@UNHURRIED
@given(nests(wrong=False))
def test_nested_blocks_in_pairs_are_sound(text: str) -> None:
    assert not list(check_soundness(scope(text)))
    assert agree(text)


@UNHURRIED
@given(tangles("txp"), st.sets(st.sampled_from([f"t{n}" for n in range(1, 8)])))
def test_the_reduction_keeps_what_every_way_does_to_an_item(text: str, decides: set[str]) -> None:
    drawn = scope(text)
    assume(not list(check_soundness(drawn)))

    def effects(node: Node) -> Effects:
        return frozenset({(False, 1)}) if node.id in decides else NOTHING

    net = build_net(drawn, find_blocks(drawn), "s0", "item", effects)
    assert walk(reduce(net.transitions)).effects() == walk(net.transitions).effects()


@settings(UNHURRIED, max_examples=60)
@given(nests(wrong=False), STEPS, STEPS)
def test_the_order_of_two_steps_agrees_with_brute_force(text: str, first: str, then: str) -> None:
    assume(first != then)
    drawn = scope(text)
    assume(first in drawn.nodes and then in drawn.nodes)
    done: dict[str, Effects] = {first: frozenset({(True, 0)}), then: frozenset({(False, 1)})}
    net = build_net(drawn, find_blocks(drawn), "s0", of_node=lambda node: done.get(node.id, NOTHING))
    proved = walk(reduce(net.transitions, in_order))
    assert proved.complete
    try:
        early = is_ever_before(drawn, then, first)
    except TooMany:
        assume(False)
    event("out of order" if early else "in order")
    assert any(too_early for _, too_early in proved.effects(in_order)) == early, text
