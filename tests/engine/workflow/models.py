"""Processes that tests run, drawn with the kit of engine.bench.model; the one on top is called `top`."""

from collections.abc import Mapping

from engine.bench.model import Drawing, file, timer

Files = Mapping[str, str]
Facts = Mapping[str, object]
DAY = "2026-01-0{}T09:00:00+08:00"
MESSAGE = '<message id="m_paid" name="paid"/><message id="m_gone" name="gone"/>'


def drawing(name: str = "top") -> Drawing:
    """A process with nothing but its start, `<name>_start`."""
    new = Drawing(name)
    new.add("startEvent", f"{name}_start")
    return new


def line(new: Drawing, *ids: str, end: str = "end") -> Drawing:
    """The process with a flow from its start through `ids` to an end event."""
    new.line(f"{new.process}_start", *ids, new.add("endEvent", end))
    return new


def tasks(new: Drawing, *ids: str) -> tuple[str, ...]:
    """User tasks without settings."""
    return tuple(new.task(id_) for id_ in ids)


def gates(new: Drawing, kind: str, *ids: str) -> tuple[str, ...]:
    """Gateways of one kind."""
    return tuple(new.add(f"{kind}Gateway", id_) for id_ in ids)


def sequence() -> Files:
    """start → a → b → end."""
    new = drawing()
    return file([line(new, *tasks(new, "a", "b"))])


def choice(default: bool = True) -> Files:
    """An exclusive gateway on `amount`: small below 10, large from 100, else the default `middle`."""
    new = drawing()
    attributes = {"default": "top_flow_3"} if default else {}
    gate = new.add("exclusiveGateway", "gate", **attributes)
    (merge,) = gates(new, "exclusive", "merge")
    new.flow(gate, new.task("small"), "amount < 10")
    new.flow(gate, new.task("large"), "amount >= 100")
    if default:
        new.line(gate, new.task("middle"), merge)
    new.line("small", merge)
    new.line("large", merge)
    new.line("top_start", gate)
    new.line(merge, new.add("endEvent", "end"))
    return file([new])


def inclusive() -> Files:
    """An inclusive split over `items` with a call in one branch and a choice in another, then a join."""
    new, called = drawing(), drawing("called")
    split, join = gates(new, "inclusive", "split", "join")
    new.add("callActivity", "call", calledElement="called")
    (gate,) = gates(new, "exclusive", "gate")
    new.line("top_start", split)
    new.flow(split, new.task("a"), '"a" in items')
    new.flow(split, "call", '"b" in items')
    new.flow(split, new.task("c"), '"c" in items')
    new.line("a", join)
    new.line("call", new.task("after_call"), join)
    new.line("c", gate)
    new.flow(gate, new.task("more"), "wants_more")
    new.flow(gate, join, "not wants_more")
    new.line("more", join)
    new.line(join, new.task("last"), new.add("endEvent", "end"))
    return file([new, line(called, *tasks(called, "inside"), end="called_end")])


def calls() -> Files:
    """Three calls of one process in parallel, each with a sub-process inside, and a call within the call."""
    new, review, visit = drawing(), drawing("review"), drawing("visit")
    split, join = gates(new, "parallel", "split", "join")
    new.line("top_start", split)
    for name in ("call_1", "call_2", "call_3"):
        new.line(split, new.add("callActivity", name, calledElement="review"), join)
    new.line(join, new.task("last"), new.add("endEvent", "end"))
    inner = drawing("part")
    line(inner, *tasks(inner, "look"), end="part_end")
    review.add("subProcess", "part", inner.inner)
    review.add("callActivity", "go", calledElement="visit")
    line(review, "part", "go", end="review_end")
    return file([new, review, line(visit, *tasks(visit, "travel"), end="visit_end")])


def repeated(sequential: bool, condition: str = "") -> Files:
    """The task `each` for every entry of the fact `items`, then `last`."""
    new = drawing()
    done = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    new.task("each", repetition(sequential, done))
    return file([line(new, "each", *tasks(new, "last"))])


def repeated_call(sequential: bool) -> Files:
    """A call for every entry of `items`; a choice inside the called process reads the entry by its name."""
    new, called = drawing(), drawing("called")
    item = '<inputDataItem id="item" name="item"/>'
    new.add("callActivity", "each", repetition(sequential, item), calledElement="called")
    (gate,) = gates(called, "exclusive", "gate")
    called.line("called_start", gate)
    for name in ("easy", "hard"):
        called.flow(gate, called.task(name), f'item == "{name}"')
        called.line(name, called.add("endEvent", f"{name}_end"))
    return file([line(new, "each", *tasks(new, "last")), called])


