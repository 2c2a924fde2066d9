"""Fills an empty database with made-up people and cases, through the same commands that people use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, exists, select

import certificates.handlers  # noqa: F401  # registers the handler that diagrams call
from engine.checking import check_industry
from engine.database import transaction
from engine.deployments import current, publish, unpublished
from engine.errors import NotFound
from engine.files import Files, industries_in, read_folder
from engine.people import Membership, add_user, hashed
from engine.settings import Settings
from engine.tables import users
from forms.mistakes import Mistakes
from forms.source import read_document
from web.demo.filing import file_cases

PEOPLE = "processes/demo/people.yaml"


@dataclass(frozen=True)
class Login:
    """Somebody who may sign in to the demo."""

    login: str
    password: str
    does: str


def seed(engine: Engine, settings: Settings) -> Sequence[Login]:
    """Publish the industries; fill a database without people with the demo's. Returns the logins."""
    files = read_folder(settings.code_location)
    now = datetime.now(UTC)
    for industry in industries_in(files):
        with transaction(engine) as db:
            _publish(db, files, industry, now)
    people: dict[str, Any] = dict(read_document(files, PEOPLE).data)
    with transaction(engine) as db:
        fresh = not db.execute(select(exists().select_from(users))).scalar()
        if fresh:
            _add_people(db, people, now)
    if fresh:
        file_cases(engine, settings, files, now)
    return [Login(each["login"], people["password"], each["does"]) for each in people["people"]]


def _publish(db: Connection, files: Files, industry: str, now: datetime) -> None:
    """Check and publish an industry; what is published already was checked when it was."""
    if unpublished(files, industry, now).sha256 != _published_as(db, industry):
        if mistakes := check_industry(files, industry):
            raise Mistakes(mistakes)
        publish(db, files, industry, now)


def _published_as(db: Connection, industry: str) -> str:
    """The content hash under which an industry is published; "" when it is not."""
    try:
        return current(db, industry).sha256
    except NotFound:
        return ""


def _add_people(db: Connection, people: Mapping[str, Any], now: datetime) -> None:
    password = hashed(people["password"])
    for each in people["people"]:
        add_user(
            db,
            login=each["login"],
            name=each["name"],
            phone=each.get("phone", ""),
            password=password,
            roles=[Membership(**given) for given in each["memberships"]],
            now=now,
        )
