"""What the database says about an error ends in logs and incidents: never the values of a person."""

import traceback

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DataError, IntegrityError

from engine.incidents import explained
from engine.tables import users
from tests.filing import NOW

PHONE = "13900001234"


def told(error: Exception) -> str:
    return explained(error) + "".join(traceback.format_exception(error))


def test_a_row_that_breaks_a_rule_is_not_quoted(desk: Connection) -> None:
    row = {"login": "new", "name": None, "phone": PHONE, "password_hash": "x", "created_at": NOW}
    with pytest.raises(IntegrityError) as error:
        desk.execute(insert(users).values(row))
    assert PHONE not in told(error.value)
    assert "not-null" in explained(error.value)


def test_a_value_that_cannot_be_sent_is_not_quoted_with_its_neighbours(desk: Connection) -> None:
    row = {"login": "new", "name": "a\0b", "phone": PHONE, "password_hash": "x", "created_at": NOW}
    with pytest.raises(DataError) as error:
        desk.execute(insert(users).values(row))
    assert PHONE not in told(error.value)
