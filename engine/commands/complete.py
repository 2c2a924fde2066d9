"""A clerk finishes a task: the form is cleaned, what it says is heard, the case moves on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from engine.acts import ACTS
from engine.advance import Done, finish_task
from engine.cases import Case
from engine.commands.around import after as follow_up
from engine.commands.around import before
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.errors import CannotGoOn, Invalid
from engine.incidents import MOVE, explained, open_incident
from engine.people import User
from engine.step_forms import asked_in, step_of
from engine.tasks import Task, find_task, work_on
from engine.workflow import CannotMove
from forms.clean import clean
from forms.inputs import Raw


@dataclass(frozen=True)
class Completed:
    """What a finished task brought: its outcome, the kind of item it is about, where the case stands now."""

    case_number: str
    title: str
    outcome: str
    status: str
    kind: str = ""


def complete(db: Connection, *, user: User, task: str, raw: Raw, now: datetime) -> Completed:
    """Finish a task with a clerk's form; Invalid keeps everything, Conflict says who was faster."""
    found, case, deployment, done = hear(db, user=user, task=task, raw=raw, now=now)
    done = before(db, case, deployment, done, user, now)
    moved = finish_task(db, case, deployment, done, now)
    follow_up(db, moved, deployment, done, now)
    item = deployment.catalogue.items.get(done.step.item or "")
    return Completed(case.number, found.title, done.said.outcome, moved.status, item.kind if item else "")


def hear(
    db: Connection, *, user: User, task: str, raw: Raw, now: datetime
) -> tuple[Task, Case, Deployment, Done]:
    """What a clerk's form says about a case, before it has any effect; the same errors as `complete`."""
    found, case = work_on(db, user, task)
    deployment = load(db, case.deployment_id)
    step = step_of(deployment, case, found.step, found.item)
    asked = asked_in(db, deployment, case, step)
    today = local_day(now)
    cleaned = clean(asked.form.fields, raw, today=today, context=asked.context)
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    said = ACTS[step.act or ""](case, step, cleaned.values, deployment.catalogue_on(case.filed_on))
    return found, case, deployment, Done(found.id, step, said, cleaned.values, user.id)


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
