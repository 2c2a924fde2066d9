"""Says in words when a flow is taken: by the question and answer drawn on it, else by what it compares."""

import re
from collections.abc import Mapping

from engine.diagram import Flow, Node

ELSE = "其他情况"
OF_ITEMS = "按申请的事项"
_ASKED_FOR = re.compile(r"""["']\w+["'] in items""")
# What a condition says about one item, however it is put together; {} is the item's name.
_SAYINGS = (
    (re.compile(r"""\(?["'](\w+)["'] not in items\)?"""), "没有申请“{}”"),
    (re.compile(r"""\(?["'](\w+)["'] in items\)?"""), "申请了“{}”"),
    (re.compile(r"""outcomes(?:\[|\.get\()["'](\w+)["'][\])] == ["']granted["']"""), "“{}”已准予"),
    (re.compile(r"""outcomes(?:\[|\.get\()["'](\w+)["'][\])] == ["']refused["']"""), "“{}”不予许可"),
    (re.compile(r"""outcomes(?:\[|\.get\()["'](\w+)["'][\])] != ["']granted["']"""), "“{}”没有准予"),
)
_JOINTS = (
    (re.compile(r"\bnot\b *"), "没有"),
    (re.compile(r" and "), "，并且"),
    (re.compile(r" or "), "，或者"),
)
_CODE = re.compile(r"""[\["=<>]""")


def in_words(gateway: Node, flow: Flow, names: Mapping[str, str]) -> str:
    """When the flow out of `gateway` is taken; `names` are the items' by id.

    A condition that has no words here stands as it is written: only staff read it.
    """
    if flow.name:
        return f"{gateway.title}{flow.name}" if gateway.name else flow.name
    if _ASKED_FOR.fullmatch(flow.condition):
        return OF_ITEMS  # what follows names the item itself
    if not flow.condition:
        return ELSE if flow.default else ""
    return _said(flow.condition, names) or f"{gateway.name} {flow.condition}".strip()


def _said(condition: str, names: Mapping[str, str]) -> str:
    """The condition in words, or "" when part of it has none."""
    text = condition
    for pattern, words in _SAYINGS:
        for id_ in set(pattern.findall(text)):
            text = re.sub(pattern.pattern.replace(r"(\w+)", id_), words.format(names.get(id_, id_)), text)
    for pattern, words in _JOINTS:
        text = pattern.sub(words, text)
    return "" if _CODE.search(text) or re.search(r"[a-z_]{3,}", text) else text
