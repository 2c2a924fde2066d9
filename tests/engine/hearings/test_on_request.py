"""A hearing on request: who may offer it, ask, call, hold and call off, and what the decision waits for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from engine.errors import Invalid, NotFound, Refusal
from engine.hearings.deciding import minutes_of
from engine.hearings.hearing import Hearing, hearing
from engine.hearings.lapsing import lapse_all, overdue
from engine.hearings.offering import ask, decline, lapse, offer
from engine.hearings.requested import call_requested, cancel, hold_requested, note_request
from engine.people import User
from engine.tables import clock_entries, events, letters
from forms.inputs import Inputs
from tests.engine.clerks import carry, case_of
from tests.engine.clerks import finish as finish_step
from tests.filing import NOW, file_case

People = Mapping[str, User]
ITEM, DECIDE = "food_operation", "decide_food_operation"
NOTICE: Inputs = {
    "day": "2026-12-07",
    "clock": "14:00",
    "place": "区政务服务中心三楼听证室",
    "chair": "周持平",
    "chair_login": "",
}
MINUTES: Inputs = {
    "objections": "没有收到意见",
    "held_on": "2026-12-07",
    "chair": "周持平",
    "participants-0-name": "张春和",
    "participants-0-standing": "申请人",
    "participants-0-signed": "signed",
    "minutes": "申请人说明油烟净化设备已经更换，并出示检测报告。",
    "conclusion": "support",
}
HELD = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def number(engine: Engine, people: People) -> str:
    """A case that waits for the decision on its food permit."""
    number = file_case(engine, people)
    carry(engine, people, number, until=DECIDE)
    return number


def offered(db: Connection, people: People, number: str, now: datetime = NOW) -> int:
    why = "油烟直接影响楼上住户。"
    return offer(db, user=people["approval"], number=number, item=ITEM, reasons=why, now=now)


def asked(db: Connection, people: People, number: str) -> int:
    id = offered(db, people, number)
    ask(db, user=people["applicant"], number=number, hearing=id, words="我想说明油烟设备。", now=NOW)
    return id


def called(db: Connection, people: People, number: str, **other: str) -> int:
    id = asked(db, people, number)
    raw = {**NOTICE, **other}
    call_requested(db, user=people["approval"], number=number, hearing=id, raw=raw, now=NOW)
    return id


def held(db: Connection, people: People, number: str, **other: str) -> int:
    id = called(db, people, number)
    hold(db, people, number, id, **other)
    return id


def hold(db: Connection, people: People, number: str, id: int, now: datetime = HELD, **other: str) -> None:
    raw = {**MINUTES, **other}
    hold_requested(db, user=people["approval"], number=number, hearing=id, raw=raw, now=now)


def decide(db: Connection, people: People, number: str, **form: str) -> str:
    return finish_step(db, people, number, DECIDE, **form).outcome


def types(db: Connection, number: str) -> list[str]:
    query = select(events.c.type).where(events.c.case_id == case_of(db, number).id)
    found = db.execute(query.order_by(events.c.seq)).scalars()
    return [each for each in found if each.startswith("hearing_")]


def test_the_applicant_is_told_and_has_five_working_days(
    desk: Connection, people: People, number: str
) -> None:
    found = hearing(desk, offered(desk, people, number))
    assert (found.state, found.ground, found.ask_by) == ("offered", "request", date(2026, 11, 30))
    assert types(desk, number) == ["hearing_offered"]


def test_only_the_deciding_office_offers_and_only_once(desk: Connection, people: People, number: str) -> None:
    for stranger in ("market", "fire", "applicant", "elsewhere"):
        with pytest.raises(NotFound):
            offer(desk, user=people[stranger], number=number, item=ITEM, reasons="理由", now=NOW)
    offered(desk, people, number)
    with pytest.raises(Refusal, match="已经告知过"):
        offered(desk, people, number)


def test_an_offer_has_reasons(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(Invalid) as told:
        offer(desk, user=people["approval"], number=number, item=ITEM, reasons=" ", now=NOW)
    assert set(told.value.errors) == {"reasons"}


def test_an_item_that_is_not_before_the_decider_is_not_offered_one(
    desk: Connection, people: People, number: str
) -> None:
    with pytest.raises(NotFound):
        offer(desk, user=people["approval"], number=number, item="no_such_item", reasons="理由", now=NOW)


def test_nobody_but_the_applicant_asks_and_says_why(desk: Connection, people: People, number: str) -> None:
    id = offered(desk, people, number)
    with pytest.raises(NotFound):
        ask(desk, user=people["other_applicant"], number=number, hearing=id, words="我也要", now=NOW)
    with pytest.raises(Invalid) as told:
        ask(desk, user=people["applicant"], number=number, hearing=id, words="", now=NOW)
    assert set(told.value.errors) == {"words"}


def test_the_last_day_to_ask_is_still_in_time_and_the_next_is_not(
    desk: Connection, people: People, number: str
) -> None:
    id = offered(desk, people, number)
    last = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)  # one minute before midnight in Beijing
    with pytest.raises(Invalid, match="填写有误") as told:
        ask(
            desk,
            user=people["applicant"],
            number=number,
            hearing=id,
            words="要",
            now=last + timedelta(minutes=1),
        )
    assert "2026-11-30" in told.value.errors["words"]
    ask(desk, user=people["applicant"], number=number, hearing=id, words="要", now=last)
    assert hearing(desk, id).state == "asked"


@pytest.mark.parametrize("state", ["offered", "asked", "called"])
def test_nothing_is_decided_while_a_hearing_is_open(
    desk: Connection, people: People, number: str, state: str
) -> None:
    {"offered": offered, "asked": asked, "called": called}[state](desk, people, number)
    with pytest.raises(Invalid) as told:
        decide(desk, people, number)
    assert "听证" in told.value.errors["outcome"]


def test_who_declines_is_decided_about_at_once(desk: Connection, people: People, number: str) -> None:
    id = offered(desk, people, number)
    decline(desk, user=people["applicant"], number=number, hearing=id, now=NOW)
    assert decide(desk, people, number) == "granted"
    assert types(desk, number) == ["hearing_offered", "hearing_declined"]


def test_silence_declines_once_however_often_it_is_looked_at(
    desk: Connection, people: People, number: str
) -> None:
    id = offered(desk, people, number)
    assert not lapse(desk, hearing=id, now=datetime(2026, 11, 30, 15, 59, tzinfo=UTC))
    after = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert overdue(desk, after) == [id]
    assert [lapse(desk, hearing=id, now=after) for _ in range(2)] == [True, False]
    assert types(desk, number) == ["hearing_offered", "hearing_declined"]
    assert overdue(desk, after) == []


def test_the_sweep_closes_what_is_overdue_and_finds_nothing_the_second_time(
    town: Engine, people: People
) -> None:
    number = file_case(town, people)
    carry(town, people, number, until=DECIDE)
    with town.begin() as db:
        id = offered(db, people, number)
    later = NOW + timedelta(days=30)
    assert [lapse_all(town, later), lapse_all(town, later)] == [1, 0]
    with town.begin() as db:
        assert hearing(db, id).state == "declined"


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


def test_a_grant_against_the_hearing_has_reasons(desk: Connection, people: People, number: str) -> None:
    held(desk, people, number, conclusion="oppose")
    with pytest.raises(Invalid) as told:
        decide(desk, people, number)
    assert set(told.value.errors) == {"reasons"}
    assert decide(desk, people, number, reasons="噪声已经整改，居民代表书面同意。") == "granted"


def test_a_request_on_paper_counts_from_the_day_it_was_received(
    desk: Connection, people: People, number: str
) -> None:
    id = offered(desk, people, number)
    later = NOW + timedelta(days=9)
    lapse(desk, hearing=id, now=later)
    on = {"user": people["approval"], "number": number, "hearing": id, "words": "来信要求。", "now": later}
    for received in ("", "2026-11-22", "2026-12-01"):
        with pytest.raises(Invalid) as told:
            note_request(desk, received=received, **on)
        assert set(told.value.errors) == {"received"}
    note_request(desk, received="2026-11-30", **on)
    found = hearing(desk, id)
    assert (found.state, found.request, found.ending) == ("asked", "来信要求。", "")
    assert found.asked_at is not None and found.asked_at.date() == date(2026, 11, 30)


def test_a_hearing_is_called_off_only_for_what_takes_the_right_away(
    desk: Connection, people: People, number: str
) -> None:
    id = asked(desk, people, number)
    off = {"user": people["approval"], "number": number, "hearing": id, "now": NOW}
    for ground in ("absent", "mistaken", "", "other"):
        with pytest.raises(Invalid) as told:
            cancel(desk, ground=ground, words="没有空", **off)
        assert set(told.value.errors) == {"ground"}
    with pytest.raises(Invalid):
        cancel(desk, ground="withdrawn", words="", **off)
    cancel(desk, ground="withdrawn", words="11月24日收到书面撤回。", **off)
    assert decide(desk, people, number) == "granted"


def test_after_a_mistake_it_can_be_offered_anew(desk: Connection, people: People, number: str) -> None:
    id = offered(desk, people, number)
    user = people["approval"]
    cancel(desk, user=user, number=number, hearing=id, ground="mistaken", words="事项写错了。", now=NOW)
    assert offered(desk, people, number) != id


def test_others_neither_call_nor_hold_nor_call_off(desk: Connection, people: People, number: str) -> None:
    id = asked(desk, people, number)
    for stranger in ("market", "applicant", "elsewhere"):
        who = {"user": people[stranger], "number": number, "hearing": id, "now": NOW}
        with pytest.raises(NotFound):
            call_requested(desk, raw=NOTICE, **who)
        with pytest.raises(NotFound):
            cancel(desk, ground="withdrawn", words="撤回", **who)


def test_the_clocks_stand_still_from_the_request_to_the_minutes(
    desk: Connection, people: People, number: str
) -> None:
    id = offered(desk, people, number)
    assert entries(desk, number) == []
    ask(desk, user=people["applicant"], number=number, hearing=id, words="我想说明。", now=NOW)
    assert set(entries(desk, number)) == {"pause"}
    call_requested(desk, user=people["approval"], number=number, hearing=id, raw=NOTICE, now=NOW)
    hold(desk, people, number, id)
    found = entries(desk, number)
    assert found.count("pause") == found.count("resume") > 0


def test_a_hearing_that_is_called_off_sets_the_clocks_going(
    desk: Connection, people: People, number: str
) -> None:
    id = called(desk, people, number)
    off = {"user": people["approval"], "number": number, "hearing": id, "now": NOW}
    cancel(desk, ground="absent", words="两次通知都没有到场。", **off)
    found = entries(desk, number)
    assert found.count("pause") == found.count("resume") > 0


def entries(db: Connection, number: str) -> list[str]:
    """What the ledger says of pauses of the item."""
    match = (clock_entries.c.case_id == case_of(db, number).id, clock_entries.c.item == ITEM)
    query = select(clock_entries.c.entry).where(*match, clock_entries.c.entry.in_(("pause", "resume")))
    return list(db.execute(query.order_by(clock_entries.c.id)).scalars())


def test_every_step_has_its_letter(desk: Connection, people: People, number: str) -> None:
    id = called(desk, people, number)
    query = select(letters.c.kind).where(letters.c.case_id == case_of(desk, number).id)
    assert {"hearing_offer", "hearing_notice"} <= set(desk.execute(query).scalars())
    hold(desk, people, number, id)
    decide(desk, people, number, outcome="refused", reasons="油烟直接影响居住。")
    content = select(letters.c.content).where(letters.c.kind == "refusal")
    content = content.where(letters.c.case_id == case_of(desk, number).id)
    assert "2026年12月7日听证笔录" in str(desk.execute(content).scalar_one())
