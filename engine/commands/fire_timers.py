"""A timer of a diagram falls due: the case moves on by itself."""

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from engine.advance import move_on
from engine.cases import load_case
from engine.database import run, transaction
from engine.deployments import load
from engine.events import SYSTEM
from engine.facts import facts_of
from engine.incidents import TIMER, close_incidents, explained, open_incident
from engine.tables import timers
from engine.workflow import fire_timers as fire


def fire_timers(db: Connection, case_id: int, now: datetime) -> int:
    """Fire every timer of the case that is due at `now`; returns how many, none when run again."""
    due = select(timers.c.task_id, timers.c.event).where(timers.c.case_id == case_id, timers.c.due_at <= now)
    fired = db.execute(due.order_by(timers.c.due_at)).all()
    if not fired:
        close_incidents(db, case_id, TIMER, now)  # what failed before waits for nothing any more
        return 0
    case = load_case(db, case_id)
    deployment = load(db, case.deployment_id)
    model = deployment.model_of(case.process)
    moved = fire(model, case.state, facts_of(case, model.steps, now), now)
    payload = {"timers": [row.event for row in fired]}
    move_on(db, case, deployment, moved, "timer_fired", payload, SYSTEM, now)
    close_incidents(db, case_id, TIMER, now)
    return len(fired)


def fire_due(engine: Engine, case_id: int, now: datetime) -> int:
    """The same in a transaction of its own; a failure becomes an incident of the case."""
    try:
        return run(engine, lambda db: fire_timers(db, case_id, now))
    except Exception as error:
        says = "到期的计时没有办成，系统会再试；也可以由督查人员重试。"
        with transaction(engine) as db:
            open_incident(db, case_id, None, TIMER, says, explained(error), now)
        raise
