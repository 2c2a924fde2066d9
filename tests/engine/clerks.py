"""The clerks of a case: who does which step, and how each is filled in when nothing else is said."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, select

from engine.cases import Case, load_case
from engine.commands.claim import claim
from engine.commands.complete import Completed, complete
from engine.database import transaction
from engine.days import local_day
from engine.deployments import load
from engine.people import User
from engine.scenarios import usual_form
from engine.step_forms import asked_at, step_of
from engine.tables import cases, incidents, tasks
from forms.inputs import Inputs
from tests.filing import NOW, open_steps, run_machines, waiting
from web.demo.visits import OF_VISIT, take_step

People = Mapping[str, User]
WHO = {
    "accept": "window",
    "review_food_operation": "market",
    "review_fire_check": "fire",
    "review_tobacco_retail": "tobacco",
    "review_drainage": "housing",
    "review_signboard": "urban",
    "decide_food_operation": "approval",
    "decide_fire_check": "fire",
    "decide_tobacco_retail": "tobacco",
    "decide_drainage": "approval",
    "decide_signboard": "approval",
}
DISAGREE = {"opinion": "disagree", "note": "不符合规定。"}
REFUSE = {"outcome": "refused", "reasons": "不符合食品安全法第三十三条，不予许可。"}


def case_of(db: Connection, number: str) -> Case:
    """The case with this number as commands see it."""
    return load_case(db, db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one())


def filled(db: Connection, number: str, step: str, **other: object) -> Inputs:
    """The form of a step as usual (accepted, agreed, passed, granted), but for the values of `other`."""
    case = case_of(db, number)
    deployment = load(db, case.deployment_id)
    return usual_form(
        asked_at(deployment, case, step_of(deployment, case, step, None)), other, local_day(NOW)
    )


def finish(db: Connection, people: People, number: str, step: str, **other: object) -> Completed:
    """The right clerk finishes a step of a case; what a machine does next is left waiting."""
    task = waiting(db, number)[step]
    row = db.execute(select(tasks).where(tasks.c.id == task)).one()
    if row.act in OF_VISIT:
        take_step(db, row, other, NOW)
        outcome = db.execute(select(tasks.c.outcome).where(tasks.c.id == task)).scalar_one()
        return Completed(number, row.title, outcome, case_of(db, number).status)
    user, raw = people[WHO[step]], filled(db, number, step, **other)
    claim(db, user=user, task=task, now=NOW)
    return complete(db, user=user, task=task, raw=raw, now=NOW)


def carry(
    engine: Engine, people: People, number: str, until: str = "", **steps: Mapping[str, object]
) -> None:
    """Carry a case on until the step `until` waits, or to its end: clerks as usual or as `steps` says."""
    while (found := open_steps(engine, number)) and until not in found:
        step = min(found)
        with transaction(engine) as db:
            finish(db, people, number, step, **steps.get(step, {}))
        run_machines(engine, number)


def read(engine: Engine, number: str) -> Case:
    """The case as it now stands."""
    with transaction(engine) as db:
        return case_of(db, number)


def open_kinds(db: Connection, case_id: int) -> frozenset[str]:
    """The kinds of incident that are open on a case."""
    rows = db.execute(
        select(incidents.c.kind).where(incidents.c.case_id == case_id, incidents.c.state == "open")
    )
    return frozenset(row.kind for row in rows)
