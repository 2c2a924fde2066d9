"""The signed list tells the state of every certificate as its page does, by two bytes each."""

import base64
import gzip
import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from certificates.code.packing import licence_mark
from certificates.code.status_list import read_status_list, signed
from certificates.public import WORDS, read_public
from certificates.register import Issue
from certificates.standing import STATES
from engine.tables import certificate_issues, certificates, licences
from tests.certificates.examples import RING
from tests.certificates.test_register import ITEMS, NOW, first_issue, make_case, set_state


def listed(db: Connection, public_id: str) -> tuple[str, int]:
    """State and issue of a certificate by the list."""
    place = select(certificates.c.list_index).where(certificates.c.public_id == public_id)
    two = 2 * int(db.execute(place).scalar_one())
    told = int.from_bytes(read_status_list(db, NOW).states[two : two + 2])
    return STATES[told >> 13], told & 8191


def test_a_certificate_has_its_state_and_issue_in_the_list(db: Connection) -> None:
    case = make_case(db, "0001")
    made = first_issue(db, case)
    assert listed(db, made.public_id) == ("有效", 1)
    set_state(db, case, "tobacco_retail", "revoked")
    assert listed(db, made.public_id) == ("部分有效", 1)
    first_issue(db, case, "撤销一项许可")
    assert listed(db, made.public_id) == ("有效", 2)


def test_the_place_of_a_certificate_that_is_not_there_is_zero(db: Connection) -> None:
    made = first_issue(db, make_case(db, "0001"))
    index = db.execute(select(certificates.c.list_index)).scalar_one()
    db.execute(update(certificates).values(list_index=index + 3))
    states = read_status_list(db, NOW).states
    assert len(states) == 2 * (index + 4) and set(states[: 2 * (index + 3)]) <= {0}
    assert listed(db, made.public_id) == ("有效", 1)


def test_without_certificates_the_list_is_empty(db: Connection) -> None:
    assert read_status_list(db, NOW).states in (b"", b"\0\0")


@pytest.mark.parametrize(
    ("issue", "told"), [(33, ("有效", 33)), (8191, ("有效", 8191)), (8192, ("", 0)), (8193, ("", 0))]
)
def test_the_issue_is_told_whole_or_not_at_all(db: Connection, issue: int, told: tuple[str, int]) -> None:
    made = first_issue(db, make_case(db, "0001"))
    db.execute(update(certificate_issues).values(issue=issue))
    assert listed(db, made.public_id) == told


LICENCE_STATES = st.sampled_from(sorted(WORDS))
DAYS = st.sampled_from([None, date(2026, 11, 21), date(2026, 11, 22), date(2030, 1, 1)])
Standing = tuple[str, date | None, bool]


@pytest.fixture
def made(db: Connection) -> tuple[int, Issue]:
    """A case with two licences, and its certificate."""
    case = make_case(db, "0001")
    return case, first_issue(db, case)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.tuples(LICENCE_STATES, DAYS, st.just(True)),
    second=st.tuples(LICENCE_STATES, DAYS, st.booleans()),
)
def test_the_list_says_what_the_page_says(
    db: Connection, made: tuple[int, Issue], first: Standing, second: Standing
) -> None:
    case, issued = made
    for item, (state, day, printed) in (("food_operation", first), ("tobacco_retail", second)):
        this = update(licences).where(licences.c.case_id == case, licences.c.item == item)
        db.execute(this.values(state=state, valid_until=day, printed=printed))
    page = read_public(db, issued.public_id, NOW)
    assert page is not None and listed(db, issued.public_id)[0] == page.state


def test_any_library_can_check_the_signature_and_read_the_list(db: Connection) -> None:
    first_issue(db, make_case(db, "0001"))
    said = signed(RING, read_status_list(db, NOW))
    message = f"{said['protected']}.{said['payload']}".encode()
    header, payload = (json.loads(decoded(str(said[part]))) for part in ("protected", "payload"))
    assert header == {"alg": "ES256", "kid": "0"}
    assert RING.holds(0, message, decoded(str(said["signature"])))
    assert not RING.holds(0, message + b" ", decoded(str(said["signature"])))
    assert gzip.decompress(decoded(payload["list"])) == read_status_list(db, NOW).states
    assert payload["valid_until"] > payload["made_at"] == NOW.isoformat()
    assert payload["names"] == {licence_mark(name).hex(): name for name in ITEMS}
    assert (NOW + timedelta(hours=24)).isoformat() == payload["valid_until"]


def test_every_state_of_the_register_has_a_word() -> None:
    assert {"valid", "changed", "suspended", "cancelled", "revoked", "expired"} == WORDS.keys()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
