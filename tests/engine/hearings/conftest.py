"""A case that waits for the decision on its food permit: hearings can be offered about that."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine

from engine.people import User
from tests.engine.clerks import carry
from tests.engine.hearings.requesting import DECIDE
from tests.filing import file_case


@pytest.fixture(scope="module")
def number(engine: Engine, people: Mapping[str, User]) -> str:
    """A case that waits for the decision on its food permit."""
    number = file_case(engine, people)
    carry(engine, people, number, until=DECIDE)
    return number
