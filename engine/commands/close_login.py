"""A person leaves: the login is closed, and what they had in hand goes back to their offices."""

from datetime import datetime

from sqlalchemy import Connection, select

from engine.cases import load_case
from engine.commands.claim import assign
from engine.events import append
from engine.people import deactivate
from engine.store import OPEN
from engine.tables import tasks, users


def close_login(db: Connection, *, login: str, now: datetime) -> int:
    """Close `login` and put its open tasks back for others; returns how many. NotFound without it."""
    deactivate(db, login)
    held = select(tasks).join(users, users.c.id == tasks.c.assignee_id)
    rows = db.execute(held.where(users.c.login == login, tasks.c.state == OPEN).order_by(tasks.c.id)).all()
    for row in rows:
        payload = {"task": row.id, "step": row.step}
        append(db, load_case(db, row.case_id), None, "task_released", payload, now)
        assign(db, row.id, row.assignee_id, None)
    return len(rows)
