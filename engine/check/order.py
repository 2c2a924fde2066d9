"""Proves that an item never goes ahead before the decision it needs, when a case asks for both."""

from collections.abc import Iterator, Mapping

from engine.check.decisions import steps_of
from engine.check.net import NOTHING, Effects
from engine.check.rules import mistake
from engine.check.scope import Known
from engine.check.ways import Ways
from engine.diagram import Diagram, Node
from forms.mistakes import Mistake

_FIRST: Effects = frozenset({(True, 0)})  # the needed decision was made
_TOO_EARLY: Effects = frozenset({(False, 1)})  # the waiting step came and the decision had not been made
_CALLED = {"review": "审查", "decide": "决定"}


def check_order(
    process: str, called: list[str], diagrams: Mapping[str, Diagram], known: Known
) -> Iterator[Mistake]:
    """Steps that some way of a case reaches before the decision on which they rest.

    An item whose review waits must wait with its decision too, for a way may go round the review.
    """
    decided = steps_of("decide", called, diagrams)
    for item, about in sorted(known.items.items()):
        for needed, act in sorted(about.needs.items()):
            steps = steps_of(act, called, diagrams)
            waits = act if item in steps else "decide"
            home, element = steps.get(item) or decided.get(item) or ("", "")
            if not home or needed not in decided:
                continue
            if any(early for _, early in _ways(item, act, needed, diagrams).of_process(process)):
                yield _told(diagrams[home].file, element, item, needed, waits)


def _ways(item: str, act: str, needed: str, diagrams: Mapping[str, Diagram]) -> Ways:
    def of_step(node: Node) -> Effects:
        done = (node.properties.get("item"), node.properties.get("act"))
        if done == (needed, "decide"):
            return _FIRST
        return _TOO_EARLY if done in {(item, act), (item, "decide")} else NOTHING

    return Ways(diagrams, frozenset({item, needed}), of_step, then=in_order)


def in_order(first: Effects, then: Effects) -> Effects:
    """What may have been done after the one and then the other: what comes second is no longer too early."""
    return frozenset((a or b, max(i, 0 if a else j)) for a, i in first for b, j in then)


def _told(file: str, element: str, item: str, needed: str, act: str) -> Mistake:
    return mistake(
        "order-wrong",
        file,
        element,
        f"同时申请“{item}”和“{needed}”的办件，有的走法还没有对“{needed}”作出决定，就开始对“{item}”{_CALLED[act]}。",
        f"事项“{item}”写明以“{needed}”为前提（needs）：请把“{needed}”的决定画在前面，汇合以后再到“{item}”。",
    )
