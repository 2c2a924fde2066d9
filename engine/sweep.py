"""Finds what a lost job missed: every minute, by looking at what is due and at what waits with no job.

What failed until its job gave up has an open incident: it waits for its supervisor, never for the sweep.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    TextClause,
    cast,
    exists,
    not_,
    select,
    text,
)

from engine import queue
from engine.cases import load_case
from engine.clock.lights import move_projections
from engine.days import local_day
from engine.deployments import load
from engine.incidents import HANDLER, LATER, LETTER, RENDERING, STUCK, TIMER, open_incident
from engine.tables import OPEN, cases, certificate_issues, incidents, later_materials, letters, tasks, timers
from engine.workflow import OtherModel, describe

# A job is normally picked up within a second; a retry waits longer but has its row.
GRACE = timedelta(minutes=2)
LIMIT = 500

_NO_JOB = text(
    "not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')"
    " and j.task_name = 'run_handler' and j.args ->> 'task_id' = tasks.id)"
)
_NO_FIRING = text(  # a timer of the same case that falls due later has a job of its own
    "not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')"
    " and j.task_name = 'fire_timers' and (j.args ->> 'case_id')::bigint = timers.case_id"
    " and coalesce(j.scheduled_at, :now) <= :now)"
)
_NO_RENDERING = text(
    "not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')"
    " and j.task_name = 'render_issue' and (j.args ->> 'issue_id')::bigint = certificate_issues.id)"
)
_NO_PRINTING = text(
    "not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')"
    " and j.task_name = 'render_letter' and (j.args ->> 'letter_id')::bigint = letters.id)"
)
_NO_RETURNING = text(
    "not exists (select 1 from procrastinate_jobs j where j.status in ('todo', 'doing')"
    " and j.task_name = 'return_overdue' and (j.args ->> 'case_id')::bigint = later_materials.case_id)"
)


def sweep(db: Connection, now: datetime) -> dict[str, int]:
    """Queue again what was lost and note the cases that can no longer move; counts of each kind."""
    return {
        "timers": _queue_timers(db, now),
        "handlers": _queue_handlers(db, now),
        "renderings": _queue_renderings(db, now),
        "letters": _queue_letters(db, now),
        "overdue": _queue_overdue(db, now),
        "projections": move_projections(db, local_day(now)),
        "stuck": _note_stuck(db, now),
    }


def _queue_timers(db: Connection, now: datetime) -> int:
    failed = _failed(TIMER, incidents.c.case_id == timers.c.case_id)
    due = select(timers.c.case_id).where(
        timers.c.due_at <= now - GRACE, not_(failed), _NO_FIRING.bindparams(now=now)
    )
    found = db.execute(due.distinct().limit(LIMIT)).scalars().all()
    for case_id in found:
        queue.defer(db, queue.FIRE_TIMERS, case_id=case_id)
    return len(found)


def _queue_handlers(db: Connection, now: datetime) -> int:
    waiting = (
        select(tasks.c.id)
        .where(
            text("tasks.state = 'open' and tasks.kind = 'service'"),
            tasks.c.opened_at <= now - GRACE,
            _NO_JOB,
            not_(_failed(HANDLER, incidents.c.task_id == tasks.c.id)),
        )
        .limit(LIMIT)
    )
    found = db.execute(waiting).scalars().all()
    for task_id in found:
        queue.defer(db, queue.RUN_HANDLER, task_id=task_id)
    return len(found)


def _queue_renderings(db: Connection, now: datetime) -> int:
    missing = _unprinted(certificate_issues, RENDERING, _NO_RENDERING, now)
    found = db.execute(missing).scalars().all()
    for issue_id in found:
        queue.defer(db, queue.RENDER_ISSUE, issue_id=issue_id)
    return len(found)


def _queue_letters(db: Connection, now: datetime) -> int:
    found = db.execute(_unprinted(letters, LETTER, _NO_PRINTING, now)).scalars().all()
    for letter_id in found:
        queue.defer(db, queue.RENDER_LETTER, letter_id=letter_id)
    return len(found)


def _unprinted(papers: Table, kind: str, no_job: TextClause, now: datetime) -> Select[Any]:
    """The ids of issues or letters that wait for their PDF with no job, and that did not fail."""
    return (
        select(papers.c.id)
        .where(
            papers.c.pdf_sha256.is_(None),
            papers.c.issued_at <= now - GRACE,
            no_job,
            not_(_failed(kind, incidents.c.task_id == cast(papers.c.id, Text))),
        )
        .limit(LIMIT)
    )


def _queue_overdue(db: Connection, now: datetime) -> int:
    """What was promised for a day that has passed: nothing else would notice that nothing came."""
    overdue = select(later_materials.c.case_id).where(
        text("later_materials.handed_in_at is null and not later_materials.lapsed"),
        later_materials.c.case_id.is_not(None),
        later_materials.c.promised_on < local_day(now),
        _NO_RETURNING,
        not_(_failed(LATER, incidents.c.case_id == later_materials.c.case_id)),
    )
    found = db.execute(overdue.distinct().limit(LIMIT)).scalars().all()
    for case_id in found:
        queue.defer(db, queue.RETURN_OVERDUE, case_id=case_id)
    return len(found)


def _failed(kind: str, match: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(incidents.c.kind == kind, match, OPEN)


def _note_stuck(db: Connection, now: datetime) -> int:
    waits = exists().where(tasks.c.case_id == cases.c.id, text("tasks.state = 'open'"))
    timed = exists().where(timers.c.case_id == cases.c.id)
    zombies = select(cases.c.id).where(cases.c.ended_at.is_(None), not_(waits), not_(timed)).limit(LIMIT)
    noted = not_(_failed(STUCK, incidents.c.case_id == cases.c.id))
    found = [id for id in db.execute(zombies.where(noted)).scalars() if not _waits_for_message(db, id)]
    for case_id in found:
        open_incident(db, case_id, None, STUCK, "办件停在流程中，没有任何环节可以办理。", "", now)
    return len(found)


def _waits_for_message(db: Connection, case_id: int) -> bool:
    """Whether something outside has to happen first; a state that cannot be read waits for nothing."""
    case = load_case(db, case_id)
    deployment = load(db, case.deployment_id)
    try:
        states = describe(deployment.model_of(case.process), case.state)
    except OtherModel:
        return False
    return any(states.get(element) == "waiting" for element in deployment.messages)
