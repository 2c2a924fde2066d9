"""Holders and offices of a granted restaurant: what they ask for, and how clerks carry it to its end."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine, select

from engine.cases import Case, load_case
from engine.commands.complete import complete
from engine.commands.run_handler import run_handler
from engine.database import run, transaction
from engine.people import User
from engine.tables import cases, certificates, licences, tasks
from tests.engine.clerks import carry
from tests.filing import NOW, ONLY_FOOD, add_people, file_case, publish_restaurant

People = Mapping[str, User]
TWO = {**ONLY_FOOD, "area": 420}  # licences for food and fire
AGREE = {"outcome": "agree", "opinion": "agree", "remedies": "government"}
DECLINE = {"outcome": "decline", "opinion": "agree", "reasons": "不符合规定。", "remedies": "government"}
OFFICES = {"approval": "approval", "market": "market", "fire": "fire", "tobacco": "tobacco"}


def granted(engine: Engine, answers: Mapping[str, bool | float | str] = TWO) -> tuple[People, str]:
    """The people, and the public id of a certificate that was just issued to the applicant."""
    with transaction(engine) as db:
        publish_restaurant(db)
        people = add_people(db)
    number = file_case(engine, people, answers)
    carry(engine, people, number)
    with transaction(engine) as db:
        return people, str(db.execute(select(certificates.c.public_id)).scalar_one())


def certificate_of(db: Connection, public_id: str) -> int:
    query = select(certificates.c.id).where(certificates.c.public_id == public_id)
    return int(db.execute(query).scalar_one())


def number_of(db: Connection, public_id: str) -> str:
    query = select(certificates.c.number).where(certificates.c.public_id == public_id)
    return str(db.execute(query).scalar_one())


def licence_of(db: Connection, public_id: str, item: str) -> int:
    query = select(licences.c.id).where(
        licences.c.certificate_id == certificate_of(db, public_id), licences.c.item == item
    )
    return int(db.execute(query).scalar_one())


def clerk_of(people: People, department: str, role: str) -> User:
    """The person of the tests who works there."""
    return people["window"] if role == "window" else people[OFFICES.get(department, department)]


def settle(
    engine: Engine,
    people: People,
    number: str,
    now: datetime = NOW,
    *,
    by: User | None = None,
    machines: datetime | None = None,
    **forms: Mapping[str, str],
) -> Case:
    """Finish all that waits, each by its office or by `by`: agreed, or as `forms` says of a department.

    `machines` is when the worker comes round, else it does at once.
    """
    while True:
        with transaction(engine) as db:
            query = select(tasks).join_from(tasks, cases).where(cases.c.number == number)
            waiting = db.execute(query.where(tasks.c.state == "open").order_by(tasks.c.id)).first()
            if waiting is None:
                found = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
                return load_case(db, found)
        if waiting.kind == "service":
            run_handler(engine, waiting.id, machines or now)
            continue
        user = by or clerk_of(people, waiting.department, waiting.role)
        raw = forms.get(waiting.department, AGREE)
        run(engine, partial(complete, user=user, task=waiting.id, raw=raw, now=now))
