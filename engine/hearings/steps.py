"""The hearing that the law itself wants, as steps of an item's diagram (第四十六条): called, then held."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.advance import Done
from engine.cases import Case
from engine.days import local_day
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.events import actor_of
from engine.happenings import Happened
from engine.hearings.hearing import HELD, MANDATORY, Hearing, add, hearing_about
from engine.hearings.holding import Called, Held, called, held, note_called, note_held
from engine.said import item_of
from engine.tables import tasks


def refuse_step(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> None:
    """Invalid when a notice of a hearing, or its minutes, break the law's times or persons."""
    if done.step.act == "call":
        _notice(db, case, deployment, done, now)
    elif done.step.act == "hear":
        _minutes(db, case, done)


def after_step(
    db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime
) -> tuple[Happened, ...]:
    """Keep what a finished step says of a hearing, and say what happened, for the caller to follow up."""
    actor, about = actor_of(done.user_id), (done.step.item or "",)
    if done.step.act == "call":
        notice = _notice(db, case, deployment, done, now)
        add(db, case.id, item_of(done.step), MANDATORY, **note_called(notice, now))
        return (Happened("hearing_called", case, deployment, actor, about, notice.told(now)),)
    if done.step.act == "hear" and (found := _minutes(db, case, done)) is not None:
        hearing, minutes = found
        note_held(db, hearing, minutes, now)
        return (Happened("hearing_held", case, deployment, actor, about, minutes.told()),)
    return ()


def _notice(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> Called:
    opened = db.execute(select(tasks.c.opened_at).where(tasks.c.id == done.task_id)).scalar_one()
    since: date = local_day(opened)  # the day on which the public notice was over
    return called(db, case, deployment, item_of(done.step), done.form or {}, since=since, now=now)


def _minutes(db: Connection, case: Case, done: Done) -> tuple[Hearing, Held] | None:
    """The hearing that the step before called, and what came of it.

    None where an earlier version of the diagram has no such step: the minutes are in the task's form.
    """
    hearing = hearing_about(db, case.id, item_of(done.step))
    if hearing is None:
        return None
    if hearing.state == HELD:
        raise Invalid({}, "这个事项的听证已经记录，不能再改。")
    return hearing, held(db, hearing, done.form or {})
