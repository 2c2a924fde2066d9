"""A town for the engine's tests: the restaurant published, everybody of tests.filing known.

Hashing thirteen passwords takes seconds and copying a database takes none, so each module gets a copy:

`engine`  the module's own town, where its tests file their cases and commit
`desk`    a connection to it whose work is rolled back: a test may do what it likes to the cases it finds
`town`    a town for this test alone, for what counts everything there is
`city`    the module's town with every industry open, and people in every office
`number`  a case of five items that was just filed in `engine`
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import Connection, Engine

from engine.database import connect, transaction
from engine.deployments import publish
from engine.files import industries_in
from engine.people import User
from tests.carrying import add_officials
from tests.conftest import RUN
from tests.filing import NOW, add_people, file_case, files, publish_restaurant

Copy = Callable[[str, str], AbstractContextManager[str]]
_numbers = count(1)


@dataclass(frozen=True)
class Founded:
    """The town that the others are copied from: its database, with nobody connected, and its people."""

    name: str
    people: dict[str, User]


@pytest.fixture(scope="session")
def founded(copy_of: Copy, template: str, worker_name: str) -> Iterator[Founded]:
    name = f"run_{os.environ[RUN]}_{worker_name}_founded"
    with copy_of(template, name) as url:
        engine = connect(url)
        with transaction(engine) as db:
            publish_restaurant(db)
            people = add_people(db)
        engine.dispose()
        yield Founded(name, people)


@pytest.fixture(scope="session")
def people(founded: Founded) -> dict[str, User]:
    """Everybody, by login."""
    return founded.people


@pytest.fixture(scope="module")
def engine(copy_of: Copy, founded: Founded) -> Iterator[Engine]:
    yield from _open(copy_of, founded)


@pytest.fixture
def town(copy_of: Copy, founded: Founded) -> Iterator[Engine]:
    yield from _open(copy_of, founded)


@pytest.fixture
def desk(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def number(engine: Engine, people: dict[str, User]) -> str:
    return file_case(engine, people)


def _open(copy_of: Copy, founded: Founded) -> Iterator[Engine]:
    with copy_of(founded.name, f"{founded.name}_{next(_numbers)}") as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def city(engine: Engine) -> Engine:
    """A town in which every industry is open and every office has people."""
    for industry in industries_in(files()):
        with transaction(engine) as db:
            deployment, _ = publish(db, files(), industry, NOW)
    with transaction(engine) as db:
        add_officials(db, deployment)
    return engine
