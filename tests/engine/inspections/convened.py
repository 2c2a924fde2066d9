"""A case on its way through its joint visit, and what its people say there."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from engine.commands.complete import Completed, complete
from engine.commands.fire_timers import fire_timers
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import load
from engine.inspections.convening import confirm
from engine.inspections.inspection import Inspection, inspection_of
from engine.people import User
from engine.scenarios import usual_form
from engine.step_forms import Asked, asked_in, step_of
from engine.tables import cases, letters, messages, tasks
from tests.engine.clerks import carry, case_of
from tests.filing import NOW, file_case, run_machines

People = Mapping[str, User]
PLAN = {"day_1": "2026-11-26", "half_1": "am", "day_2": "2026-11-27", "half_2": "pm"}
AGREED = {"answer": "agreed", "contact_name": "张春和", "contact_phone": "13805335678"}
OTHER = {**AGREED, "answer": "other", "day": "2026-11-30", "half": "pm", "words": "那两天停电。"}
EXITS = {"points": {"fire_exits": {"result": "fail", "words": "后门被货架堵住。"}}}


def at(engine: Engine, people: People, until: str, **steps: Mapping[str, object]) -> str:
    """A case of its own that waits for a step."""
    number = file_case(engine, people)
    carry(engine, people, number, until, **steps)
    return number


def open_tasks(db: Connection, number: str, act: str) -> list[Row[Any]]:
    of_case = select(tasks).join(cases).where(cases.c.number == number, tasks.c.act == act)
    return list(db.execute(of_case.where(tasks.c.state == "open").order_by(tasks.c.department)))


def visit_of(db: Connection, number: str) -> Inspection:
    found = inspection_of(db, case_of(db, number).id)
    assert found is not None
    return found


def asked(db: Connection, task: Row[Any]) -> Asked:
    """The form of a task."""
    case = case_of(db, db.execute(select(cases.c.number).where(cases.c.id == task.case_id)).scalar_one())
    deployment = load(db, case.deployment_id)
    return asked_in(db, deployment, case, step_of(deployment, case, task.step, task.item))


def arrange(db: Connection, people: People, number: str, **plan: object) -> Completed:
    (task,) = open_tasks(db, number, "arrange")
    form = asked(db, task)
    raw = usual_form(form, {**form.inputs, **PLAN, **plan}, local_day(NOW))
    return complete(db, user=people["approval"], task=task.id, raw=raw, now=NOW)


def take(
    db: Connection,
    people: People,
    number: str,
    raw: Mapping[str, str],
    who: str = "applicant",
    offered: str | None = None,
) -> None:
    """The applicant answers the date on a page of now, or on one that showed what was `offered`."""
    visit = inspection_of(db, case_of(db, number).id)
    shown = visit.offered if visit and offered is None else offered or ""
    confirm(db, user=people[who], number=number, raw=raw, offered=shown, now=NOW)


def answer(db: Connection, people: People, number: str, who: str, **said: object) -> Completed:
    """The office of this person answers the date; it sends them when nothing else is said."""
    task = next(each for each in open_tasks(db, number, "name") if each.department == who)
    raw = usual_form(asked(db, task), {"inspectors": [str(people[who].id)], **said}, local_day(NOW))
    return complete(db, user=people[who], task=task.id, raw=raw, now=NOW)


def answer_all(db: Connection, people: People, number: str) -> None:
    for task in open_tasks(db, number, "name"):
        answer(db, people, number, task.department)


def let_time_pass(engine: Engine, number: str, days: int) -> datetime:
    """So many days later the timers that are due have fired, and the machine has done its part."""
    later = NOW + timedelta(days=days)
    with transaction(engine) as db:
        case = case_of(db, number).id
    run(engine, lambda db: fire_timers(db, case, later))
    run_machines(engine, number)
    return later


def kinds(db: Connection, table: str, number: str) -> list[str]:
    """The kinds of letters or messages of a case, in their order."""
    source = {"letters": letters, "messages": messages}[table]
    of_case = select(source.c.kind).join(cases, cases.c.id == source.c.case_id)
    return list(db.execute(of_case.where(cases.c.number == number).order_by(source.c.id)).scalars())
