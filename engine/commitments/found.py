"""What a check, and the decision that follows it, are in the eyes of the law."""

from collections.abc import Iterator

from sqlalchemy import Connection, update

from engine.advance import Done
from engine.cases import Case
from engine.commitments.acts import FALSE, KEPT, MEND
from engine.deployments import Deployment
from engine.events import actor_of
from engine.happenings import Happened
from engine.tables import commitments

_HAPPENED = {KEPT: "commitment_kept", MEND: "commitment_to_mend", FALSE: "commitment_false"}


def happenings_of_check(case: Case, deployment: Deployment, done: Done) -> Iterator[Happened]:
    """What happened when a promise was checked; `case` is that of the check, as it stands afterwards."""
    ends = str(case.words.get("mend_ends") or "")
    values = {"words": case.words.get("check_words") or ""}
    if done.said.outcome == MEND:
        values["until"] = ends[:10]
    kind = _HAPPENED[done.said.outcome]
    yield Happened(kind, case, deployment, actor_of(done.user_id), tuple(case.items), values)


def mark(db: Connection, case: Case, state: str) -> None:
    """Keep with the promise that a case checks how it came out: kept, or false."""
    match = (commitments.c.case_id == case.parent_id, commitments.c.item.in_(list(case.items)))
    db.execute(update(commitments).where(*match).values(state=state))
