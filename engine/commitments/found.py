"""What follows from the steps of a promise: licence and check after a grant, happenings after a check."""

from datetime import datetime

from sqlalchemy import Connection, update

from engine.advance import Done
from engine.cases import Case
from engine.commitments.acts import FALSE, KEPT, MEND, REVOKE, refuse_own_check
from engine.commitments.grant import granted_on_commitment
from engine.deployments import Deployment
from engine.events import actor_of
from engine.happenings import Happened
from engine.people import User
from engine.said import GRANTED
from engine.tables import commitments
from engine.taking import CHECK, PROMISE

_HAPPENED = {KEPT: "commitment_kept", MEND: "commitment_to_mend", FALSE: "commitment_false"}


def refuse_step(db: Connection, case: Case, done: Done, user: User) -> None:
    """Raise Invalid when this person may not take this step of a promise."""
    if done.step.act == REVOKE:
        refuse_own_check(db, case, user)


def after_step(
    db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime
) -> tuple[Happened, ...]:
    """Do what a finished step of a promise brings; returns what happened beside it (`case` as it then is)."""
    actor, outcome = actor_of(done.user_id), done.said.outcome
    if done.step.act == PROMISE and outcome == GRANTED and done.step.item is not None:
        return (granted_on_commitment(db, case, deployment, done.step.item, actor, now),)
    if done.step.act != CHECK:
        return ()
    if outcome == KEPT:
        mark(db, case, KEPT)
    values = {"words": case.words.get("check_words") or ""}
    if outcome == MEND:
        values["until"] = str(case.words.get("mend_ends") or "")[:10]
    return (Happened(_HAPPENED[outcome], case, deployment, actor, tuple(case.items), values),)


def mark(db: Connection, case: Case, state: str) -> None:
    """Keep with the promise that a case checks how it came out: kept, or false."""
    match = (commitments.c.case_id == case.parent_id, commitments.c.item.in_(list(case.items)))
    db.execute(update(commitments).where(*match).values(state=state))
