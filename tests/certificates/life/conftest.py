"""A restaurant with a certificate for food and fire, and second persons who decide: a copy for each test.

`engine`  the database of this test alone
`town`    its people by login, and the public id of the certificate
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import Connection, Engine

from engine.database import connect, transaction
from engine.people import Hashed, Membership, User, add_user, find_user
from tests.certificates.life.holders import granted
from tests.conftest import RUN
from tests.filing import DISTRICT, NOW

Copy = Callable[[str, str], AbstractContextManager[str]]
_numbers = count(1)


@dataclass(frozen=True)
class Bearing:
    """The database that the others are copied from, with nobody connected; its people, its certificate."""

    name: str
    people: dict[str, User]
    public_id: str


@pytest.fixture(scope="session")
def bearing(copy_of: Copy, template: str, worker_name: str) -> Iterator[Bearing]:
    name = f"run_{os.environ[RUN]}_{worker_name}_bearing"
    with copy_of(template, name) as url:
        engine = connect(url)
        people, public_id = granted(engine)
        with transaction(engine) as db:
            second = {f"{each}2": _second(db, each) for each in ("approval", "fire")}
        engine.dispose()
        yield Bearing(name, {**people, **second}, public_id)


def _second(db: Connection, department: str) -> User:
    """Somebody who decides what the first person of the department proposed."""
    roles = (Membership("clerk", department, DISTRICT),)
    login, password = f"{department}2", Hashed("nobody signs in")
    found = find_user(db, add_user(db, login=login, name="乙", password=password, roles=roles, now=NOW))
    assert found is not None
    return found


@pytest.fixture
def engine(copy_of: Copy, bearing: Bearing) -> Iterator[Engine]:
    with copy_of(bearing.name, f"{bearing.name}_{next(_numbers)}") as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def town(bearing: Bearing) -> tuple[dict[str, User], str]:
    return bearing.people, bearing.public_id


@pytest.fixture(scope="module")
def fresh(copy_of: Copy, bearing: Bearing) -> Iterator[Callable[[], Engine]]:
    """A new copy each time it is called: for tests that live many lives."""
    with ExitStack() as opened:

        def make() -> Engine:
            url = opened.enter_context(copy_of(bearing.name, f"{bearing.name}_{next(_numbers)}"))
            engine = connect(url)
            opened.callback(engine.dispose)
            return engine

        yield make
