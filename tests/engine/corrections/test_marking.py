"""Marking: by the window and by those who review, only what the case asks of them, only on receipt."""

import pytest
from sqlalchemy import Connection, select

from engine.corrections.marking import unmark
from engine.corrections.points import Point, marked_points
from engine.corrections.waiting import waiting_checks
from engine.errors import Invalid, NotAllowed, NotFound
from engine.queries.cases import staff_case
from engine.queries.sight import items_seen
from engine.tables import events
from tests.engine.clerks import case_of
from tests.engine.corrections.noticing import People, ask, note
from tests.filing import NOW


def marks(db: Connection, number: str) -> tuple[Point, ...]:
    return marked_points(db, case_of(db, number).id)


def test_a_mark_keeps_who_asks_what_for_which_item_and_the_value_as_it_was(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    (found,) = marks(desk, number)
    assert (found.item, found.department, found.before, found.type) == ("fire_check", "fire", 3, "unclear")


def test_the_window_marks_whatever_the_case_asks(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "window", "phone")
    note(desk, people, number, "window", "floor_plan", target="material")
    phone, plan = marks(desk, number)
    assert phone.item == "" and phone.department == "approval"
    assert [each["label"] for each in plan.before] == ["材料.pdf"]


def test_marked_again_by_the_same_desk_the_later_words_stand(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    note(desk, people, number, "fire", "fire_exits", "fire_check", reason="又看了一遍。")
    assert [each.reason for each in marks(desk, number)] == ["又看了一遍。"]


def test_two_offices_mark_the_same_question_each_for_itself(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "op_address", "fire_check")
    note(desk, people, number, "market", "op_address", "food_operation")
    assert {each.department for each in marks(desk, number)} == {"fire", "market"}


@pytest.mark.parametrize(
    ("who", "name", "item"),
    [
        ("fire", "food_items", "food_operation"),  # another office's item
        ("fire", "food_items", "fire_check"),  # not asked by its own item
        ("fire", "fire_exits", ""),  # in the window's name
        ("window", "fire_exits", "fire_check"),  # in a department's name
    ],
)
def test_nobody_marks_in_the_name_of_another_office(
    desk: Connection, people: People, number: str, who: str, name: str, item: str
) -> None:
    with pytest.raises(NotAllowed):
        note(desk, people, number, who, name, item)
    assert marks(desk, number) == ()


@pytest.mark.parametrize(
    ("name", "target"),
    [("no_such_field", "field"), ("phone", "material"), ("floor_plan", "field"), ("agent_name", "field")],
)
def test_what_the_case_does_not_ask_is_not_found(
    desk: Connection, people: People, number: str, name: str, target: str
) -> None:
    with pytest.raises(NotFound):
        note(desk, people, number, "window", name, target=target)


@pytest.mark.parametrize("who", ["elsewhere", "approval", "inspector", "applicant", "supervisor"])
def test_the_case_is_not_before_other_people(desk: Connection, people: People, number: str, who: str) -> None:
    if who == "approval":  # reviews none of these items, though it decides some
        with pytest.raises(NotFound):
            note(desk, people, number, who, "phone", "food_operation")
        return
    with pytest.raises(NotFound):
        note(desk, people, number, who, "phone")


def test_what_is_not_filled_in_is_named_at_its_field(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        note(desk, people, number, "window", "phone", type="bad", reason=" ", wanted="长" * 501)
    assert set(refused.value.errors) == {"type", "reason", "wanted"}
    assert "501 个字" in refused.value.errors["wanted"]


def test_a_control_character_is_refused_in_words(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        note(desk, people, number, "window", "phone", reason="第\x002页")
    assert "控制字符" in refused.value.errors["reason"]


def test_an_office_takes_back_its_own_mark_and_no_other(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    (point,) = marks(desk, number)
    with pytest.raises(NotFound), desk.begin_nested():
        unmark(desk, user=people["market"], number=number, point=point.id, now=NOW)
    unmark(desk, user=people["fire"], number=number, point=point.id, now=NOW)
    assert marks(desk, number) == ()


def test_each_mark_is_one_line_of_the_log(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    log = select(events.c.type).where(events.c.case_id == case_of(desk, number).id).order_by(events.c.seq)
    assert list(desk.execute(log).scalars()) == ["submitted", "point_marked"]


def test_once_the_notice_is_out_nobody_marks_or_takes_back(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    (point,) = marks(desk, number)
    ask(desk, people, number)
    with pytest.raises(NotFound):
        note(desk, people, number, "market", "food_items", "food_operation")
    with pytest.raises(NotFound):
        unmark(desk, user=people["fire"], number=number, point=point.id, now=NOW)


def test_a_reviewer_finds_the_case_on_receipt_with_its_light_and_marks(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "market", "food_items", "food_operation")
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    (found,) = [each for each in waiting_checks(desk, people["market"].id) if each.case_number == number]
    assert found.items == ("食品经营许可",) and found.marked == 1
    assert found.light is not None and found.light.due_on.isoformat() == "2026-11-30"
    for who in ("window", "approval", "elsewhere"):
        assert waiting_checks(desk, people[who].id) == ()


def test_a_reviewer_reads_its_own_item_on_receipt_and_nothing_while_the_applicant_corrects(
    desk: Connection, people: People, number: str
) -> None:
    user, case = people["market"], case_of(desk, number)
    assert staff_case(desk, user, number).number == number
    assert items_seen(desk, user, case.id) == {"food_operation"}
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    assert number not in {each.case_number for each in waiting_checks(desk, user.id)}
    with pytest.raises(NotFound):
        staff_case(desk, user, number)
