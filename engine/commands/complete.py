"""A clerk finishes a task: the form is cleaned, what it says is heard, the case moves on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from engine.acts import ACTS
from engine.advance import Done, finish_task
from engine.cases import Case
from engine.consequences import follow
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.errors import CannotGoOn, Invalid
from engine.events import actor_of
from engine.incidents import MOVE, explained, open_incident
from engine.outcomes import ending_of, happenings_of
from engine.people import User
from engine.step_forms import asked_at, step_of
from engine.tasks import Task, find_task, work_on
from engine.workflow import CannotMove
from forms.clean import clean
from forms.inputs import Raw


@dataclass(frozen=True)
class Completed:
    """What a finished task brought: its outcome and where the case stands now."""

    case_number: str
    title: str
    outcome: str
    status: str


def complete(db: Connection, *, user: User, task: str, raw: Raw, now: datetime) -> Completed:
    """Finish a task with a clerk's form; Invalid keeps everything, Conflict says who was faster."""
    found, case, deployment, done = hear(db, user=user, task=task, raw=raw, now=now)
    done = _before(db, case, deployment, done, user, now)
    after = finish_task(db, case, deployment, done, now)
    _after(db, after, deployment, done, now)
    return Completed(case.number, found.title, done.said.outcome, after.status)


def hear(
    db: Connection, *, user: User, task: str, raw: Raw, now: datetime
) -> tuple[Task, Case, Deployment, Done]:
    """What a clerk's form says about a case, before it has any effect; the same errors as `complete`."""
    found, case = work_on(db, user, task)
    deployment = load(db, case.deployment_id)
    step = step_of(deployment, case, found.step, found.item)
    asked = asked_at(deployment, case, step)
    today = local_day(now)
    cleaned = clean(asked.form.fields, raw, today=today, context=asked.context)
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    said = ACTS[step.act or ""](case, step, cleaned.values, deployment.catalogue_on(case.filed_on))
    return found, case, deployment, Done(found.id, step, said, cleaned.values, user.id)


def _before(
    db: Connection, case: Case, deployment: Deployment, done: Done, user: User, now: datetime
) -> Done:
    """What stands in the way of an act, and what belongs to it: raises Invalid with what to do first."""
    return done


def _after(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> None:
    """What follows from a finished task by law: letters, clocks, messages."""
    happened = happenings_of(case, deployment, done, "")
    for each in (*happened, *ending_of(case, deployment, actor_of(done.user_id))):
        follow(db, each, now)


def complete_task(engine: Engine, *, user: User, task: str, raw: Raw, now: datetime) -> Completed:
    """The same in a transaction of its own; CannotGoOn, with an incident, when the diagram cannot."""
    try:
        return run(engine, lambda db: complete(db, user=user, task=task, raw=raw, now=now))
    except CannotMove as error:
        with transaction(engine) as db:
            found = find_task(db, user, task)
            says = f"办完“{found.title}”以后流程走不下去，可能是流程图有误，请联系流程设计人员。"
            open_incident(db, found.case_id, task, MOVE, says, explained(error), now)
        raise CannotGoOn from error
