"""A visit lacks what it lacks until every point has a result and everybody who has to has signed."""

import pytest
from sqlalchemy import Connection, update

from engine.inspections.sheet import lacking, read_sheet, results
from engine.tables import inspections, inspectors
from tests.engine.inspections.visiting import (
    People,
    found,
    note_all,
    party,
    points_of_office,
    send,
    sign_all,
    signed,
)

POINT = "food_layout"


def holding(desk: Connection, visit: int) -> list[str]:
    return sorted(read_sheet(desk, visit).sheet.holding)


def said(desk: Connection, visit: int) -> str:
    return "\n".join(lacking(desk, visit))


def test_a_sheet_with_every_result_and_signature_lacks_nothing(
    desk: Connection, people: People, visit: int, points: list[str]
) -> None:
    note_all(desk, people, visit)
    sign_all(desk, people, visit)
    assert lacking(desk, visit) == ()
    assert results(desk, visit) == {each: {"result": "pass", "words": ""} for each in points}


def test_an_empty_sheet_lacks_everything_in_words(desk: Connection, visit: int, points: list[str]) -> None:
    sentences = lacking(desk, visit)
    assert len(sentences) == 3
    assert f"{len(points)} 个要点" in sentences[0]
    assert "两名以上" in sentences[1] and "有效的签名有 0 个" in sentences[1]
    assert "申请人一方还没有签名" in sentences[2]


def test_one_officer_alone_is_not_enough(desk: Connection, people: People, visit: int) -> None:
    note_all(desk, people, visit)
    covers = holding(desk, visit)
    send(desk, people["inspector"], visit, signed("sign-one", covers), party("party-one", covers))
    (sentence,) = lacking(desk, visit)
    assert "两名以上" in sentence and "有 1 个" in sentence


def test_what_is_changed_after_the_signatures_has_to_be_signed_again(
    desk: Connection, people: People, visit: int
) -> None:
    note_all(desk, people, visit)
    sign_all(desk, people, visit)
    send(desk, people["market"], visit, found("later", POINT, "fail", "操作间没有隔开。", edit=20))
    words = said(desk, visit)
    assert words.count("重新签名") == 4  # three inspectors, and the applicant's person
    covers = holding(desk, visit)
    for who in ("inspector", "market", "fire"):
        send(desk, people[who], visit, signed(f"again-{who}", covers, edit=30))
    send(desk, people["market"], visit, party("again-party", covers, edit=30))
    assert lacking(desk, visit) == ()
    assert results(desk, visit)[POINT] == {"result": "fail", "words": "操作间没有隔开。"}


def test_who_noted_something_signs_it(desk: Connection, people: People, visit: int) -> None:
    note_all(desk, people, visit)
    send(desk, people["market"], visit, found("mine", POINT))
    covers = holding(desk, visit)
    for who in ("inspector", "fire"):
        send(desk, people[who], visit, signed(f"sign-{who}", covers))
    send(desk, people["fire"], visit, party("party-one", covers))
    assert lacking(desk, visit) == ("market·甲记录了结果，还没有签名。请market·甲核对后签名。",)


def test_who_noted_something_without_being_named_has_to_be_named(
    desk: Connection, people: People, visit: int
) -> None:
    note_all(desk, people, visit)
    send(desk, people["market"], visit, found("mine", POINT))
    sign_all(desk, people, visit)
    desk.execute(inspectors.delete().where(inspectors.c.user_id == people["market"].id))
    assert lacking(desk, visit) == ("market·甲记录了结果，但不在踏勘人员名单里。请先把market·甲加入名单。",)


def test_who_refuses_to_sign_is_recorded_with_words(desk: Connection, people: People, visit: int) -> None:
    note_all(desk, people, visit)
    sign_all(desk, people, visit)
    refusal = party(
        "refusal", holding(desk, visit), answer="refused", words="对油烟一项有异议。", strokes=[], edit=20
    )
    send(desk, people["fire"], visit, refusal)
    answer = read_sheet(desk, visit).party
    assert answer is not None and (answer.answer, answer.words) == ("refused", "对油烟一项有异议。")
    assert lacking(desk, visit) == ()


@pytest.mark.parametrize("kind", ["paper", "remote"])
def test_where_nobody_stands_beside_nobody_signs_for_the_applicant(
    desk: Connection, people: People, visit: int, kind: str
) -> None:
    desk.execute(update(inspections).where(inspections.c.id == visit).values(kind=kind))
    assert "申请人一方" not in said(desk, visit)


def test_words_of_several_people_are_joined_with_their_names(
    desk: Connection, people: People, visit: int
) -> None:
    send(desk, people["inspector"], visit, found("one", POINT, "pass", "整洁"))
    send(desk, people["market"], visit, found("two", POINT, "fail", "没有隔开"))
    view = next(each for each in read_sheet(desk, visit).points if each.point.id == POINT)
    assert view.divided
    assert results(desk, visit) == {POINT: {"result": "fail", "words": view.words}}
    assert sorted(view.words.splitlines()) == ["inspector·甲：整洁", "market·甲：没有隔开"]


def test_a_point_is_the_part_of_every_office_whose_items_ask_for_it(desk: Connection, visit: int) -> None:
    view = read_sheet(desk, visit)
    assert points_of_office(desk, visit, "fire") == [
        each.point.id for each in view.points if "fire_check" in each.point.items
    ]
    assert all(each.offices for each in view.points)
