"""The one notice: everything that all offices marked, once, within the law's form."""

import json
from datetime import date

import pytest
from sqlalchemy import Connection, select

from engine.corrections.points import Correction, corrections_of, marked_points
from engine.corrections.sending import NOTHING_MARKED, SECOND, lapse
from engine.errors import Invalid
from engine.tables import letters, messages
from tests.engine.clerks import case_of
from tests.engine.corrections.approving import add_head, allow_second
from tests.engine.corrections.noticing import People, answer, ask, note, send_reply, work
from tests.filing import NOW, waiting


def notices(db: Connection, number: str) -> tuple[Correction, ...]:
    return corrections_of(db, case_of(db, number).id)


def test_what_two_departments_and_the_window_marked_goes_out_as_one_notice(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    note(desk, people, number, "market", "food_items", "food_operation")
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    case = case_of(desk, number)
    (notice,) = notices(desk, number)
    assert (notice.round, notice.state, len(notice.points)) == (1, "sent", 3)
    assert marked_points(desk, case.id) == ()
    assert case.status == "correcting" and case.words["asked_items"] == ["fire_check", "food_operation"]
    assert list(waiting(desk, number)) == ["correct"]


def test_the_reply_is_due_by_the_regions_working_days(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    assert notices(desk, number)[0].due_on == date(2026, 12, 21)  # 20 working days after 23 November
    assert str(case_of(desk, number).words["correction_ends"]).startswith("2026-12-21")


def test_the_letter_names_a_thing_once_with_what_each_office_says(
    desk: Connection, people: People, number: str
) -> None:
    note(desk, people, number, "fire", "floor_plan", "fire_check", target="material", reason="没有出口。")
    plan = {"target": "material", "reason": "看不清厨房。", "type": "missing"}
    note(desk, people, number, "market", "floor_plan", "food_operation", **plan)
    ask(desk, people, number)
    found = desk.execute(
        select(letters.c.content).where(
            letters.c.case_id == case_of(desk, number).id, letters.c.kind == "correction"
        )
    ).scalar_one()
    content = json.dumps(found, ensure_ascii=False)
    assert content.count("经营场所平面布局图") == 1
    for words in ("消防救援大队：没有出口。", "市场监督管理局：看不清厨房。", "看不清或不完整、缺少"):
        assert words in content


def test_the_applicant_is_told(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    told = select(messages.c.text).where(
        messages.c.user_id == people["applicant"].id, messages.c.case_id == case_of(desk, number).id
    )
    assert any("补正" in text for text in desk.execute(told).scalars())


def test_without_a_mark_there_is_no_notice(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(Invalid) as refused, desk.begin_nested():
        ask(desk, people, number)
    assert refused.value.errors == {"outcome": NOTHING_MARKED}
    assert notices(desk, number) == () and list(waiting(desk, number)) == ["accept"]


def replied(db: Connection, people: People, number: str) -> None:
    """A first notice was answered, and the window has the case again with something marked."""
    note(db, people, number, "window", "phone")
    ask(db, people, number)
    send_reply(db, people, number, phone="13805335679")
    note(db, people, number, "window", "floors")


def test_a_second_notice_needs_a_heads_approval(desk: Connection, people: People, number: str) -> None:
    replied(desk, people, number)
    with pytest.raises(Invalid) as refused, desk.begin_nested():
        ask(desk, people, number)
    assert refused.value.errors == {"outcome": SECOND}
    allow_second(desk, people["window"], add_head(desk), number)
    ask(desk, people, number)
    assert [each.round for each in notices(desk, number)] == [1, 2]


def test_an_approval_is_good_for_one_notice(desk: Connection, people: People, number: str) -> None:
    replied(desk, people, number)
    allow_second(desk, people["window"], add_head(desk), number)
    ask(desk, people, number)
    send_reply(desk, people, number, 2, floors="1 至 2 层")
    note(desk, people, number, "window", "phone")
    with pytest.raises(Invalid):
        ask(desk, people, number)


def test_a_refused_approval_changes_nothing(desk: Connection, people: People, number: str) -> None:
    replied(desk, people, number)
    allow_second(desk, people["window"], add_head(desk), number, granted=False)
    with pytest.raises(Invalid):
        ask(desk, people, number)


def test_there_is_nothing_to_approve_before_the_first_notice(
    desk: Connection, people: People, number: str
) -> None:
    with pytest.raises(Invalid):
        allow_second(desk, people["window"], add_head(desk), number)


def test_a_lapsed_notice_takes_no_reply(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    ended = lapse(desk, case_of(desk, number).id, NOW)
    assert ended is not None and ended.round == 1
    assert notices(desk, number)[0].state == "lapsed"
    assert lapse(desk, case_of(desk, number).id, NOW) is None
    with pytest.raises(Exception, match="已经提交过，或者已经结束"):
        answer(desk, people, number, phone="13805335679")


def test_the_window_accepts_after_the_reply(desk: Connection, people: People, number: str) -> None:
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    send_reply(desk, people, number, phone="13805335679")
    assert list(waiting(desk, number)) == ["accept"]  # nobody else had asked
    work(desk, people, number, "accept", "window", {"outcome": "accept"})
    assert case_of(desk, number).accepted is True
