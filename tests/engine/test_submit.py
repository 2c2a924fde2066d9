"""Filing turns a draft into a case with its number, once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, func, select

from engine.commands.submit import submit
from engine.database import run, transaction
from engine.drafts import start_draft
from engine.errors import Incomplete, NotFound
from engine.tables import case_items, cases, drafts, events, materials, number_series, subjects
from tests.engine.clerks import People, case_of
from tests.filing import EVERYTHING, INDUSTRY, NOW, ONLY_FOOD, fill_draft, waiting

TOKENS: Iterator[str] = (f"token-{number}" for number in range(1000))


@pytest.fixture(scope="module")
def drafted(engine: Engine, people: People) -> str:
    """A draft that is ready to be filed."""
    with transaction(engine) as db:
        return fill_draft(db, people["applicant"])


def file(db: Connection, people: People, draft: str, token: str = "") -> str:
    return submit(db, user=people["applicant"], draft=draft, token=token or next(TOKENS), now=NOW)


def test_a_filed_draft_is_a_case_with_its_items_and_materials(
    desk: Connection, people: People, drafted: str
) -> None:
    number = file(desk, people, drafted)
    row = desk.execute(select(cases).where(cases.c.number == number)).one()
    assert (row.status, row.operator, row.region) == ("submitted", "淄博张店春和餐饮有限公司", "370303")
    items = desk.execute(select(case_items.c.item).where(case_items.c.case_id == row.id)).scalars()
    assert set(items) == {"food_operation", "fire_check", "tobacco_retail", "drainage", "signboard"}
    handed_in = select(func.count()).select_from(materials).where(materials.c.case_id == row.id)
    assert desk.execute(handed_in).scalar_one() > 0
    assert set(waiting(desk, number)) == {"accept"}


def test_only_the_items_of_the_answers_are_filed(desk: Connection, people: People) -> None:
    draft = fill_draft(desk, people["applicant"], ONLY_FOOD)
    assert set(case_of(desk, file(desk, people, draft)).items) == {"food_operation"}


def test_the_first_line_of_the_log_names_the_deployment_and_the_items(
    desk: Connection, people: People, drafted: str
) -> None:
    case = case_of(desk, file(desk, people, drafted))
    row = desk.execute(select(events).where(events.c.case_id == case.id)).one()
    assert (row.seq, row.type, row.actor) == (1, "submitted", f"user:{people['applicant'].id}")
    assert '"deployment":"' in row.payload and "food_operation" in row.payload


def test_the_same_token_again_is_the_same_number(desk: Connection, people: People, drafted: str) -> None:
    first = file(desk, people, drafted, "once")
    assert file(desk, people, drafted, "once") == first
    assert desk.execute(select(func.count()).select_from(cases)).scalar_one() == 1


def test_another_tab_with_another_token_is_the_same_number_too(
    desk: Connection, people: People, drafted: str
) -> None:
    assert file(desk, people, drafted, "one tab") == file(desk, people, drafted, "another tab")


def test_numbers_of_a_region_and_day_follow_each_other(desk: Connection, people: People) -> None:
    made = [file(desk, people, fill_draft(desk, people["applicant"], ONLY_FOOD)) for _ in range(3)]
    assert made == [f"370303-YYZ-20261123-000{n}" for n in (1, 2, 3)]


def test_each_region_counts_by_itself(desk: Connection, people: People, drafted: str) -> None:
    elsewhere = fill_draft(desk, people["applicant"], {**ONLY_FOOD, "district": "370302"})
    assert file(desk, people, drafted) == "370303-YYZ-20261123-0001"
    assert file(desk, people, elsewhere) == "370302-YYZ-20261123-0001"


def test_a_filing_that_is_rolled_back_leaves_no_gap(engine: Engine, people: People, drafted: str) -> None:
    with engine.connect() as db:
        assert file(db, people, drafted).endswith("-0001")
        db.rollback()
    with engine.connect() as db:
        assert db.execute(select(number_series)).all() == []
        assert file(db, people, drafted).endswith("-0001")
        db.rollback()


def test_a_draft_with_sections_to_fill_is_incomplete_and_names_them(desk: Connection, people: People) -> None:
    draft = start_draft(desk, user=people["applicant"], industry=INDUSTRY, answers=EVERYTHING, now=NOW)
    with pytest.raises(Incomplete) as refused:
        file(desk, people, draft)
    assert "subject" in refused.value.sections and "premises" in refused.value.sections
    assert desk.execute(select(func.count()).select_from(cases)).scalar_one() == 0


def test_another_person_s_draft_is_not_found(desk: Connection, people: People, drafted: str) -> None:
    with pytest.raises(NotFound):
        submit(desk, user=people["other_applicant"], draft=drafted, token="t", now=NOW)


def test_a_draft_that_does_not_exist_is_not_found(desk: Connection, people: People) -> None:
    with pytest.raises(NotFound):
        file(desk, people, "no-such-draft")


def test_two_cases_of_one_enterprise_are_of_one_subject(desk: Connection, people: People) -> None:
    for _ in range(2):
        file(desk, people, fill_draft(desk, people["applicant"], ONLY_FOOD))
    assert desk.execute(select(func.count()).select_from(subjects)).scalar_one() == 1
    assert desk.execute(select(func.count(cases.c.subject_id.distinct()))).scalar_one() == 1


def test_a_filed_draft_is_closed_and_knows_its_case(engine: Engine, people: People) -> None:
    with transaction(engine) as db:
        draft = fill_draft(db, people["applicant"], ONLY_FOOD)
    number = run(engine, lambda db: file(db, people, draft))
    with engine.connect() as db:
        row = db.execute(select(drafts).where(drafts.c.id == draft)).one()
        assert (row.state, row.case_id) == ("submitted", case_of(db, number).id)
