"""Where a case stands, in one word: read off the acts of the tasks that are open, and off its end."""

from collections.abc import Collection

from engine.cases import Case
from engine.linked import KINDS, OVERTAKEN, POST_CHECK
from engine.said import WITHDRAWN

# The earliest act that still waits names the status (vocabulary of the pages: 已提交待受理, 审查中 …).
_BY_ACT = (
    ("correct", "correcting"),
    ("recheck", "submitted"),
    ("accept", "submitted"),
    ("review", "reviewing"),
    ("promise", "deciding"),
    ("arrange", "visiting"),
    ("confirm", "visiting"),
    ("name", "visiting"),
    ("inspect", "visiting"),
    ("rectify", "rectifying"),
    ("reinspect", "reinspecting"),
    ("announce", "announcing"),
    ("call", "hearing"),
    ("hear", "hearing"),
    ("decide", "deciding"),
    ("license", "deciding"),
    ("issue", "issuing"),
    ("notify", "issuing"),
    ("check", "checking"),
    ("revoke", "revoking"),
    ("attest", "confirming"),
    ("examine", "reviewing"),
    ("settle", "deciding"),
    ("effect", "deciding"),
)


def status_of(case: Case, acts: Collection[str], ended: bool) -> str:
    """The word of the earliest act that waits while the case runs; then that of its end."""
    if ended:
        return _end_of_linked(case) if case.process else _end(case)
    if case.words.get("checked") == "mend" and "check" not in acts:
        return "mending"
    found = next((status for act, status in _BY_ACT if act in acts), case.status)
    # While an announcement runs there is no task for it; other items may be decided meanwhile.
    return case.status if (case.status, found) == ("announcing", "deciding") else found


def _end(case: Case) -> str:
    outcomes = {item.outcome for item in case.items.values()}
    if "granted" in outcomes:
        return "granted" if outcomes == {"granted"} else "partly_granted"
    if case.words.get("receipt") == "lapsed":
        return "lapsed"
    if case.accepted is False:
        return "not_accepted"
    if outcomes & {"refused", None}:
        return "refused"
    return next((end for end in ("returned", "not_accepted") if end in outcomes), "withdrawn")


def _end_of_linked(case: Case) -> str:
    """How a case that followed another ended: as its kind says when it took effect."""
    outcomes = {item.outcome for item in case.items.values()}
    if ended := next((end for end in (WITHDRAWN, OVERTAKEN) if outcomes == {end}), ""):
        return ended
    if case.words.get("revoked") is True:
        return "revoked"
    if case.process == POST_CHECK:
        return "kept" if case.words.get("checked") == "kept" else "not_revoked"
    kind = KINDS[case.process]
    return kind.ended if case.words.get("took_effect") is True else f"not_{kind.ended}"
