"""Checks the settings of each step: names, values, what must be there and what has no place there."""

from collections import Counter
from collections.abc import Iterator

from engine.check.scope import ACTIVITIES, Known, Scope
from engine.diagram import Node
from forms.mistakes import Mistake, nearest

_USER_ACTS = frozenset(
    {
        "accept",
        "correct",
        "recheck",
        "review",
        "arrange",
        "confirm",
        "name",
        "inspect",
        "rectify",
        "reinspect",
        "announce",
        "call",
        "hear",
        "decide",
        "check",
        "revoke",
        "examine",
        "settle",
        "attest",
    }
)
_SYSTEM_ACTS = frozenset(
    {
        "license",
        "issue",
        "notify",
        "remind",
        "silence",
        "lapse",
        "revocation",
        "agree",
        "unrectified",
        "effect",
    }
)
_ITEM_ACTS = frozenset(
    {"review", "announce", "call", "hear", "decide", "license"}
)  # these are done to one item

# Kind → the settings that a step of that kind may have, and those it must have.
_PLACES = {
    "userTask": frozenset({"item", "act", "form", "limit"}),
    "serviceTask": frozenset({"item", "act", "handler", "limit"}),
    "businessRuleTask": frozenset({"item", "act", "handler", "limit"}),
}
_NEEDED = {
    "userTask": ("act", "form"),
    "serviceTask": ("act", "handler"),
    "businessRuleTask": ("act", "handler"),
}
NAMES = frozenset({"item", "act", "form", "limit", "handler"})
_CALLED = {"act": "做什么", "form": "表单", "handler": "处理程序", "item": "事项", "limit": "时限"}


def check_settings(scope: Scope, known: Known) -> Iterator[Mistake]:
    """Every setting of every step of the scope."""
    for node in scope.nodes.values():
        yield from _names(scope, node)
        yield from _needed(scope, node)
        yield from _values(scope, node, known)


def _names(scope: Scope, node: Node) -> Iterator[Mistake]:
    places = _PLACES.get(node.kind, frozenset())
    for name, count in Counter(name for name, _ in node.settings).items():
        if name not in NAMES:
            yield scope.mistake(
                "setting-unknown",
                node.id,
                f"“{node.title}”有不认识的设置“{name}”。",
                nearest(name, NAMES) or f"可用的设置有：{'、'.join(sorted(NAMES))}。",
            )
        elif name not in places or count > 1:
            twice = f"“{node.title}”的设置“{name}”写了 {count} 次。"
            says = twice if name in places else f"“{node.title}”用不着设置“{name}”（{_CALLED[name]}）。"
            yield scope.mistake(
                "setting-misplaced",
                node.id,
                says,
                "请删去多余的；form 只用于用户任务，handler 只用于服务任务和业务规则任务，其他元素没有设置。",
            )


def _needed(scope: Scope, node: Node) -> Iterator[Mistake]:
    given = node.properties
    needed = list(_NEEDED.get(node.kind, ()))
    if node.kind in ACTIVITIES and given.get("act") in _ITEM_ACTS:
        needed.append("item")
    for name in needed:
        if not given.get(name):
            yield scope.mistake(
                "setting-missing",
                node.id,
                f"“{node.title}”没有写设置“{name}”（{_CALLED[name]}）。",
                f"请在编辑器的扩展属性里加上 {name}。",
            )


def _values(scope: Scope, node: Node, known: Known) -> Iterator[Mistake]:
    acts = _USER_ACTS if node.kind == "userTask" else _SYSTEM_ACTS
    allowed = {"act": acts, "form": known.forms, "handler": known.handlers, "item": known.items}
    for name, value in node.properties.items():
        if value and name in allowed and value not in allowed[name]:
            yield scope.mistake(
                "setting-value",
                node.id,
                f"“{node.title}”的设置“{name}”（{_CALLED[name]}）写的是“{value}”，这里没有这个值。",
                nearest(value, allowed[name]) or f"可写的有：{'、'.join(sorted(allowed[name]))}。",
            )
    limit = node.properties.get("limit")
    if limit is not None and not (limit.isascii() and limit.isdigit() and 0 < len(limit) < 4 and int(limit)):
        yield scope.mistake(
            "limit-wrong",
            node.id,
            f"“{node.title}”的时限“{limit}”不是正整数。",
            "请写工作日的天数，如 3；没有时限的请删去这一项。",
        )
