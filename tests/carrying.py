"""Any industry's scenario as a real case: filed by an applicant, carried on by the clerks of its offices."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from engine.commands.complete import complete
from engine.commands.fire_timers import fire_timers
from engine.commands.run_handler import run_handler
from engine.commands.submit import submit
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import Deployment, current, load
from engine.drafts import fingerprint, read_draft, save_section, start_draft, wanted_materials
from engine.materials import attach
from engine.people import Hashed, Membership, User, add_user
from engine.scenarios import Scenario, usual_form
from engine.step_forms import asked_in, step_of
from engine.tables import cases, tasks, timers
from engine.uploads import check_upload
from forms.inputs import Inputs, spread
from tests.engine.clerks import case_of
from tests.filing import ANSWERS, NOW, PDF
from tests.plausible import plausible
from web.demo.visits import OF_VISIT, take_step, worker_on

MOST_STEPS = 200


def add_officials(db: Connection, deployment: Deployment) -> None:
    """Somebody for each lane of the departments, at work in every region."""
    catalogue = deployment.catalogue
    offices = {(lane.role, lane.department) for lane in catalogue.lanes.values() if lane.department}
    for role, department in sorted(offices):
        works = [Membership(role, department, region) for region in catalogue.regions]
        login = f"{role}_of_{department}"
        add_user(db, login=login, name=f"{login}·乙", password=Hashed(""), roles=works, now=NOW)


def file_scenario(engine: Engine, user: User, industry: str, scenario: Scenario) -> str:
    """File a scenario's case with plausible answers to all that is asked; returns its number."""
    draft = fill_scenario(engine, user, industry, scenario)
    return run(engine, lambda db: submit(db, user=user, draft=draft, token=f"token-{draft}", now=NOW))


def fill_scenario(engine: Engine, user: User, industry: str, scenario: Scenario) -> str:
    """The same application before it is filed; returns the draft."""
    with transaction(engine) as db:
        draft = start_draft(db, user=user, industry=industry, answers=scenario.answers, now=NOW)
        for section in [each.id for each in read_draft(db, user, draft, NOW).form.sections]:
            _answer(db, user, draft, section, current(db, industry))
        upload = check_upload("file", "材料.pdf", PDF)
        for wanted in wanted_materials(db, read_draft(db, user, draft, NOW)):
            if wanted.missing:
                attach(
                    db, user=user, draft=draft, material=wanted.id, upload=upload, sha256="0" * 64, now=NOW
                )
    return draft


def _answer(db: Connection, user: User, draft: str, section: str, deployment: Deployment) -> None:
    """Answer all that one section asks and that the guide has not answered."""
    found = read_draft(db, user, draft, NOW)
    asked = found.section(section)
    raw: Inputs = {**found.inputs(asked)}
    known = {name.partition("-")[0] for name in raw}
    region = deployment.catalogue.region(found.result.region.code)
    for field in (one.field for one in asked.fields if one.field.id not in known):
        typed = {name: value for name, value in ANSWERS.items() if name.partition("-")[0] == field.id}
        raw |= typed or spread(field, plausible(field, region, local_day(NOW)))
    seen = fingerprint(found, asked)
    saved = save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=NOW)
    assert saved.errors == {}, section


def carry_scenario(
    engine: Engine, number: str, scenario: Scenario, until: str = "", steps: int = MOST_STEPS
) -> datetime:
    """Do every step until nothing waits, as usual or as the scenario says; returns when it was over.

    With `until`, until nothing waits but this event between steps; with `steps`, that many at most.
    """
    now = NOW
    for _ in range(steps):
        if waiting := _waiting(engine, number):
            task, kind, step = waiting
            if kind == "service":
                run_handler(engine, task, now)
            else:
                with transaction(engine) as db:
                    _finish(db, number, task, scenario.form_for(step), now)
        elif timer := _next_timer(engine, number):
            event, now = timer
            if event == until:
                return now
            with transaction(engine) as db:
                fire_timers(db, case_of(db, number).id, now)
        else:
            return now
    if steps == MOST_STEPS:
        raise AssertionError(f"{number} goes round in circles")
    return now


def _finish(db: Connection, number: str, task: str, other: Mapping[str, object], now: datetime) -> None:
    row = db.execute(select(tasks).where(tasks.c.id == task)).one()
    if row.act in OF_VISIT:
        return take_step(db, row, other, now)
    user = worker_on(db, task)
    assert user is not None, f"nobody works on {row.step}"
    case = case_of(db, number)
    deployment = load(db, case.deployment_id)
    asked = asked_in(db, deployment, case, step_of(deployment, case, row.step, row.item))
    complete(db, user=user, task=task, raw=usual_form(asked, other, local_day(now)), now=now)


def _waiting(engine: Engine, number: str) -> tuple[str, str, str] | None:
    query = (
        select(tasks.c.id, tasks.c.kind, tasks.c.step)
        .join_from(tasks, cases)
        .where(cases.c.number == number, tasks.c.state == "open")
        .order_by(tasks.c.kind, tasks.c.step)
        .limit(1)
    )
    with transaction(engine) as db:
        row = db.execute(query).one_or_none()
    return None if row is None else (row.id, row.kind, row.step)


def _next_timer(engine: Engine, number: str) -> tuple[str, datetime] | None:
    query = select(timers.c.event, timers.c.due_at).join_from(timers, cases).where(cases.c.number == number)
    with transaction(engine) as db:
        row = db.execute(query.order_by(timers.c.due_at).limit(1)).one_or_none()
    return None if row is None else (row.event, row.due_at)
