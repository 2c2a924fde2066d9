"""Checks that a gateway that chooses always has something to choose."""

from collections.abc import Iterator

from engine.check.scope import CHOICES, Known, Scope
from engine.check.terms import item_asked, opposites
from engine.diagram import Flow, Node
from forms.mistakes import Mistake


def check_splits(scope: Scope, known: Known) -> Iterator[Mistake]:
    """Exits without condition, and gateways none of whose conditions need hold."""
    for node in scope.nodes.values():
        if node.kind in CHOICES and len(scope.outgoing[node.id]) > 1:
            yield from _split(scope, node, known)


def _split(scope: Scope, gateway: Node, known: Known) -> Iterator[Mistake]:
    flows = scope.outgoing[gateway.id]
    for flow in flows:
        if not flow.condition and not flow.default:
            yield scope.mistake(
                "condition-missing",
                flow.id,
                f"网关“{gateway.title}”的这个出口没有条件，也不是默认出口。",
                "请写上条件，或把它设为默认出口（在编辑器里选“默认流”）。",
            )
        if flow.condition and flow.default:
            yield scope.mistake(
                "condition-misplaced",
                flow.id,
                f"网关“{gateway.title}”的默认出口又写了条件，条件不会被理会。",
                "请删去条件，或改由另一个出口作默认出口。",
            )
    if any(flow.default or not flow.condition for flow in flows):
        return
    if not _covers(scope, gateway, flows, known):
        yield scope.mistake(
            "default-missing",
            gateway.id,
            f"网关“{gateway.title}”的条件可能一个也不成立，办件会停在这里。",
            "请把其中一个出口设为默认出口，或再加一个默认出口。",
        )


def _covers(scope: Scope, gateway: Node, flows: list[Flow], known: Known) -> bool:
    """Two opposite conditions; or, for a choice of several, an item of every case, or all there can be."""
    if opposites([flow.condition for flow in flows]):
        return True
    asked = {found[0] for flow in flows if (found := item_asked(flow.condition)) and found[1]}
    if gateway.kind != "inclusiveGateway" or not asked:
        return False
    nodes = (node.properties for node in scope.diagram.nodes)
    decided = {node.get("item", "") for node in nodes if node.get("act") == "decide"} - {""}
    return bool(asked & known.always) or (known.asked or decided) <= asked
