"""Proves that every item a case asks for is decided exactly once, whichever way the case takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.check.blocks import find_blocks
from engine.check.net import ASKED, NOTHING, Effects, build_net
from engine.check.reduction import both, reduce
from engine.check.rules import mistake
from engine.check.scope import Known, Scope, scopes_of
from engine.check.states import walk
from engine.check.terms import item_asked
from engine.diagram import Diagram, Node
from forms.mistakes import Mistake

_DECIDED: Effects = frozenset({(False, 1)})


def check_decisions(
    process: str, called: list[str], diagrams: Mapping[str, Diagram], known: Known
) -> Iterator[Mistake]:
    """Items without a step that decides them, and ways that decide one not at all or twice.

    `called` are `process` and those it calls, which must be sound and free of circles of calls.
    """
    asked = _asked_at(called, diagrams)
    decides = _decided_at(called, diagrams)
    for item in sorted({*asked, *decides, *known.asked}):
        file, element = asked.get(item, (diagrams[process].file, process))
        if item not in decides:
            yield _undecided(file, element, f"申请了事项“{item}”，却没有一个环节作决定。")
            continue
        effects = _Item(item, diagrams).of_process(process)
        if (True, 0) in effects:
            yield _undecided(file, element, f"申请了事项“{item}”的办件，有的走法到办结也没有作决定。")
        if any(count > 1 for _, count in effects):
            file, element = decides[item]
            yield mistake(
                "item-twice",
                file,
                element,
                f"有的走法会对事项“{item}”作两次决定。",
                "一个事项在一个办件里只能决定一次：请删去多余的决定环节，或用排他网关让它们只走其一。",
            )


def _undecided(file: str, element: str, says: str) -> Mistake:
    return mistake(
        "item-undecided",
        file,
        element,
        says,
        "请在每条申请了该事项的路上放一个决定环节（用户任务，设置 act=decide、item=该事项）。",
    )


def _asked_at(called: list[str], diagrams: Mapping[str, Diagram]) -> dict[str, tuple[str, str]]:
    """Item → file and element where the diagrams first ask for it."""
    found: dict[str, tuple[str, str]] = {}
    for process in called:
        diagram = diagrams[process]
        for flow in diagram.flows:
            asks = item_asked(flow.condition) if flow.process == process else None
            if asks and asks[1]:
                found.setdefault(asks[0], (diagram.file, flow.id))
        for node in diagram.nodes:
            if node.process == process and _act(node) == "review":
                found.setdefault(node.properties.get("item", ""), (diagram.file, node.id))
    return found


def _decided_at(called: list[str], diagrams: Mapping[str, Diagram]) -> dict[str, tuple[str, str]]:
    """Item → file and element of the last step that decides it."""
    return {
        node.properties.get("item", ""): (diagrams[process].file, node.id)
        for process in called
        for node in diagrams[process].nodes
        if node.process == process and _act(node) == "decide"
    }


def _act(node: Node) -> str:
    return node.properties.get("act", "") if node.kind == "userTask" else ""


@dataclass(frozen=True)
class _Item:
    """What the ways of a case that asks for `item` do to it."""

    item: str
    diagrams: Mapping[str, Diagram]

    def of_process(self, process: str) -> Effects:
        return self._of_scope(Scope(self.diagrams[process], process, process))

    def _of_scope(self, scope: Scope) -> Effects:
        found: Effects = frozenset()
        for start in scope.starts():
            net = build_net(
                scope, find_blocks(scope), start.id, self.item, lambda node: self._of_node(scope, node)
            )
            found |= walk(reduce(net.transitions)).effects()
        return found

    def _of_node(self, scope: Scope, node: Node) -> Effects:
        done = NOTHING
        if node.kind == "callActivity":
            done = self.of_process(node.called)
        elif node.kind == "subProcess":
            done = self._of_scope(next(s for s in scopes_of(scope.diagram, scope.process) if s.id == node.id))
        elif node.properties.get("item") == self.item:
            done = {"review": ASKED, "decide": _DECIDED}.get(_act(node), NOTHING)
        return both(done, done) | done if node.repeats else done