def repetition(sequential: bool, more: str = "") -> str:
    """A task's repetition over the fact `items`; the standard wants `more` in its own order, we do not."""
    inner = f"<loopDataInputRef>items</loopDataInputRef>{more}"
    flag = str(sequential).lower()
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{flag}">{inner}</multiInstanceLoopCharacteristics>'
    )


def boundary(interrupting: bool, value: str = "due", tag: str = "timeDate") -> Files:
    """`work` with a timer that opens `late`; `other` runs beside it."""
    new = drawing()
    split, join = gates(new, "parallel", "split", "join")
    work, other = tasks(new, "work", "other")
    new.timer("bell", work, value, tag, interrupting)
    (merge,) = gates(new, "exclusive", "merge")
    new.line("top_start", split, work, merge, join)
    new.line(split, other, join)
    if interrupting:
        new.line("bell", new.task("late"), merge)
    else:
        new.line("bell", new.task("late"), new.add("endEvent", "late_end"))
    new.line(join, new.task("last"), new.add("endEvent", "end"))
    return file([new])


def announced(value: str) -> Files:
    """A called process that announces, waits and hears; `other` runs beside it."""
    new, called = drawing(), drawing("called")
    split, join = gates(new, "parallel", "split", "join")
    new.line("top_start", split, new.add("callActivity", "call", calledElement="called"), join)
    new.line(split, new.task("other"), join, new.add("endEvent", "end"))
    waits = called.add("intermediateCatchEvent", "waits", timer(value))
    line(called, called.task("announce"), waits, called.task("hear"), end="called_end")
    return file([new, called])


def waiting_events(*timers: str) -> Files:
    """An event-based gateway: the messages paid and gone, and timers due at facts; then a timer on a call."""
    new, called = drawing(), drawing("called")
    (gate,) = gates(new, "eventBased", "gate")
    (merge,) = gates(new, "exclusive", "merge")
    new.line("top_start", gate)
    definitions = {
        "paid": '<messageEventDefinition messageRef="m_paid"/>',
        "gone": '<messageEventDefinition messageRef="m_gone"/>',
    } | {name: timer(name) for name in timers}
    for name, definition in definitions.items():
        new.line(gate, new.add("intermediateCatchEvent", name, definition), new.task(f"after_{name}"), merge)
    new.add("callActivity", "call", calledElement="called")
    new.timer("too_late", "call", "too_late", interrupting=True)
    new.line(merge, "call", new.add("endEvent", "end"))
    new.line("too_late", new.add("endEvent", "given_up"))
    return file([new, line(called, *tasks(called, "inside"), end="called_end")], MESSAGE)


def messages() -> Files:
    """`wait` for the message paid beside the task `a`; `b` listens for the message gone while it is open."""
    new = drawing()
    split, join = gates(new, "parallel", "split", "join")
    wait = new.add("intermediateCatchEvent", "wait", '<messageEventDefinition messageRef="m_paid"/>')
    listens = '<messageEventDefinition messageRef="m_gone"/>'
    new.line("top_start", split, wait, join)
    new.line(split, *tasks(new, "a", "b"), join)
    new.add("boundaryEvent", "withdrawn", listens, attachedToRef="b", cancelActivity="true")
    new.line("withdrawn", new.task("c"), new.add("endEvent", "end_c"))
    new.line(join, new.add("endEvent", "end"))
    return file([new], MESSAGE)


def loop(kind: str = "user") -> Files:
    """`work` is done again for as long as `again` holds; with kind "automatic" nothing stops in between."""
    new = drawing()
    merge, gate = gates(new, "exclusive", "merge", "gate")
    middle = [merge, *tasks(new, "work"), gate] if kind == "user" else [merge, gate]
    new.line("top_start", *middle)
    new.flow(gate, merge, "again")
    new.flow(gate, new.add("endEvent", "end"), "not again")
    return file([new])


def looped_join() -> Files:
    """Round a loop: an inclusive split into a and b, a join, and again for as long as `again` holds."""
    new = drawing()
    merge, gate = gates(new, "exclusive", "merge", "gate")
    split, join = gates(new, "inclusive", "split", "join")
    new.line("top_start", merge, split)
    for name in ("a", "b"):
        new.flow(split, new.task(name), f'"{name}" in items')
        new.line(name, join)
    new.line(join, gate)
    new.flow(gate, merge, "again")
    new.flow(gate, new.add("endEvent", "end"), "not again")
    return file([new])


def deadlock() -> Files:
    """A choice into a parallel join: it can never fire."""
    new = drawing()
    (gate,) = gates(new, "exclusive", "gate")
    (join,) = gates(new, "parallel", "join")
    new.line("top_start", gate)
    new.flow(gate, new.task("a"), "True")
    new.flow(gate, new.task("b"), "False")
    new.line("a", join)
    new.line("b", join, new.add("endEvent", "end"))
    return file([new])
