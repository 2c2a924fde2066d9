"""A case is shown to its applicant, to the offices working on it and to who knows its number and phone."""

import pytest
from sqlalchemy import Connection, Engine, insert

from engine.errors import NotFound
from engine.people import User
from engine.queries.cases import applicants_case, case_by_number_and_phone, staff_case
from engine.tables import memberships, users
from tests.engine.clerks import REFUSE, People, carry, finish
from tests.filing import NOW, ONLY_FOOD, file_case

PHONE = "5678"


@pytest.fixture(scope="module")
def reviewed(engine: Engine, people: People) -> str:
    """A case that waits for the joint visit."""
    number = file_case(engine, people)
    carry(engine, people, number, "inspect")
    return number


@pytest.fixture(scope="module")
def ended(engine: Engine, people: People) -> str:
    """A case that ended with the food licence refused and the rest granted."""
    number = file_case(engine, people)
    carry(engine, people, number, decide_food_operation=REFUSE)
    return number


def test_the_applicant_sees_who_has_it_now_and_until_when(
    desk: Connection, people: People, reviewed: str
) -> None:
    page = applicants_case(desk, people["applicant"], reviewed)
    (waits,) = page.waiting
    assert (waits.step, waits.act) == ("inspect", "inspect")
    assert waits.office.startswith("张店区")
    assert waits.due_at is not None and waits.due_at > NOW


def test_another_applicant_does_not_find_it(desk: Connection, people: People, reviewed: str) -> None:
    with pytest.raises(NotFound):
        applicants_case(desk, people["other_applicant"], reviewed)


@pytest.mark.parametrize(
    "who", ["window", "window2", "market", "fire", "approval", "inspector", "supervisor"]
)
def test_every_office_that_works_or_worked_on_it_sees_it(
    desk: Connection, people: People, reviewed: str, who: str
) -> None:
    assert staff_case(desk, people[who], reviewed).number == reviewed


@pytest.mark.parametrize("who", ["elsewhere", "applicant", "other_applicant"])
def test_an_office_that_has_no_part_in_it_yet_does_not(
    desk: Connection, people: People, reviewed: str, who: str
) -> None:
    with pytest.raises(NotFound):
        staff_case(desk, people[who], reviewed)


def test_a_supervisor_of_another_region_does_not_see_it(desk: Connection, reviewed: str) -> None:
    row = {"login": "far", "name": "远", "password_hash": "-", "created_at": NOW}
    id = desk.execute(insert(users).values(row).returning(users.c.id)).scalar_one()
    desk.execute(insert(memberships).values(user_id=id, role="supervisor", department="", region="370302"))
    with pytest.raises(NotFound):
        staff_case(desk, User(id, "far", "远"), reviewed)


@pytest.mark.parametrize("number", ["", "370303-YYZ-20261123-9999", "%"])
def test_a_number_that_does_not_exist_is_not_found(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(NotFound):
        applicants_case(desk, people["applicant"], number)


def test_the_diagram_s_states_follow_the_case(desk: Connection, people: People, reviewed: str) -> None:
    states = applicants_case(desk, people["applicant"], reviewed).states
    assert states["accept"] == states["review_food_operation"] == "done"
    assert states["inspect"] == "active"
    assert states.get("decide_food_operation", "waiting") == "waiting"


def test_the_items_stand_in_the_industry_s_order_with_their_licences(
    desk: Connection, people: People, ended: str
) -> None:
    page = applicants_case(desk, people["applicant"], ended)
    assert [item.item for item in page.items][:2] == ["food_operation", "fire_check"]
    assert [item.licence is None for item in page.items] == [True, False, False, False, False]
    assert page.certificate is not None and page.certificate.issue == 1


def test_the_timeline_tells_what_happened_in_order_and_by_whom(
    desk: Connection, people: People, ended: str
) -> None:
    line = applicants_case(desk, people["applicant"], ended).timeline
    assert (line[0].type, line[0].by) == ("submitted", "applicant")
    done = [entry for entry in line if entry.type == "task_completed"]
    assert (done[0].act, done[0].outcome, done[0].by) == ("accept", "accept", "clerk")
    assert done[0].office.endswith("行政审批服务局")
    refused = next(entry for entry in done if entry.outcome == "refused")
    assert (refused.act, refused.title) == ("decide", "决定食品经营许可")
    assert [entry.by for entry in done if entry.act == "license"] == ["system"] * 4
    assert [entry.at for entry in line] == sorted(entry.at for entry in line)


def test_what_happened_and_who_has_it_now_says_nothing_personal(
    desk: Connection, people: People, ended: str
) -> None:
    found = case_by_number_and_phone(desk, ended, PHONE)
    assert (found.number, found.status) == (ended, "partly_granted")
    said = repr([found.timeline, found.waiting, found.states])
    for secret in ("春和", "张春和", "13805335678", "370303190001010016", REFUSE["reasons"]):
        assert secret not in said


@pytest.mark.parametrize(
    ("wrong_number", "phone"),
    [(True, PHONE), (False, "0000"), (True, "0000"), (False, "%"), (False, "____")],
)
def test_a_wrong_number_and_a_wrong_phone_get_the_same_answer(
    desk: Connection, ended: str, wrong_number: bool, phone: str
) -> None:
    number = ended.replace("-000", "-999") if wrong_number else ended
    with pytest.raises(NotFound) as refused:
        case_by_number_and_phone(desk, number, phone)
    assert "受理号" in refused.value.do


def test_a_case_of_one_item_shows_only_that_item(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    with engine.connect() as db:
        finish(db, people, number, "accept")
        page = applicants_case(db, people["applicant"], number)
    assert [item.item for item in page.items] == ["food_operation"]
    assert [each.step for each in page.waiting] == ["review_food_operation"]
