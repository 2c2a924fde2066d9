"""A promise is the applicant's own: every condition ticked, signed by name, void once its ground is gone."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from engine.commitments.credit import Blocked, record_of
from engine.commitments.signing import WhoFirst, take_back, ways_of
from engine.commitments.standing import choices_of
from engine.drafts import fingerprint, read_draft, save_section, start_draft
from engine.errors import Invalid, NotFound
from engine.people import User
from engine.tables import commitments, credit_records
from tests.engine.clerks import People, case_of
from tests.engine.commitments.promising import FIRE, REPRESENTATIVE, SIGN, points, sign
from tests.filing import ANSWERS, EVERYTHING, INDUSTRY, NOW, fill_draft


@pytest.fixture
def applicant(people: People) -> User:
    return people["applicant"]


@pytest.fixture
def draft(desk: Connection, applicant: User) -> str:
    return fill_draft(desk, applicant)


def test_nothing_is_promised_until_it_is_signed(desk: Connection, applicant: User, draft: str) -> None:
    assert ways_of(desk, applicant, draft, NOW) == {}
    sign(desk, applicant, draft)
    assert ways_of(desk, applicant, draft, NOW) == {SIGN: "commitment"}


def test_the_letter_keeps_the_words_that_were_signed(desk: Connection, applicant: User, draft: str) -> None:
    sign(desk, applicant, draft, signed_as=" 张 春和 ")
    row = desk.execute(select(commitments).where(commitments.c.draft_id == draft)).one()
    assert row.signed_as == row.letter["signed_as"] == REPRESENTATIVE
    assert [each["id"] for each in row.letter["conditions"]] == row.conditions
    assert row.letter["to"] == "张店区行政审批服务局"
    assert row.letter["on"] == "2026-11-23"
    assert any("40 个工作日" in each for each in row.letter["consequences"])


def test_every_condition_has_to_be_ticked(desk: Connection, applicant: User, draft: str) -> None:
    first, *others = points(desk, applicant, draft, FIRE)
    with pytest.raises(Invalid) as raised:
        sign(desk, applicant, draft, FIRE, ticked=others)
    assert set(raised.value.errors) == {first}


@pytest.mark.parametrize("name", ["", "李四", "张春", "applicant·甲", "张春和" * 40])
def test_nobody_signs_but_the_representative(
    desk: Connection, applicant: User, draft: str, name: str
) -> None:
    with pytest.raises(Invalid) as raised:
        sign(desk, applicant, draft, signed_as=name)
    assert set(raised.value.errors) == {"signed_as"}


def test_an_item_that_may_not_be_promised_is_not_found(desk: Connection, applicant: User, draft: str) -> None:
    with pytest.raises(NotFound):
        sign(desk, applicant, draft, "food_operation", ticked=())


def test_nobody_signs_in_the_draft_of_another(desk: Connection, people: People, draft: str) -> None:
    with pytest.raises(NotFound):
        sign(desk, people["other_applicant"], draft, ticked=())


def test_who_applies_comes_first(desk: Connection, applicant: User) -> None:
    draft = start_draft(desk, user=applicant, industry=INDUSTRY, answers=EVERYTHING, now=NOW)
    with pytest.raises(WhoFirst):
        sign(desk, applicant, draft)


def test_a_promise_can_be_taken_back_and_given_again(desk: Connection, applicant: User, draft: str) -> None:
    sign(desk, applicant, draft)
    take_back(desk, user=applicant, draft=draft, item=SIGN, now=NOW)
    assert ways_of(desk, applicant, draft, NOW) == {}
    sign(desk, applicant, draft)
    sign(desk, applicant, draft)
    assert ways_of(desk, applicant, draft, NOW) == {SIGN: "commitment"}


def test_a_promise_falls_away_with_the_item(desk: Connection, applicant: User, draft: str) -> None:
    sign(desk, applicant, draft, FIRE)
    change(desk, applicant, draft, "premises", area="120")
    (fallen,) = choices_of(desk, read_draft(desk, applicant, draft, NOW)).fallen
    assert "不再适用告知承诺" in fallen.fallen
    assert ways_of(desk, applicant, draft, NOW) == {}


def test_a_promise_falls_away_with_who_signed_it(desk: Connection, applicant: User, draft: str) -> None:
    sign(desk, applicant, draft)
    change(desk, applicant, draft, "subject", legal_rep="王新")
    (fallen,) = choices_of(desk, read_draft(desk, applicant, draft, NOW)).fallen
    assert "重新签名" in fallen.fallen


def test_a_promise_falls_away_with_the_subject(desk: Connection, applicant: User, draft: str) -> None:
    sign(desk, applicant, draft)
    change(desk, applicant, draft, "subject", uscc="92370303MA3T00025N")
    (fallen,) = choices_of(desk, read_draft(desk, applicant, draft, NOW)).fallen
    assert "主体" in fallen.fallen


def test_a_record_that_holds_keeps_the_subject_from_promising(
    desk: Connection, applicant: User, draft: str, number: str
) -> None:
    sign(desk, applicant, draft)
    record(desk, number, date(2026, 11, 23))
    with pytest.raises(Blocked) as raised:
        sign(desk, applicant, draft, FIRE)
    assert "2026-11-23" in raised.value.says
    with pytest.raises(Blocked):  # signed before the record came, it is refused again when filed
        ways_of(desk, applicant, draft, NOW)
    take_back(desk, user=applicant, draft=draft, item=SIGN, now=NOW)
    assert ways_of(desk, applicant, draft, NOW) == {}


def test_a_record_holds_through_its_last_day(desk: Connection, number: str) -> None:
    record(desk, number, date(2026, 11, 23))
    uscc = ANSWERS["uscc"]
    assert isinstance(uscc, str)
    assert record_of(desk, uscc, date(2026, 11, 23)) is not None
    assert record_of(desk, uscc, date(2026, 11, 24)) is None
    assert record_of(desk, "92370303MA3T00025N", date(2026, 11, 23)) is None


def record(db: Connection, number: str, until: date) -> None:
    """Put a false promise of the case's subject on record."""
    case = case_of(db, number)
    row = {
        "subject_id": case.subject_id,
        "case_id": case.id,
        "item": SIGN,
        "kind": "false_commitment",
        "words": "没有取得同意。",
        "until": until,
        "recorded_at": NOW - timedelta(days=300),
    }
    db.execute(insert(credit_records).values(row))


def change(db: Connection, user: User, draft: str, section: str, **values: str) -> None:
    """Save a section again with some values changed."""
    found = read_draft(db, user, draft, NOW)
    raw = {**ANSWERS, "area": "420", **values}
    seen = fingerprint(found, found.section(section))
    save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=NOW)
