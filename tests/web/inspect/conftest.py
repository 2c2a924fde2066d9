"""A visit of two offices before its inspectors' browsers."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import update

from engine.database import transaction
from engine.tables import inspections
from tests.web.conftest import Site
from tests.web.visits import settled


@dataclass(frozen=True)
class Visit:
    """The visit and the case that it belongs to."""

    number: str
    id: int

    @property
    def page(self) -> str:
        return f"/inspect/{self.id}"


@pytest.fixture(scope="module")
def visit(whole_site: Site) -> Visit:
    """A visit whose date holds, with a team of five; the tests of a module share it."""
    return Visit(*settled(whole_site.engine, whole_site.people))


def move_to(site: Site, visit: Visit, day: date) -> None:
    """The visit is on this day."""
    with transaction(site.engine) as db:
        db.execute(update(inspections).where(inspections.c.id == visit.id).values(day=day))
