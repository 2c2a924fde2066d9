"""How a certificate stands past the last day of a licence whose renewal nobody has decided yet."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine, select

from certificates.code.status_list import read_status_list
from certificates.life.asking import ask_renewal
from certificates.life.owned import own_certificates
from certificates.public import PublicCertificate, read_public
from certificates.registry import ENDED, Wanted, search
from certificates.standing import STATES
from engine.database import run, transaction
from engine.people import User
from engine.tables import certificates
from tests.certificates.life.holders import licence_of
from tests.certificates.life.lives import at

Town = tuple[dict[str, User], str]
IN_TIME = at("2031-10-01")
AFTER = at("2031-11-23").replace(hour=0) + timedelta(minutes=5)


def ask(engine: Engine, town: Town) -> None:
    people, public_id = town
    with transaction(engine) as db:
        food = licence_of(db, public_id, "food_operation")
    mine = {"user": people["applicant"], "public_id": public_id, "licence": food}
    run(engine, partial(ask_renewal, evidence=(), now=IN_TIME, **mine))


def page(db: Connection, public_id: str, now: datetime) -> PublicCertificate:
    found = read_public(db, public_id, now)
    assert found is not None
    return found


def words(db: Connection, town: Town, now: datetime) -> set[str]:
    """The word for the certificate on its page, in its holder's list, and in the list of states."""
    people, public_id = town
    place = select(certificates.c.list_index).where(certificates.c.public_id == public_id)
    [own] = own_certificates(db, people["applicant"].id, now)
    listed = STATES[read_status_list(db, now).states[2 * int(db.execute(place).scalar_one())] >> 5]
    return {page(db, public_id, now).state, own.state, listed}


def test_a_licence_holds_past_its_last_day_while_its_renewal_is_undecided(engine: Engine, town: Town) -> None:
    ask(engine, town)
    with transaction(engine) as db:
        assert words(db, town, AFTER) == {"有效"}
        assert [line.renewing for line in page(db, town[1], AFTER).licences] == [True, False]
        assert not any(line.renewing for line in page(db, town[1], IN_TIME).licences)
        assert search(db, Wanted(industry="restaurant", state=ENDED), AFTER).entries == ()


def test_without_a_renewal_it_is_over_before_anybody_wrote_it_down(engine: Engine, town: Town) -> None:
    with transaction(engine) as db:
        assert words(db, town, AFTER) == {"部分有效"}
        assert len(search(db, Wanted(industry="restaurant", state=ENDED), AFTER).entries) == 1
