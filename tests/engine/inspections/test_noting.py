"""What phones note is kept once, each entry is answered for itself, and a refused one loses no other."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from engine.errors import Invalid, NotFound
from engine.inspections.entries import FARTHEST_AHEAD, HIGHEST_EDIT
from engine.inspections.sheet import read_sheet
from engine.queries.phone_sheet import last_edit
from engine.tables import events, inspection_entries
from tests.engine.clerks import case_of
from tests.engine.inspections.visiting import (
    STROKES,
    THERE,
    People,
    entry,
    found,
    hold,
    party,
    points_of_office,
    send,
    signed,
    states,
)

POINT = "food_layout"
LATER = THERE + timedelta(minutes=10)


def result_of(desk: Connection, visit: int, point: str = POINT) -> str:
    return next(each.result for each in read_sheet(desk, visit).points if each.point.id == point)


def test_what_an_inspector_notes_is_on_the_sheet_with_their_name(
    desk: Connection, people: People, visit: int
) -> None:
    send(desk, people["market"], visit, found("one", POINT, "fail", "操作间没有隔开。"))
    view = next(each for each in read_sheet(desk, visit).points if each.point.id == POINT)
    assert (view.result, view.words, view.said[0].name) == ("fail", "操作间没有隔开。", "market·甲")
    assert view.offices == ("张店区市场监督管理局",)


def test_one_sending_is_one_event_and_one_that_brings_nothing_new_is_none(
    desk: Connection, people: People, number: str, visit: int
) -> None:
    query = select(events.c.payload).where(events.c.case_id == case_of(desk, number).id)
    query = query.where(events.c.type == "inspection_noted")
    raw = [found(f"one-{n}", point) for n, point in enumerate(points_of_office(desk, visit, "market"))]
    for _ in range(2):
        send(desk, people["market"], visit, *raw)
        (payload,) = desk.execute(query).scalars().all()
    assert f'"entries":{len(raw)}' in payload and "sha256" in payload


def test_an_inspector_fills_their_own_part_and_the_lead_all(
    desk: Connection, people: People, visit: int, points: list[str]
) -> None:
    (refused,) = send(desk, people["fire"], visit, found("one", POINT))
    assert refused.state == "refused" and "其他部门" in refused.says and refused.do
    assert set(states(send(desk, people["inspector"], visit, *(found(p, p) for p in points)))) == {"kept"}


def test_nobody_else_notes_anything(desk: Connection, people: People, visit: int) -> None:
    for who in ("urban", "applicant", "elsewhere", "supervisor"):
        with pytest.raises(NotFound):
            send(desk, people[who], visit, found("one", POINT))
    with pytest.raises(NotFound):
        send(desk, people["inspector"], visit + 1000, found("one", POINT))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (found("bad", "point_of_nowhere"), "清单里没有"),
        (found("bad", POINT, "fail"), "没有写明情况"),
        (found("bad", POINT, "fail", "长" * 501), "最多 500 个字"),
        (found("bad", POINT, "fail", "坏\x00了"), "控制字符"),
        (found("bad", POINT, "fail", "坏\ud800了"), "控制字符"),
        (found("bad", POINT, "fail", "坏了🍜"), "印不出来"),
        (found("bad", POINT, "excellent"), "读不懂"),
        (found("bad", POINT, edit=-1), "读不懂"),
        ({**found("bad", POINT), "edit": True}, "读不懂"),
        ({**found("bad", POINT), "edit": 2**31}, "读不懂"),
        ({**found("bad", POINT), "id": "'; drop"}, "读不懂"),
        ({**found("bad", POINT), "subject": None}, "读不懂"),
        ({**found("bad", POINT), "body": []}, "读不懂"),
        ({**found("bad", POINT), "kind": "opinion"}, "读不懂"),
        ({**found("bad", POINT), "kind": []}, "读不懂"),
        (entry("bad", "point", {"result": ["pass"]}, POINT), "读不懂"),
        (entry("bad", "point", {"result": "pass", "words": 7}, POINT), "读不懂"),
        (entry("bad", "signature", {"strokes": [], "covers": []}), "签名是空的"),
        (entry("bad", "signature", {"strokes": [[[1001, 0]]], "covers": []}), "签名是空的"),
        (entry("bad", "signature", {"strokes": "<svg/>", "covers": []}), "签名是空的"),
        (entry("bad", "signature", {"strokes": STROKES, "covers": [{}]}), "读不懂"),
        (entry("bad", "signature", {"strokes": STROKES, "covers": "all"}), "读不懂"),
        (party("bad", [], answer="refused", words=""), "没有写明原因"),
        (party("bad", [], name=" "), "签名的是谁"),
        (party("bad", [], answer="perhaps"), "读不懂"),
        ("draft", "读不懂"),
        (None, "读不懂"),
    ],
)
def test_a_bad_entry_is_refused_in_words_and_the_others_are_kept(
    desk: Connection, people: People, visit: int, raw: Any, said: str
) -> None:
    good = found("good-one", POINT), found("good-two", "food_people")
    answers = send(desk, people["market"], visit, good[0], raw, good[1])
    assert states(answers) == ["kept", "refused", "kept"]
    assert said in answers[1].says and answers[1].do
    assert read_sheet(desk, visit).sheet.holding == {each["id"] for each in good}


@pytest.mark.parametrize("edit", [FARTHEST_AHEAD + 1, HIGHEST_EDIT])
def test_an_entry_far_ahead_is_refused_and_a_colleague_s_ordinary_note_is_kept(
    desk: Connection, people: People, visit: int, edit: int
) -> None:
    (refused,) = send(desk, people["fire"], visit, found("ahead", "fire_exits", edit=edit))
    assert refused.state == "refused" and "读不懂" in refused.says
    ordinary = found("ordinary", POINT, edit=last_edit(desk, visit) + 1)
    assert states(send(desk, people["market"], visit, ordinary)) == ["kept"]


def test_an_id_that_is_known_with_other_content_is_refused_and_changes_nothing(
    desk: Connection, people: People, visit: int
) -> None:
    send(desk, people["market"], visit, found("same", POINT))
    answers = send(
        desk, people["market"], visit, found("same", POINT, "fail", "不一样"), found("same", POINT)
    )
    assert states(answers) == ["refused", "known"] and "编号已经用过" in answers[0].says
    assert states(send(desk, people["inspector"], visit, found("same", POINT))) == ["refused"]
    assert result_of(desk, visit) == "pass"


def test_an_id_twice_in_one_sending_is_kept_once(desk: Connection, people: People, visit: int) -> None:
    answers = send(
        desk,
        people["market"],
        visit,
        found("same", POINT),
        found("same", POINT),
        found("same", POINT, "na"),
    )
    assert states(answers) == ["kept", "known", "refused"]


def test_a_closed_visit_takes_no_more_and_still_says_what_it_has(
    desk: Connection, people: People, visit: int
) -> None:
    send(desk, people["market"], visit, found("before", POINT))
    hold(desk, visit)
    answers = send(desk, people["market"], visit, found("before", POINT), found("after", POINT, edit=2))
    assert states(answers) == ["known", "refused"]
    assert "已经结束" in answers[1].says and "还在这部手机里" in answers[1].do


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(days=-365), timedelta(minutes=6)])
def test_a_clock_that_is_wrong_is_put_right_and_shown(
    desk: Connection, people: People, visit: int, off: timedelta
) -> None:
    """The phone notes at nine by a wrong clock and sends ten minutes later."""
    raw = {**found("wrong", POINT), "noted_at": (THERE + off).isoformat()}
    send(desk, people["market"], visit, raw, sent_at=LATER + off, now=LATER)
    said = next(each for each in read_sheet(desk, visit).points if each.point.id == POINT).said[0]
    assert (said.noted_at, said.skewed) == (THERE, True)


@pytest.mark.parametrize(
    "noted", [None, 7, "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_a_time_that_cannot_be_is_no_reason_to_lose_what_was_noted(
    desk: Connection, people: People, visit: int, noted: object
) -> None:
    answers = send(desk, people["market"], visit, {**found("when", POINT), "noted_at": noted})
    assert states(answers) == ["kept"]
    (at,) = desk.execute(select(inspection_entries.c.noted_at)).scalars().all()
    assert at <= THERE


def test_a_clock_that_is_a_little_off_is_nothing_to_show(
    desk: Connection, people: People, visit: int
) -> None:
    send(desk, people["market"], visit, found("near", POINT), sent_at=THERE + timedelta(seconds=299))
    assert not next(each for each in read_sheet(desk, visit).points if each.point.id == POINT).said[0].skewed


def test_what_is_no_sending_at_all_is_refused_whole(desk: Connection, people: People, visit: int) -> None:
    for entries, device in (([found(f"much-{n}", POINT) for n in range(501)], "phone-one"), ([], "x" * 65)):
        with pytest.raises(Invalid):
            send(desk, people["market"], visit, *entries, device=device)


def test_nothing_unknown_is_kept_with_an_entry(desk: Connection, people: People, visit: int) -> None:
    raw = entry("more", "point", {"result": "pass", "words": "", "note": "x" * 9999}, POINT)
    send(desk, people["market"], visit, raw, signed("mine", [raw["id"]]))
    bodies = desk.execute(select(inspection_entries.c.body).order_by(inspection_entries.c.kind)).scalars()
    assert [body.keys() for body in bodies] == [{"result", "words"}, {"strokes", "covers"}]
