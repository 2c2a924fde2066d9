"""A supervisor has an incident tried again: the work that failed is queued anew."""

from datetime import datetime

from sqlalchemy import Connection, select

from engine import queue
from engine.cases import load_case
from engine.errors import NotFound
from engine.events import append
from engine.incidents import HANDLER, LATER, LETTER, MOVE, RENDERING, TIMER, close_incidents
from engine.people import User
from engine.queries.incidents import seen_by
from engine.tables import cases, incidents


def retry_incident(db: Connection, *, user: User, incident: int, now: datetime) -> None:
    """Queue the failed work of an open incident again; it closes by itself when that works.

    After a clerk's task that could not go on there is nothing to queue: the clerk may try again.
    """
    query = select(incidents).join(cases).where(incidents.c.id == incident, seen_by(user))
    row = db.execute(query.where(incidents.c.state == "open")).one_or_none()
    if row is None:
        raise NotFound("没有找到这条异常，或者它已经解决。", "请刷新异常列表。")
    if row.kind == HANDLER:
        queue.defer(db, queue.RUN_HANDLER, task_id=row.task_id)
    elif row.kind == TIMER:
        queue.defer(db, queue.FIRE_TIMERS, case_id=row.case_id)
    elif row.kind == RENDERING:
        queue.defer(db, queue.RENDER_ISSUE, issue_id=int(row.task_id))
    elif row.kind == LATER:
        queue.defer(db, queue.RETURN_OVERDUE, case_id=row.case_id)
    elif row.kind == LETTER:
        queue.defer(db, queue.RENDER_LETTER, letter_id=int(row.task_id))
    elif row.kind == MOVE:
        close_incidents(db, row.case_id, MOVE, now, task_id=row.task_id, user_id=user.id)
    else:
        queue.defer(db, queue.SWEEP)
    payload = {"incident": row.id, "kind": row.kind, "task": row.task_id}
    append(db, load_case(db, row.case_id), user, "incident_retried", payload, now)
