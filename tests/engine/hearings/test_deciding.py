"""What a hearing means for the decision, the clocks and the letters, and when it may be called off."""

import pytest
from sqlalchemy import Connection, select

from engine.errors import Invalid, NotFound
from engine.hearings.offering import ask
from engine.hearings.requested import call_requested, cancel
from engine.tables import letters
from tests.engine.clerks import case_of
from tests.engine.hearings.requesting import (
    NOTICE,
    People,
    asked,
    called,
    decide,
    entries,
    held,
    hold,
    offered,
)
from tests.filing import NOW


@pytest.mark.parametrize("state", ["offered", "asked", "called"])
def test_nothing_is_decided_while_a_hearing_is_open(
    desk: Connection, people: People, number: str, state: str
) -> None:
    {"offered": offered, "asked": asked, "called": called}[state](desk, people, number)
    with pytest.raises(Invalid) as told:
        decide(desk, people, number)
    assert "听证" in told.value.errors["outcome"]


def test_a_grant_against_the_hearing_has_reasons(desk: Connection, people: People, number: str) -> None:
    held(desk, people, number, conclusion="oppose")
    with pytest.raises(Invalid) as told:
        decide(desk, people, number)
    assert set(told.value.errors) == {"reasons"}
    assert decide(desk, people, number, reasons="噪声已经整改，居民代表书面同意。") == "granted"


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


def test_every_step_has_its_letter(desk: Connection, people: People, number: str) -> None:
    id = called(desk, people, number)
    query = select(letters.c.kind).where(letters.c.case_id == case_of(desk, number).id)
    assert {"hearing_offer", "hearing_notice"} <= set(desk.execute(query).scalars())
    hold(desk, people, number, id)
    decide(desk, people, number, outcome="refused", reasons="油烟直接影响居住。")
    content = select(letters.c.content).where(letters.c.kind == "refusal")
    content = content.where(letters.c.case_id == case_of(desk, number).id)
    assert "2026年12月7日听证笔录" in str(desk.execute(content).scalar_one())
