"""Proves that every item a case asks for is decided exactly once, whichever way the case takes."""

from collections.abc import Iterator, Mapping

from engine.check.net import NOTHING, Effects
from engine.check.rules import mistake
from engine.check.scope import Known
from engine.check.terms import item_asked
from engine.check.ways import Ways
from engine.diagram import Diagram, Flow, Node
from forms.mistakes import Mistake

_ASKED: Effects = frozenset({(True, 0)})
_DECIDED: Effects = frozenset({(False, 1)})
Places = Mapping[str, tuple[str, str]]  # item → process and element


def check_decisions(
    process: str, called: list[str], diagrams: Mapping[str, Diagram], known: Known
) -> Iterator[Mistake]:
    """Items without a step that decides them, and ways that decide one not at all or twice.

    `called` are `process` and those it calls, which must be sound and free of circles of calls.
    """
    asked = _asked_at(called, diagrams)
    decides = steps_of("decide", called, diagrams)
    for item in sorted({*asked, *decides, *known.asked}):
        home, element = asked.get(item, (process, process))
        if item not in decides:
            yield _undecided(diagrams[home].file, element, f"申请了事项“{item}”，却没有一个环节作决定。")
            continue
        effects = _ways(item, diagrams).of_process(process)
        if (True, 0) in effects:
            says = f"申请了事项“{item}”的办件，有的走法到办结也没有作决定。"
            yield _undecided(diagrams[home].file, element, says)
        if any(count > 1 for _, count in effects):
            home, element = decides[item]
            yield mistake(
                "item-twice",
                diagrams[home].file,
                element,
                f"有的走法会对事项“{item}”作两次决定。",
                "一个事项在一个办件里只能决定一次：请删去多余的决定环节，或用排他网关让它们只走其一。",
            )


def steps_of(act: str, called: list[str], diagrams: Mapping[str, Diagram]) -> Places:
    """Item → process and element of the last step that does `act` to it."""
    return {
        node.properties.get("item", ""): (process, node.id)
        for process in called
        for node in diagrams[process].nodes
        if node.process == process and node.properties.get("act") == act
    }


def _undecided(file: str, element: str, says: str) -> Mistake:
    return mistake(
        "item-undecided",
        file,
        element,
        says,
        "请在每条申请了该事项的路上放一个决定环节（用户任务，设置 act=decide、item=该事项）。",
    )


def _asked_at(called: list[str], diagrams: Mapping[str, Diagram]) -> Places:
    """Item → process and element where the diagrams first ask for it."""
    found: dict[str, tuple[str, str]] = {}
    for process in called:
        for flow in diagrams[process].flows:
            asks = item_asked(flow.condition) if flow.process == process else None
            if asks and asks[1]:
                found.setdefault(asks[0], (process, flow.id))
        for node in diagrams[process].nodes:
            if node.process == process and node.properties.get("act") == "review":
                found.setdefault(node.properties.get("item", ""), (process, node.id))
    return found


def _ways(item: str, diagrams: Mapping[str, Diagram]) -> Ways:
    """Was the item asked for, and how often was it decided."""

    def of_step(node: Node) -> Effects:
        done = node.properties if node.properties.get("item") == item else {}
        return {"review": _ASKED, "decide": _DECIDED}.get(done.get("act", ""), NOTHING)

    def of_flow(flow: Flow) -> Effects:
        return _ASKED if item_asked(flow.condition) == (item, True) else NOTHING

    return Ways(diagrams, frozenset({item}), of_step, of_flow)
