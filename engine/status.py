"""Where a case stands, in one word: read off the acts of the tasks that are open, and off its end."""

from collections.abc import Collection

from engine.cases import Case

# The earliest act that still waits names the status (vocabulary of the pages: 已提交待受理, 审查中 …).
_BY_ACT = (
    ("accept", "submitted"),
    ("review", "reviewing"),
    ("inspect", "visiting"),
    ("announce", "announcing"),
    ("hear", "hearing"),
    ("decide", "deciding"),
    ("license", "deciding"),
    ("issue", "issuing"),
    ("notify", "issuing"),
)


def status_of(case: Case, acts: Collection[str], ended: bool) -> str:
    """submitted, reviewing, visiting, announcing, hearing, deciding, issuing while it runs; then its end."""
    if ended:
        return _end(case)
    found = next((status for act, status in _BY_ACT if act in acts), case.status)
    # While an announcement runs there is no task for it; other items may be decided meanwhile.
    return case.status if (case.status, found) == ("announcing", "deciding") else found


def _end(case: Case) -> str:
    outcomes = {item.outcome for item in case.items.values()}
    if case.accepted is False:
        return "not_accepted"
    if outcomes == {"granted"}:
        return "granted"
    return "partly_granted" if "granted" in outcomes else "refused"
