"""The words of hearings: states, grounds, and minutes as signed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from engine.deployments import Deployment
from engine.hearings.hearing import PENDING, Hearing
from engine.hearings.requested import GROUNDS
from forms.describe import in_words

# State → its word and the tone of its tag.
STATES: Mapping[str, tuple[Any, str]] = {
    "offered": (_l("已告知，等申请人答复"), "info"),
    "asked": (_l("申请人要求听证，待通知"), "warn"),
    "declined": (_l("不举行"), "plain"),
    "called": (_l("已通知，待举行"), "info"),
    "held": (_l("已举行"), "good"),
    "cancelled": (_l("已取消"), "plain"),
}
OWN: Mapping[str, Any] = {  # the same as the applicant reads it
    "offered": _l("您可以要求听证"),
    "asked": _l("已收到您的要求"),
    "called": _l("请按时参加"),
}
_INSIDE = frozenset({"chair_login"})  # of no use to who reads the minutes


def is_over(hearing: Hearing, outcome: str | None) -> bool:
    """Whether it is held no more, as its item has come to its outcome in another way."""
    return outcome is not None and hearing.state in PENDING


def state(hearing: Hearing, outcome: str | None = None, *, own: bool = False) -> str:
    """The word for where a hearing about an item with this outcome stands; `own` for the applicant."""
    if is_over(hearing, outcome):
        return str(STATES["declined"][0])
    word = STATES[hearing.state][0]
    return str(OWN.get(hearing.state, word) if own else word)


def tone(hearing: Hearing, outcome: str | None = None) -> str:
    """The tone of its tag."""
    return STATES["declined" if is_over(hearing, outcome) else hearing.state][1]


def grounds(hearing: Hearing) -> list[tuple[str, str]]:
    """Why this hearing may be called off now: value and words."""
    return [(ground, says) for ground, (says, states) in GROUNDS.items() if hearing.state in states]


def minutes(hearing: Hearing, deployment: Deployment) -> list[tuple[str, list[str]]]:
    """The minutes as signed: each label with its lines, one for each person who took part."""
    form, said = deployment.forms.steps["hear"], hearing.minutes or {}
    shown = [field for field in form.fields if field.id not in _INSIDE and said.get(field.id)]
    return [
        (field.label, in_words(field, said[field.id]).split("；" if field.columns else "\n"))
        for field in shown
    ]
