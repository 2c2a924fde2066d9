"""A case ends with a certificate of what was granted, or with the reasons why nothing was."""

import pytest
from sqlalchemy import Connection, Engine, func, select

from certificates.facts import CertificateData, read_facts
from engine.queries.cases import applicants_case
from engine.tables import cases, certificate_issues, certificates, licences, messages
from tests.engine.clerks import REFUSE, People, carry, read
from tests.filing import ONLY_FOOD, file_case


@pytest.fixture(scope="module")
def partly(engine: Engine, people: People) -> str:
    """A case of five items that has ended with the food licence refused and the rest granted."""
    number = file_case(engine, people)
    carry(engine, people, number, decide_food_operation=REFUSE)
    return number


def issued(db: Connection, number: str) -> list[CertificateData]:
    query = (
        select(certificate_issues.c.content)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .join(cases, cases.c.id == certificates.c.case_id)
        .where(cases.c.number == number)
    )
    return [read_facts(content) for content in db.execute(query).scalars()]


def test_a_case_with_everything_granted_ends_with_one_certificate_of_all(
    engine: Engine, people: People, number: str
) -> None:
    carry(engine, people, number)
    case = read(engine, number)
    with engine.connect() as db:
        (made,) = issued(db, number)
    assert (case.status, case.ended_at is not None) == ("granted", True)
    assert len(made.licences) == 5
    assert made.operator == case.operator


def test_a_refused_item_is_left_out_and_the_rest_is_issued(engine: Engine, partly: str) -> None:
    assert read(engine, partly).status == "partly_granted"
    with engine.connect() as db:
        (made,) = issued(db, partly)
    assert len(made.licences) == 4
    assert "食品经营许可" not in [line.item for line in made.licences]


def test_a_refused_item_keeps_its_reasons_for_the_applicant(
    engine: Engine, people: People, partly: str
) -> None:
    with engine.connect() as db:
        page = applicants_case(db, people["applicant"], partly)
    food = next(item for item in page.items if item.item == "food_operation")
    assert (food.outcome, food.reasons, food.licence) == ("refused", REFUSE["reasons"], None)
    assert page.certificate is not None


def test_the_applicant_is_told_once_at_the_end(desk: Connection, people: People, partly: str) -> None:
    told = select(messages).join(cases, cases.c.id == messages.c.case_id).where(cases.c.number == partly)
    (message,) = desk.execute(told.where(messages.c.kind == "finished")).all()
    assert message.user_id == people["applicant"].id
    assert partly in message.text and "已办结" in message.text


def test_a_case_with_nothing_granted_gets_no_licence_and_no_certificate(
    engine: Engine, people: People
) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, decide_food_operation=REFUSE)
    case = read(engine, number)
    assert (case.status, case.ended_at is not None) == ("refused", True)
    with engine.connect() as db:
        assert issued(db, number) == []
        given = select(func.count()).select_from(licences).where(licences.c.case_id == case.id)
        assert db.execute(given).scalar_one() == 0


def test_a_case_that_has_ended_waits_for_nobody(engine: Engine, partly: str) -> None:
    assert read(engine, partly).open_tasks == {}
