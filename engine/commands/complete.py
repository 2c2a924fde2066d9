"""A clerk finishes a task: the form is cleaned, what it says is heard, the case moves on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.acts import ACTS
from engine.advance import Done, finish_task
from engine.deployments import load
from engine.errors import Invalid
from engine.limits import LOCAL
from engine.people import User
from engine.step_forms import asked_at
from engine.tasks import work_on
from forms.clean import clean

Raw = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Completed:
    """What a finished task brought: its outcome and where the case stands now."""

    case_number: str
    title: str
    outcome: str
    status: str


def complete(db: Connection, *, user: User, task: str, raw: Raw, now: datetime) -> Completed:
    """Finish a task with a clerk's form; Invalid keeps everything, Conflict says who was faster."""
    found, case = work_on(db, user, task)
    deployment = load(db, case.deployment_id)
    step = deployment.model.steps[found.step]
    asked = asked_at(deployment, case, step)
    today = now.astimezone(LOCAL).date()
    cleaned = clean(asked.form.fields, raw, today=today, context=asked.context)
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    said = ACTS[step.act or ""](case, step, cleaned.values, deployment.catalogue)
    done = Done(found.id, step, said, cleaned.values, user.id)
    after = finish_task(db, case, deployment, done, now)
    return Completed(case.number, found.title, said.outcome, after.status)
