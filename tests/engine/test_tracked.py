"""What anybody may see of a case has no place for personal data."""

import pytest
from sqlalchemy import Engine

from engine.database import transaction
from engine.errors import NotFound
from engine.queries.tracked import tracked_case
from tests import filing
from tests.engine.clerks import People

PERSONAL = ("uscc", "ent_name", "legal_rep", "legal_rep_id_no", "phone", "reg_address", "op_address")


@pytest.fixture
def number(engine: Engine, people: People) -> str:
    return filing.file_case(engine, people)


def test_it_says_where_the_case_stands_and_who_has_it(engine: Engine, number: str) -> None:
    with transaction(engine) as db:
        found = tracked_case(db, number, str(filing.ANSWERS["phone"])[-4:])
    assert (found.number, found.status) == (number, "submitted")
    assert [each.act for each in found.waiting] == ["accept"]
    assert found.waiting[0].office.endswith("行政审批服务局")


def test_nothing_that_was_typed_about_people_is_in_it(engine: Engine, number: str) -> None:
    with transaction(engine) as db:
        found = repr(tracked_case(db, number, str(filing.ANSWERS["phone"])[-4:]))
    assert [name for name in PERSONAL if str(filing.ANSWERS[name]) in found] == []


def test_a_wrong_phone_finds_nothing(engine: Engine, number: str) -> None:
    with transaction(engine) as db, pytest.raises(NotFound):
        tracked_case(db, number, "0000")
