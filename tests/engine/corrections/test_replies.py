"""The applicant's reply: only what was flagged, all of it, once, and nothing that changes the items."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from engine.commands.withdraw import withdraw
from engine.corrections.files import attach_reply, remove_reply_file
from engine.corrections.points import Point, corrections_of
from engine.corrections.replies import files_input, read_reply
from engine.corrections.resubmit import OTHER_ITEMS, resubmit
from engine.errors import Invalid, NotFound, Refusal
from engine.queries.files import case_file
from engine.tables import case_items, cases, events, materials
from engine.uploads import Upload
from tests.engine.clerks import case_of
from tests.engine.corrections.noticing import People, answer, ask, note, send_reply
from tests.filing import NOW, waiting

PLAN = Upload("新平面图.pdf", "application/pdf", b"%PDF-1.7 new %%EOF")


@pytest.fixture
def asked(desk: Connection, people: People, number: str) -> str:
    """A case with a question and a material flagged, the material by two offices."""
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    note(desk, people, number, "fire", "floor_plan", "fire_check", target="material")
    note(desk, people, number, "market", "floor_plan", "food_operation", target="material")
    ask(desk, people, number)
    return number


def hand_in(
    db: Connection, people: People, number: str, material: str = "floor_plan", sha256: str = "1" * 64
) -> None:
    user = people["applicant"]
    attach_reply(
        db, user=user, number=number, round=1, material=material, upload=PLAN, sha256=sha256, now=NOW
    )


def points(db: Connection, number: str) -> tuple[Point, ...]:
    return corrections_of(db, case_of(db, number).id)[-1].points


def answers(db: Connection, number: str) -> dict[str, object]:
    found: dict[str, object] = db.execute(
        select(cases.c.answers).where(cases.c.number == number)
    ).scalar_one()
    return found


def test_only_what_was_flagged_is_asked(desk: Connection, people: People, asked: str) -> None:
    reply = read_reply(desk, people["applicant"], asked, 1)
    assert [flag.thing.name for flag in reply.flags] == ["fire_exits", "floor_plan"]
    assert [one.field.id for one in reply.asked] == ["fire_exits"]
    assert len(reply.flags[1].points) == 2


def test_everything_is_needed_before_anything_is_sent(desk: Connection, people: People, asked: str) -> None:
    missing = answer(desk, people, asked, fire_exits="3")
    assert set(missing) == {"fire_exits", files_input("floor_plan")}
    with pytest.raises(Invalid) as refused:
        resubmit(desk, user=people["applicant"], number=asked, round=1, now=NOW)
    assert set(refused.value.errors) == set(missing)


def test_a_wrong_value_is_named_and_the_right_ones_are_kept(
    desk: Connection, people: People, asked: str
) -> None:
    found = answer(desk, people, asked, fire_exits="四", cannot_material_floor_plan="设计院已停业。")
    assert "fire_exits" in found
    reply = read_reply(desk, people["applicant"], asked, 1)
    assert reply.inputs["cannot_material_floor_plan"] == "设计院已停业。"
    assert reply.flags[0].reply is None


def test_once_sent_the_case_has_the_new_values_and_the_points_the_old_ones(
    desk: Connection, people: People, asked: str
) -> None:
    hand_in(desk, people, asked)
    send_reply(desk, people, asked, fire_exits="4")
    assert answers(desk, asked)["fire_exits"] == 4
    exits, *plans = points(desk, asked)
    assert (exits.before, exits.reply) == (3, {"value": 4})
    assert [each.reply["files"][0]["label"] for each in plans if each.reply] == ["新平面图.pdf"] * 2
    assert corrections_of(desk, case_of(desk, asked).id)[0].state == "answered"


def test_the_receipt_begins_anew_with_those_who_asked(desk: Connection, people: People, asked: str) -> None:
    hand_in(desk, people, asked)
    later = NOW + timedelta(days=2)
    send_reply(desk, people, asked, now=later, fire_exits="4")
    case = case_of(desk, asked)
    assert case.words["received_at"] == later.isoformat() and case.words["receipt"] is None
    assert set(case.open_tasks.values()) == {"recheck"} and len(case.open_tasks) == 2


def test_it_is_sent_once(desk: Connection, people: People, asked: str) -> None:
    hand_in(desk, people, asked)
    send_reply(desk, people, asked, fire_exits="4")
    with pytest.raises(Refusal):
        resubmit(desk, user=people["applicant"], number=asked, round=1, now=NOW)
    with pytest.raises(Refusal):
        answer(desk, people, asked, fire_exits="5")
    log = select(events.c.payload).where(
        events.c.case_id == case_of(desk, asked).id, events.c.payload.contains('"corrected"')
    )
    assert len(desk.execute(log).all()) == 1


def test_words_may_stand_for_what_cannot_be_had(desk: Connection, people: People, asked: str) -> None:
    words = {"cannot_field_fire_exits": "数过了，就是 3 个。", "cannot_material_floor_plan": "设计院已停业。"}
    send_reply(desk, people, asked, fire_exits="3", **words)
    exits, *_plans = points(desk, asked)
    assert exits.reply == {"words": "数过了，就是 3 个。"}
    assert answers(desk, asked)["fire_exits"] == 3


def test_a_file_is_part_of_the_case_only_once_sent(desk: Connection, people: People, asked: str) -> None:
    hand_in(desk, people, asked)
    (file,) = read_reply(desk, people["applicant"], asked, 1).files
    with pytest.raises(NotFound):
        case_file(desk, people["window"], file.id)
    send_reply(desk, people, asked, fire_exits="4")
    assert case_file(desk, people["window"], file.id).label == "新平面图.pdf"


def test_a_file_can_be_taken_out_again_while_it_is_not_sent(
    desk: Connection, people: People, asked: str
) -> None:
    hand_in(desk, people, asked)
    (file,) = read_reply(desk, people["applicant"], asked, 1).files
    user = people["applicant"]
    remove_reply_file(desk, user=user, number=asked, round=1, chosen=file.id, now=NOW)
    assert read_reply(desk, user, asked, 1).files == ()
    filed = desk.execute(
        select(materials.c.id).where(materials.c.case_id == case_of(desk, asked).id).limit(1)
    )
    with pytest.raises(NotFound):
        remove_reply_file(desk, user=user, number=asked, round=1, chosen=filed.scalar_one(), now=NOW)


def test_the_same_file_again_is_no_reply(desk: Connection, people: People, asked: str) -> None:
    with pytest.raises(Invalid, match="有误") as refused:
        hand_in(desk, people, asked, sha256="0" * 64)  # what was filed
    assert "完全一样" in refused.value.errors[files_input("floor_plan")]


def test_no_file_is_taken_for_what_was_not_asked(desk: Connection, people: People, asked: str) -> None:
    with pytest.raises(NotFound):
        hand_in(desk, people, asked, material="sign_image")


@pytest.mark.parametrize("who", ["other_applicant", "window"])
def test_it_is_the_applicants_own(desk: Connection, people: People, asked: str, who: str) -> None:
    with pytest.raises(NotFound):
        read_reply(desk, people[who], asked, 1)


def test_after_the_last_day_it_is_too_late(desk: Connection, people: People, asked: str) -> None:
    with pytest.raises(Refusal, match="期限已经过了"):
        answer(desk, people, asked, now=NOW + timedelta(days=29), fire_exits="4")


def test_a_case_that_was_withdrawn_takes_no_reply(desk: Connection, people: People, asked: str) -> None:
    user = people["applicant"]
    withdraw(desk, user=user, number=asked, items=None, reasons="", now=NOW)
    with pytest.raises(Refusal, match="已经结束"):
        answer(desk, people, asked, fire_exits="4")


def test_questions_that_come_up_with_the_new_answer_are_asked_too(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "window", "has_agent")
    ask(desk, people, number)
    found = answer(desk, people, number, has_agent="yes")
    assert found and all(name.startswith("agent") for name in found)
    typed = {
        "has_agent": "yes",
        "agent_name": "李代办",
        "agent_id_no": "370303190001010016",
        "agent_phone": "13805331234",
    }
    send_reply(desk, people, number, **typed)
    assert answers(desk, number)["agent_name"] == "李代办"


def test_an_answer_that_changes_the_items_is_refused(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "window", "area")
    ask(desk, people, number)
    assert answer(desk, people, number, area="120") == {}
    with pytest.raises(Invalid) as refused:
        resubmit(desk, user=people["applicant"], number=number, round=1, now=NOW)
    assert refused.value.errors == {"area": OTHER_ITEMS}
    assert list(waiting(desk, number)) == ["correct"]


def test_an_answer_that_leaves_the_items_as_they_are_is_taken_into_the_guide_too(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "window", "area")
    ask(desk, people, number)
    send_reply(desk, people, number, area="430")
    case = case_of(desk, number)
    assert case.guide["area"] == 430 and answers(desk, number)["area"] == 430
    items = select(case_items.c.item).where(case_items.c.case_id == case.id)
    assert len(desk.execute(items).all()) == 5


def test_a_corrected_name_or_phone_is_what_lists_and_look_ups_go_by(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "window", "phone")
    note(desk, people, number, "window", "ent_name")
    ask(desk, people, number)
    send_reply(desk, people, number, phone="13805335679", ent_name="淄博张店春和新餐饮有限公司")
    row = desk.execute(select(cases.c.phone, cases.c.operator).where(cases.c.number == number)).one()
    assert tuple(row) == ("13805335679", "淄博张店春和新餐饮有限公司")
