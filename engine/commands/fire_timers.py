"""A timer of a diagram falls due: the case moves on by itself."""

from datetime import datetime

from sqlalchemy import Connection, select

from engine.advance import move_on
from engine.cases import load_case
from engine.deployments import load
from engine.events import SYSTEM
from engine.facts import facts_of
from engine.incidents import TIMER, close_incidents
from engine.tables import timers
from engine.workflow import fire_timers as fire


def fire_timers(db: Connection, case_id: int, now: datetime) -> int:
    """Fire every timer of the case that is due at `now`; returns how many. Run again, it finds nothing to do."""
    due = select(timers.c.task_id, timers.c.event).where(timers.c.case_id == case_id, timers.c.due_at <= now)
    fired = db.execute(due.order_by(timers.c.due_at)).all()
    if not fired:
        return 0
    case = load_case(db, case_id)
    deployment = load(db, case.deployment_id)
    moved = fire(deployment.model, case.state, facts_of(case, deployment.model.steps, now), now)
    payload = {"timers": [row.event for row in fired]}
    move_on(db, case, deployment, moved, "timer_fired", payload, SYSTEM, now)
    close_incidents(db, case_id, TIMER, now)
    return len(fired)
