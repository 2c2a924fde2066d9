"""The words of what regulators are told and what they find: changes, states of licences, findings."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from certificates.public import WORDS

# Kind of push → its word and the tone of its tag.
KINDS: Mapping[str, tuple[Any, str]] = {
    "granted": (_l("准予"), "good"),
    "changed": (_l("变更"), "info"),
    "renewed": (_l("延续"), "good"),
    "suspended": (_l("暂停"), "warn"),
    "resumed": (_l("恢复"), "good"),
    "cancelled": (_l("注销"), "bad"),
    "revoked": (_l("撤销"), "bad"),
    "expired": (_l("到期"), "bad"),
}
# Kind of finding → its word and the tone of its tag.
FINDINGS: Mapping[str, tuple[Any, str]] = {
    "fine": (_l("没有发现问题"), "good"),
    "found": (_l("发现问题"), "warn"),
    "penalty": (_l("行政处罚"), "bad"),
    "suspend": (_l("建议暂停许可"), "bad"),
    "revoke": (_l("建议撤销许可"), "bad"),
}
# State of a licence → the word that the public reads, and its tone.
STATES: Mapping[str, str] = {"valid": "good", "changed": "info", "suspended": "warn"}
LISTS: Mapping[str, Any] = {"new": _l("待认领"), "claimed": _l("已认领"), "all": _l("全部")}


def kind(code: str) -> tuple[str, str]:
    """Word and tone of what became of a licence."""
    word, tone = KINDS.get(code, (code, "plain"))
    return str(word), tone


def finding(code: str) -> tuple[str, str]:
    """Word and tone of what was found."""
    word, tone = FINDINGS[code]
    return str(word), tone


def state(code: str) -> tuple[str, str]:
    """Word and tone of a licence's state."""
    return WORDS.get(code, code), STATES.get(code, "bad")


def states() -> list[dict[str, str]]:
    """The states that a list may be narrowed to."""
    return [{"value": code, "label": word} for code, word in WORDS.items()]
