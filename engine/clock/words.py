"""Says in Chinese what a clock is called and what an entry of its ledger did."""

from collections.abc import Mapping

from engine.clock.ledger import (
    BUNDLE,
    COMMITTED,
    EXTEND,
    PAUSE,
    RECEIPT,
    RESUME,
    START,
    STATUTORY,
    STOP,
    Entry,
)
from engine.pauses import KINDS

TITLES: Mapping[str, str] = {
    RECEIPT: "受理时限",
    BUNDLE: "整件承诺时限",
    STATUTORY: "法定时限",
    COMMITTED: "承诺时限",
}
_WHAT: Mapping[str, str] = {
    START: "开始计时",
    PAUSE: "暂停计时",
    RESUME: "恢复计时",
    EXTEND: "延长时限",
    STOP: "停止计时",
}


def in_words(entry: Entry) -> str:
    """E.g. 开始计时, or 检验检测：暂停计时."""
    what = _WHAT[entry.entry]
    return f"{kind_name(entry.kind)}：{what}" if entry.kind else what


def kind_name(kind: str) -> str:
    """What a kind of pause is called."""
    return KINDS[kind].name if kind in KINDS else "其他环节"
