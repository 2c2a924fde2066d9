"""Checks that the form of a step asks for what its act reads, with the answers that the act understands."""

from collections.abc import Iterator, Mapping

from engine.check.scope import Known, Scope
from engine.diagram import Node
from forms.mistakes import Mistake, nearest

# Act → question of its form → the answers that it may have; none named: whatever was typed (engine.acts).
READ: Mapping[str, Mapping[str, frozenset[str]]] = {
    "accept": {"outcome": frozenset({"accept", "correct", "refuse"}), "reasons": frozenset()},
    "correct": {},
    "recheck": {"points": frozenset({"ok", "not_ok"})},
    "review": {"opinion": frozenset({"agree", "disagree"})},
    "arrange": {
        "kind": frozenset({"site", "remote"}),
        "day_1": frozenset(),
        "half_1": frozenset({"am", "pm"}),
        "place": frozenset(),
    },
    "confirm": {
        "answer": frozenset({"agreed", "other"}),
        "slot": frozenset({"1", "2", "3"}),
        "day": frozenset(),
        "half": frozenset({"am", "pm"}),
        "words": frozenset(),
        "contact_name": frozenset(),
        "contact_phone": frozenset(),
    },
    "name": {
        "answer": frozenset({"agreed", "cannot"}),
        "inspectors": frozenset(),
        "words": frozenset(),
    },
    "inspect": {"points": frozenset({"pass", "fail", "na"})},
    "rectify": {},
    "reinspect": {"points": frozenset({"pass", "fail", "na"})},
    "announce": {"first_day": frozenset(), "last_day": frozenset()},
    "call": {name: frozenset() for name in ("day", "clock", "place", "chair")},
    "hear": {"held_on": frozenset(), "conclusion": frozenset({"support", "oppose", "divided"})},
    "decide": {"outcome": frozenset({"granted", "refused"}), "reasons": frozenset()},
    "promise": {"outcome": frozenset({"granted", "refused"}), "reasons": frozenset()},
    "check": {
        "points": frozenset({"pass", "fail", "na"}),
        "outcome": frozenset({"kept", "mend", "false"}),
        "words": frozenset(),
        "mend_until": frozenset(),
    },
    "revoke": {
        "heard": frozenset({"none", "stated", "waived"}),
        "outcome": frozenset({"revoke", "keep"}),
        "reasons": frozenset(),
        "remedies": frozenset(),
    },
    "examine": {"opinion": frozenset({"agree", "disagree"})},
    "settle": {"outcome": frozenset({"agree", "decline"}), "reasons": frozenset(), "remedies": frozenset()},
    "attest": {"outcome": frozenset({"agree", "decline"}), "reasons": frozenset()},
}


def check_forms(scope: Scope, known: Known) -> Iterator[Mistake]:
    """The form of every step of the scope."""
    for node in scope.nodes.values():
        asked = known.forms.get(node.properties.get("form", ""))
        if asked is not None:
            yield from _unfit(scope, node, asked)


def _unfit(scope: Scope, node: Node, asked: Mapping[str, frozenset[str]]) -> Iterator[Mistake]:
    act, form = node.properties.get("act", ""), node.properties["form"]
    where = f"forms/definitions/steps/{form}.yaml"
    for question, answers in READ.get(act, {}).items():
        if question not in asked:
            yield scope.mistake(
                "form-unfit",
                node.id,
                f"“{node.title}”的表单“{form}”没有字段“{question}”，办结时读不到结果（act={act}）。",
                f"请在 {where} 里补上，或换一个表单。{_near(question, asked)}",
            )
        elif answers and asked[question] != answers:
            wrong = sorted(asked[question] - answers)
            missing = "、".join(sorted(answers - asked[question]))
            yield scope.mistake(
                "form-unfit",
                node.id,
                f"“{node.title}”的表单“{form}”的字段“{question}”，选项应当正好是{'、'.join(sorted(answers))}"
                + (f"，多了{'、'.join(wrong)}" if wrong else "")
                + (f"，少了{missing}。" if missing else "。"),
                f"请改 {where} 里的 options：选项的值是系统认的词，文字可以自己写。",
            )


def _near(question: str, asked: Mapping[str, frozenset[str]]) -> str:
    return next((f"现有的“{name}”是不是写错了？" for name in asked if nearest(name, [question])), "")
