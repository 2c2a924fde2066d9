"""A restaurant whose joint visit is to be held."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, Engine

from engine.database import transaction
from engine.people import User
from tests.engine.clerks import carry
from tests.engine.inspections.visiting import settle
from tests.filing import file_case


@pytest.fixture(scope="module")
def number(engine: Engine, people: Mapping[str, User]) -> str:
    """A case of five items that waits for its visit."""
    number = file_case(engine, people)
    carry(engine, people, number, until="inspect")
    return number


@pytest.fixture(scope="module")
def visit(engine: Engine, people: Mapping[str, User], number: str) -> int:
    """Its visit, with a date and a team: what a test notes there through `desk` is rolled back."""
    with transaction(engine) as db:
        return settle(db, people, number)


@pytest.fixture
def points(desk: Connection, visit: int) -> list[str]:
    """The ids of all its points."""
    from engine.inspections.sheet import read_sheet

    return [each.point.id for each in read_sheet(desk, visit).points]
