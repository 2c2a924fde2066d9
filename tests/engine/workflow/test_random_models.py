"""Whatever is drawn, and in whatever order people work: ours ends as SpiffWorkflow does as shipped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.bench.model import Drawing, file
from engine.workflow import complete, describe, read_model, start
from tests.engine.workflow import models
from tests.engine.workflow.stock import BEGIN, Both, Ours


@dataclass(frozen=True)
class Block:
    """A piece of a process with one way in and one way out: a task, or a kind of block around others."""

    kind: str
    inner: tuple["Block", ...] = ()


KINDS = ["task", "timed task", "stopped task", "service", "each at once", "each in turn"]
TASKS = st.sampled_from(["task", *KINDS]).map(Block)
# As shipped, an inclusive join does not wait for a sub-process; ours does (test_run.py).
PLAIN = st.recursive(
    TASKS,
    lambda blocks: st.builds(
        Block,
        st.sampled_from(["line", "parallel", "exclusive", "inclusive"]),
        st.lists(blocks, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=4,
)
BLOCKS = st.recursive(
    PLAIN,
    lambda blocks: st.builds(
        Block,
        st.sampled_from(["line", "parallel", "exclusive", "part", "timed part", "stopped part"]),
        st.lists(blocks, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=5,
)
CHOSEN = st.sets(st.integers(1, 40))
ORDER = st.lists(st.integers(0, 9), max_size=40)


def draw(new: Drawing, block: Block, ids: Iterator[int]) -> tuple[str, str]:
    """Draw a block; returns its first and its last element."""
    if block.kind == "line":
        return _line(new, block, ids)
    name = f"n{next(ids)}"
    how, _, kind = block.kind.rpartition(" ")
    if kind in ("parallel", "exclusive", "inclusive"):
        return _branches(new, block, name, ids)
    if kind == "part":
        new.add("subProcess", name, _inside(name, block, ids))
    elif kind in ("once", "turn"):
        new.task(name, models.repetition(sequential=kind == "turn"))
    else:
        new.task(name, tag="serviceTask" if kind == "service" else "userTask")
    return _timed(new, name, how == "stopped") if how in ("timed", "stopped") else (name, name)


def _inside(name: str, block: Block, ids: Iterator[int]) -> str:
    part = models.drawing(name)
    first, last = _line(part, block, ids)
    part.line(f"{name}_start", first)
    part.line(last, part.add("endEvent", f"{name}_end"))
    return part.inner


def _line(new: Drawing, block: Block, ids: Iterator[int]) -> tuple[str, str]:
    ends = [draw(new, each, ids) for each in block.inner]
    for (_, last), (first, _) in pairwise(ends):
        new.line(last, first)
    return ends[0][0], ends[-1][1]


def _branches(new: Drawing, block: Block, name: str, ids: Iterator[int]) -> tuple[str, str]:
    tag, join = f"{block.kind}Gateway", f"{name}_join"
    conditions = block.kind != "parallel"
    default = f"{new.process}_flow_{new._flows + 1}"
    new.add(tag, name, **({"default": default} if conditions else {}))
    new.add(tag, join)
    new.line(name, new.task(f"{name}_else"), join)
    for each in block.inner:
        first, last = draw(new, each, ids)
        new.flow(name, first, f"{first.removeprefix('n').split('_')[0]} in chosen" if conditions else "")
        new.line(last, join)
    return name, join


def _timed(new: Drawing, name: str, interrupting: bool) -> tuple[str, str]:
    """A timer on `name`; what it opens joins the way again if it interrupts."""
    new.timer(f"{name}_bell", name, f'due["{name}"]', interrupting=interrupting)
    late = new.task(f"{name}_late")
    new.line(f"{name}_bell", late)
    (merge,) = models.gates(new, "exclusive", f"{name}_merge")
    new.line(name, merge)
    new.line(late, merge if interrupting else new.add("endEvent", f"{name}_late_end"))
    return name, merge


def drawn(block: Block) -> Mapping[str, str]:
    """A process of one block."""
    new = models.drawing()
    first, last = draw(new, block, count(1))
    new.line("top_start", first)
    new.line(last, new.add("endEvent", "end"))
    return file([new])


def facts_of(chosen: set[int]) -> dict[str, Any]:
    """Which conditions hold, a list, and a moment for each timer: of two at once either may win."""
    due = {f"n{number}": (BEGIN + timedelta(hours=number)).isoformat() for number in range(1, 60)}
    return {"chosen": sorted(chosen), "items": ["x", "y"], "due": due}


def ring(case: Both) -> None:
    """Let the clock go on past all timers, from one to the next."""
    while case.ours.timers:
        case.at(min(case.ours.timers.values()) + timedelta(minutes=1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, CHOSEN, ORDER, st.integers(0, 12))
def test_any_order_of_completions_ends_as_stock_does(
    block: Block, chosen: set[int], order: list[int], bell: int
) -> None:
    case = Both(drawn(block), "top", facts_of(chosen))
    for step, pick in enumerate(order):
        if not case.ready():
            break
        if step == bell:
            ring(case)
        case.complete(case.ready()[pick % len(case.ready())])
    case.finish()


@settings(max_examples=60, deadline=None)
@given(BLOCKS, CHOSEN, st.lists(ORDER, min_size=2, max_size=2))
def test_the_order_of_completions_does_not_matter_for_what_is_done(
    block: Block, chosen: set[int], orders: list[list[int]]
) -> None:
    model, facts = read_model(drawn(block), "top"), facts_of(chosen)
    ends = []
    for order in orders:
        case = Ours(model, facts)
        picks = [*order, *[0] * 99]
        for pick in picks:
            if case.ready():
                case.complete(case.ready()[pick % len(case.ready())])
        assert case.ended()
        ends.append(describe(model, case.moved.state))
    assert ends[0] == ends[1]


@settings(max_examples=40, deadline=None)
@given(BLOCKS, CHOSEN)
def test_what_is_open_is_what_the_diagram_shows(block: Block, chosen: set[int]) -> None:
    model, facts = read_model(drawn(block), "top"), facts_of(chosen)
    moved = start(model, facts)
    assume(moved.opened)
    words = describe(model, moved.state)
    assert {opened.step.id for opened in moved.opened} == {e for e in words if words[e] == "active"} & set(
        model.steps
    )
    after = complete(model, moved.state, moved.opened[0].task_id, facts)
    first, *others = (opened.step.id for opened in (*moved.opened, *after.opened))
    assert describe(model, after.state)[first] == ("active" if first in others else "done")
