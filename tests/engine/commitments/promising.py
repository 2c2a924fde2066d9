"""A restaurant whose signboard is promised: signed in the draft, filed, decided at once, checked later."""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, select

from engine.commands.claim import claim
from engine.commands.complete import complete
from engine.commands.submit import submit
from engine.commitments.signing import commit
from engine.database import run, transaction
from engine.drafts import read_draft
from engine.people import User
from engine.tables import cases
from tests.engine.clerks import case_of
from tests.filing import EVERYTHING, NOW, fill_draft, open_steps, run_machines

SIGN, FIRE = "signboard", "fire_check"
REPRESENTATIVE = "张春和"


def points(db: Connection, user: User, draft: str, item: str) -> list[str]:
    """The ids of the conditions of an item."""
    catalogue = read_draft(db, user, draft, NOW).deployment.catalogue_on(NOW.date())
    return [point.id for point in catalogue.item(item).checklist]


def sign(db: Connection, user: User, draft: str, item: str = SIGN, **other: object) -> None:
    """The applicant ticks every condition of an item and signs."""
    given = {"ticked": points(db, user, draft, item), "signed_as": REPRESENTATIVE, "now": NOW, **other}
    commit(db, user=user, draft=draft, item=item, **given)  # type: ignore[arg-type]  # a test names what differs


def file_promised(
    engine: Engine,
    people: Mapping[str, User],
    *items: str,
    answers: Mapping[str, bool | float | str] = EVERYTHING,
) -> str:
    """A case that was just filed, with these items promised; returns its number."""
    user = people["applicant"]
    with transaction(engine) as db:
        draft = fill_draft(db, user, answers)
        for item in items or (SIGN,):
            sign(db, user, draft, item)
    return run(engine, lambda db: submit(db, user=user, draft=draft, token=draft, now=NOW))


def act(engine: Engine, user: User, number: str, step: str, **form: str) -> None:
    """Somebody claims a step of a case and finishes it with this form; machines do what follows."""
    task = open_steps(engine, number)[step]
    raw = {name.replace("__", "-"): value for name, value in form.items()}
    run(engine, lambda db: claim(db, user=user, task=task, now=NOW))
    run(engine, lambda db: complete(db, user=user, task=task, raw=raw, now=NOW))
    run_machines(engine, number)


def check_of(engine: Engine, number: str) -> str:
    """The number of the case in which a promise of the case is checked."""
    with transaction(engine) as db:
        parent = case_of(db, number)
        query = select(cases.c.number).where(cases.c.parent_id == parent.id)
        return str(db.execute(query).scalar_one())
