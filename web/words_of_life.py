"""The words for what happens to certificates and licences after they were granted."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.linked import (
    CANCELLATION,
    CHANGE,
    KINDS,
    OVERTAKEN,
    REISSUE,
    RENEWAL,
    RESUMPTION,
    REVOCATION,
    SUSPENSION,
)
from engine.said import GRANTED, REFUSED, WITHDRAWN

LIFE: Mapping[str, Any] = {
    CHANGE: _l("证照变更"),
    RENEWAL: _l("许可延续"),
    CANCELLATION: _l("许可注销"),
    REISSUE: _l("遗失、损坏补证"),
    SUSPENSION: _l("许可暂停"),
    RESUMPTION: _l("许可恢复"),
    REVOCATION: _l("许可撤销"),
}
LICENCE_STATE: Mapping[str, Any] = {
    "valid": _l("有效"),
    "changed": _l("有效"),
    "suspended": _l("已暂停"),
    "cancelled": _l("已注销"),
    "revoked": _l("已撤销"),
    "expired": _l("已过期"),
}
LICENCE_EVENT: Mapping[str, Any] = {
    "granted": _l("载入证照"),
    "changed": _l("变更"),
    "renewed": _l("延续"),
    "suspended": _l("暂停"),
    "resumed": _l("恢复"),
    "cancelled": _l("注销"),
    "revoked": _l("撤销"),
    "expired": _l("到期"),
}


def life_kind(process: str) -> str:
    """What a case that follows a certificate does to it, "" for an application."""
    return str(LIFE.get(process, ""))


def licence_state(state: str) -> str:
    """The word for how a licence stands."""
    return str(LICENCE_STATE.get(state, state))


def licence_event(kind: str) -> str:
    """The word for something that happened to a licence."""
    return str(LICENCE_EVENT.get(kind, kind))


def holder_asked(process: str) -> bool:
    """Whether the applicant asked for a case of this process; a no to what an office proposed is no loss."""
    return not process or KINDS[process].asked


def may_be_withdrawn(process: str) -> bool:
    """Whether the applicant may withdraw a case of this process while it is undecided."""
    return holder_asked(process)


def undone(outcome: str | None, process: str, status: str) -> str:
    """The word for an item that was agreed to while its case, as it ended, did nothing; "" for any other."""
    if not process or outcome != GRANTED or status != f"not_{KINDS[process].ended}":
        return ""
    return str(_("已同意，没有%(done)s", done=KINDS[process].name))


def outcome_tone(outcome: str | None, process: str = "") -> str:
    """The tone (macros/status.html) in which it is said how an item ended, in a case of this process."""
    if outcome in (WITHDRAWN, OVERTAKEN):
        return "plain"
    if not holder_asked(process) and outcome == REFUSED:
        return "plain"  # what an office proposed and did not do is neither loss nor success
    if process == SUSPENSION:
        return "warn"
    return "good" if outcome == GRANTED else "bad"
