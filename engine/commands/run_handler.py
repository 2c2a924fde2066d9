"""A service task is a task whose clerk is a function: the handler works, then the task is finished."""

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from engine import handlers, silence  # noqa: F401  # registers those that every diagram may call
from engine.advance import Done, finish_task
from engine.cases import load_case
from engine.consequences import follow
from engine.database import run, transaction
from engine.departments.registry import HandlerTask, find_handler
from engine.deployments import load
from engine.events import SYSTEM
from engine.incidents import HANDLER, close_incidents, explained, open_incident
from engine.outcomes import ending_of
from engine.said import Said
from engine.step_forms import step_of
from engine.tables import tasks


def run_handler(engine: Engine, task: str, now: datetime) -> None:
    """Run the handler of a service task and finish it, in one transaction; a failure becomes an incident.

    Handlers run at least once and take effect once: a task that is no longer open is left alone.
    """
    try:
        run(engine, lambda db: _work(db, task, now))
    except Exception as error:
        with transaction(engine) as db:
            _note(db, task, error, now)
        raise


def _work(db: Connection, task_id: str, now: datetime) -> None:
    task = db.execute(select(tasks).where(tasks.c.id == task_id)).one_or_none()
    if task is None:
        return
    if task.state != "open":
        close_incidents(db, task.case_id, HANDLER, now, task_id=task_id)  # done or cancelled meanwhile
        return
    case = load_case(db, task.case_id)
    deployment = load(db, case.deployment_id)
    step = step_of(deployment, case, task.step, task.item)
    handler = find_handler(step.handler or "")
    given = HandlerTask(case.id, task_id, step.id, step.item, task.department, task.region)
    answer = handler(db, given, now)
    said = answer if isinstance(answer, Said) else Said(answer)
    after = finish_task(db, case, deployment, Done(task_id, step, said, None, None), now)
    for each in ending_of(after, deployment, SYSTEM):
        follow(db, each, now)
    close_incidents(db, case.id, HANDLER, now, task_id=task_id)


def _note(db: Connection, task_id: str, error: Exception, now: datetime) -> None:
    task = db.execute(select(tasks.c.case_id, tasks.c.title).where(tasks.c.id == task_id)).one_or_none()
    if task is not None:
        says = f"自动环节“{task.title}”没有办成，系统会再试；也可以由督查人员重试。"
        open_incident(db, task.case_id, task_id, HANDLER, says, explained(error), now)
