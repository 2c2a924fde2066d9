"""A licence may end while its promise is checked: the check ends too, but for one that found it false."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from certificates.life.history import CANCELLED, Cause
from certificates.life.writing import Change, write
from engine.database import transaction
from engine.events import SYSTEM
from engine.people import User
from engine.tables import credit_records, letters, licences
from tests.engine.clerks import carry, case_of, read
from tests.engine.commitments.promising import SIGN
from tests.engine.commitments.test_check import (
    Checked,
    found_false,
    granted,
    promise_state,
    promised,
    revoke,
)
from tests.filing import NOW, open_steps

__all__ = ["granted", "promised"]  # fixtures


def test_a_licence_that_ends_ends_the_check_of_its_promise(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    carry(engine, people, granted.number)
    give_back(engine, granted)
    assert read(engine, granted.check).status == "overtaken"
    assert open_steps(engine, granted.check) == {}


def test_who_gives_a_licence_back_does_not_escape_the_record_of_a_false_promise(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    carry(engine, people, granted.number)
    found_false(engine, people, granted)
    give_back(engine, granted)
    revoke(engine, people, granted)
    assert promise_state(engine, granted.number) == "false"
    with transaction(engine) as db:
        case = case_of(db, granted.check)
        assert db.execute(select(credit_records.c.item).where(credit_records.c.case_id == case.id)).one()
        written = db.execute(select(letters.c.kind).where(letters.c.case_id == case.id)).scalars().all()
        assert "revocation" not in written  # it had ended: there was nothing to revoke
        query = select(licences.c.state).where(licences.c.case_id == case.parent_id, licences.c.item == SIGN)
        assert db.execute(query).scalar_one() == "cancelled"


def give_back(engine: Engine, granted: Checked) -> None:
    """The signboard's licence ends as its holder wished."""
    with transaction(engine) as db:
        match = (licences.c.case_id == case_of(db, granted.number).id, licences.c.item == SIGN)
        row = db.execute(select(licences).where(*match)).one()
        ends = [Change(row.id, CANCELLED, {"state": "cancelled"})]
        write(db, row.certificate_id, ends, Cause("注销", SYSTEM, None, NOW))
