"""A restaurant whose joint visit is to be held: carried that far once, each module has a copy.

`visit` is its inspection, with a date and a team; what a test notes there through `desk` is rolled back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, Engine

from engine.database import connect, transaction
from engine.inspections.sheet import read_sheet
from tests.engine.clerks import carry
from tests.engine.conftest import Copy, Founded
from tests.engine.inspections.visiting import settle
from tests.filing import file_case


@dataclass(frozen=True)
class Awaited:
    """A town with a case of five items that waits for its visit: its database, and nobody connected."""

    name: str
    number: str
    visit: int


@pytest.fixture(scope="session")
def awaited(copy_of: Copy, founded: Founded) -> Iterator[Awaited]:
    name = f"{founded.name}_arranged"
    with copy_of(founded.name, name) as url:
        engine = connect(url)
        number = file_case(engine, founded.people)
        carry(engine, founded.people, number, until="inspect")
        with transaction(engine) as db:
            visit = settle(db, founded.people, number)
        engine.dispose()
        yield Awaited(name, number, visit)


@pytest.fixture(scope="module")
def engine(copy_of: Copy, awaited: Awaited, request: pytest.FixtureRequest) -> Iterator[Engine]:
    with copy_of(awaited.name, f"{awaited.name}_{request.module.__name__.rpartition('.')[2]}") as url:
        engine = connect(url)
        yield engine
        engine.dispose()


@pytest.fixture
def number(awaited: Awaited) -> str:
    return awaited.number


@pytest.fixture
def visit(awaited: Awaited) -> int:
    return awaited.visit


@pytest.fixture
def points(desk: Connection, visit: int) -> list[str]:
    """The ids of all its points."""
    return [each.point.id for each in read_sheet(desk, visit).points]
