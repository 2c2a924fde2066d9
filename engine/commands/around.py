"""What stands around a clerk's act: what has to be done before it, and what the law attaches to it after."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from engine.advance import Done
from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.commands.pause import refuse_while_paused
from engine.commitments.found import after_step as after_promise
from engine.commitments.found import refuse_step as refuse_of_promise
from engine.consequences import follow
from engine.corrections.rechecking import looked_again
from engine.corrections.sending import send
from engine.deployments import Deployment
from engine.events import actor_of
from engine.hearings.deciding import minutes_of, refuse_unexplained, refuse_while_hearing
from engine.hearings.steps import after_step, refuse_step
from engine.inspections.steps import after_step as after_visit
from engine.inspections.steps import before_step as before_visit
from engine.later.owed import accepted_without, refuse_while_later
from engine.lifecycle.settling import after_settling, refuse_own_proposal, refuse_renewed_by_law
from engine.lifecycle.stating import refuse_before_stating
from engine.outcomes import ending_of, happenings_of
from engine.people import User
from engine.receipt import CORRECT, correction_days, with_deadline
from engine.said import GRANTED

DECIDING = frozenset({"decide", "promise"})


def before(db: Connection, case: Case, deployment: Deployment, done: Done, user: User, now: datetime) -> Done:
    """The act as it may be done now; Invalid, with what to do first, when something stands in its way."""
    item, values = done.step.item, done.form or {}
    if done.step.act in DECIDING and item is not None:
        refuse_while_hearing(db, case, item)  # first: it says more of what to do than its pause does
        refuse_while_paused(db, case, item)
        refuse_unexplained(db, case, item, values)
        if done.said.outcome == GRANTED:
            refuse_while_later(db, case, deployment, item)
    refuse_step(db, case, deployment, done, now)
    refuse_of_promise(db, case, done, user)
    refuse_renewed_by_law(case, done, now)
    refuse_own_proposal(case, done, user)
    refuse_before_stating(db, case, done, now)
    if done.step.act == "recheck":
        looked_again(db, case, done.step, values)
    if done.step.act == "accept" and done.said.outcome == CORRECT:
        asked = send(db, case=case, deployment=deployment, user=user, now=now)
        days = correction_days(deployment.catalogue.settings(case.region))
        said = with_deadline(done.said, days, now, read_calendar(db, case.region))
        return replace(done, said=replace(said, case={**said.case, "asked_items": list(asked)}))
    return before_visit(db, case, deployment, done, now)


def after(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> None:
    """Letters, clocks and messages that follow from a finished task; `case` is as it then stands."""
    item = done.step.item
    minutes = minutes_of(db, case.id, item) if done.step.act in DECIDING and item else ""
    promised = after_promise(db, case, deployment, done, now)  # first: letters name the licence
    actor = actor_of(done.user_id)
    received = done.step.act == "accept" and case.accepted
    happened = [
        *happenings_of(case, deployment, done, minutes),
        *(accepted_without(db, case, deployment, actor) if received else ()),
        *after_step(db, case, deployment, done, now),
        *after_visit(db, case, deployment, done, now),
        *promised,
        *after_settling(case, deployment, done),
        *ending_of(case, deployment, actor),
    ]
    for each in happened:
        follow(db, each, now)
