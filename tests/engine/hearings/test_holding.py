"""What the law wants of the notice of a hearing and of its minutes."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from engine.errors import Invalid, Refusal
from engine.hearings.deciding import minutes_of
from engine.hearings.hearing import Hearing, hearing
from tests.engine.clerks import case_of
from tests.engine.hearings.requesting import (
    HELD,
    ITEM,
    People,
    called,
    held,
    hold,
    types,
)

BAD_NOTICES = {
    "told six days before": ({"day": "2026-11-29"}, "day", "2026-11-30"),
    "after twenty working days": ({"day": "2026-12-22"}, "day", "2026-12-21"),
    "no place": ({"place": ""}, "place", "听证地点"),
    "no such hour": ({"clock": "03:00"}, "clock", "开始时间"),
    "the reviewer in the chair, by name": ({"chair": "market·甲"}, "chair", "不能主持"),
    "the reviewer in the chair, by login": (
        {"chair": "market·甲", "chair_login": "market"},
        "chair",
        "不能主持",
    ),
    "a login of nobody": ({"chair_login": "nobody"}, "chair_login", "没有“nobody”"),
    "a login of somebody else": ({"chair_login": "fire"}, "chair_login", "fire·甲"),
}


@pytest.mark.parametrize("case", BAD_NOTICES)
def test_a_notice_outside_the_law_is_refused_at_its_field(
    desk: Connection, people: People, number: str, case: str
) -> None:
    other, field, words = BAD_NOTICES[case]
    with pytest.raises(Invalid) as told:
        called(desk, people, number, **other)
    assert set(told.value.errors) == {field} and words in told.value.errors[field]


@pytest.mark.parametrize("day", ["2026-11-30", "2026-12-06", "2026-12-21"])
def test_a_hearing_may_be_called_for_the_first_and_the_last_day_and_a_sunday(
    desk: Connection, people: People, number: str, day: str
) -> None:
    assert hearing(desk, called(desk, people, number, day=day)).state == "called"


def test_a_colleague_who_did_not_review_the_item_may_take_the_chair(
    desk: Connection, people: People, number: str
) -> None:
    id = called(desk, people, number, chair="fire·甲", chair_login="fire")
    assert hearing(desk, id).chair == "fire·甲"


def test_minutes_are_frozen_with_who_signed_them(desk: Connection, people: People, number: str) -> None:
    id = held(desk, people, number)
    found: Hearing = hearing(desk, id)
    assert found.state == "held" and found.minutes is not None
    assert found.minutes["participants"] == [
        {"name": "张春和", "standing": "申请人", "signed": "signed", "why": None}
    ]
    assert minutes_of(desk, found.case_id, ITEM) == "2026年12月7日听证笔录"
    with pytest.raises(Refusal):
        hold(desk, people, number, id)
    assert types(desk, number) == ["hearing_offered", "hearing_asked", "hearing_called", "hearing_held"]


BAD_MINUTES = {
    "before the day that was told": ({"held_on": "2026-12-06"}, "held_on"),
    "in the future": ({"held_on": "2026-12-09"}, "held_on"),
    "postponed without a word": ({"held_on": "2026-12-08"}, "postponed"),
    "the reviewer in the chair": ({"chair": "market·甲"}, "chair"),
    "a refusal to sign without a reason": ({"participants-0-signed": "refused"}, "participants-0-why"),
    "nobody there": (
        {f"participants-0-{name}": "" for name in ("name", "standing", "signed")},
        "participants",
    ),
}


@pytest.mark.parametrize("case", BAD_MINUTES)
def test_minutes_outside_the_law_are_refused_at_their_field(
    desk: Connection, people: People, number: str, case: str
) -> None:
    id = called(desk, people, number)
    other, field = BAD_MINUTES[case]
    with pytest.raises(Invalid) as told:
        hold(desk, people, number, id, HELD + timedelta(days=1), **other)
    assert set(told.value.errors) == {field}


def test_a_postponed_hearing_says_why(desk: Connection, people: People, number: str) -> None:
    id = called(desk, people, number)
    why = "当日停电，已电话通知各方改到次日。"
    hold(desk, people, number, id, HELD + timedelta(days=1), held_on="2026-12-08", postponed=why)
    assert minutes_of(desk, case_of(desk, number).id, ITEM) == "2026年12月8日听证笔录"
