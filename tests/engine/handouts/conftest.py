"""`issued`: a restaurant whose certificate was issued and printed on a Monday, in the module's town."""

import pytest
from sqlalchemy import Engine, update

from engine.tables import certificate_issues
from tests.engine.clerks import People, carry
from tests.filing import ONLY_FOOD, file_case


@pytest.fixture(scope="module")
def issued(engine: Engine, people: People) -> str:
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number)
    with engine.begin() as db:
        db.execute(update(certificate_issues).values(pdf_sha256="0" * 64))
    return number
