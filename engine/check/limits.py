"""Compares the limit of a step with its item's days for that phase, so that what is promised is counted."""

from collections.abc import Iterator

from engine.check.scope import Known, Scope
from engine.diagram import Node
from forms.mistakes import Mistake


def check_limits(scope: Scope, known: Known) -> Iterator[Mistake]:
    """The limit of every step of the scope that reviews or decides an item."""
    for node in scope.nodes.values():
        yield from _limit(scope, node, known)


def _limit(scope: Scope, node: Node, known: Known) -> Iterator[Mistake]:
    name, act = node.properties.get("item", ""), node.properties.get("act", "")
    item = known.items.get(name)
    if item is None or node.kind != "userTask" or act not in item.days:
        return
    days, written = item.days[act], node.properties.get("limit", "")
    if written == (str(days) if days else ""):
        return
    says = f"写的是 {written} 个工作日" if written else "没有写时限"
    wanted = f"给这个阶段 {days} 个工作日" if days else "没有给这个阶段时间，当场办结"
    yield scope.mistake(
        "limit-differs",
        node.id,
        f"“{node.title}”{says}，而 processes/items/{name}.yaml 的 phases.{act} {wanted}。",
        f"请把 limit 改成 {days}，或者改事项的 phases。" if days else "请删去 limit，或者改事项的 phases。",
    )
