"""Who may offer a hearing and who may ask for it, until when, and what silence means."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from engine.errors import Invalid, NotFound, Refusal
from engine.hearings.hearing import hearing
from engine.hearings.lapsing import lapse_all, overdue
from engine.hearings.offering import ask, decline, lapse, offer
from engine.hearings.requested import note_request
from tests.engine.clerks import carry
from tests.engine.hearings.requesting import (
    DECIDE,
    ITEM,
    People,
    decide,
    offered,
    types,
)
from tests.filing import NOW, file_case


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
