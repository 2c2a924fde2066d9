"""Offices send their own people, as long as the visit was not held; and it shows who is free when."""

from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from engine.errors import Invalid, NotFound, Refusal
from engine.inspections.inspection import Slot
from engine.inspections.slots import free_slots, nearby
from engine.inspections.team import leave, name
from tests.engine.inspections.convened import EXITS, People, arrange, at, visit_of
from tests.filing import ANSWERS, DISTRICT, NOW

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def held(engine: Engine, people: People) -> str:
    return at(engine, people, "rectify", inspect=EXITS)


@pytest.fixture(scope="module")
def settled(engine: Engine, people: People) -> str:
    """A case whose visit is on Wednesday morning."""
    return at(engine, people, "inspect")


def test_the_lead_adds_its_own_people_and_an_office_takes_its_own_back(
    desk: Connection, people: People, settled: str
) -> None:
    visit = visit_of(desk, settled).id
    name(desk, user=people["inspector"], inspection=visit, chosen=[people["approval"].id], now=NOW)
    assert people["approval"].id in {each.user_id for each in visit_of(desk, settled).team}
    leave(desk, user=people["fire"], inspection=visit, person=people["fire"].id, now=NOW)
    assert people["fire"].id not in {each.user_id for each in visit_of(desk, settled).team}
    with pytest.raises(Refusal):
        leave(desk, user=people["fire"], inspection=visit, person=people["market"].id, now=NOW)


def test_nobody_names_people_of_another_office(desk: Connection, people: People, settled: str) -> None:
    visit = visit_of(desk, settled).id
    with pytest.raises(Invalid):
        name(desk, user=people["fire"], inspection=visit, chosen=[people["market"].id], now=NOW)
    with pytest.raises(NotFound):
        name(desk, user=people["elsewhere"], inspection=visit, chosen=[people["elsewhere"].id], now=NOW)


def test_the_team_of_a_held_visit_stays(desk: Connection, people: People, held: str) -> None:
    visit = visit_of(desk, held).id
    with pytest.raises(Refusal):
        name(desk, user=people["inspector"], inspection=visit, chosen=[people["approval"].id], now=NOW)


def test_who_goes_to_another_visit_is_not_free_in_that_half_day(
    desk: Connection, people: People, settled: str
) -> None:
    found = {each.slot: each for each in free_slots(desk, [("fire", DISTRICT)], [DAY])}
    assert found[Slot(DAY, "am")].taken == ("fire·甲",) and found[Slot(DAY, "am")].free == ()
    assert found[Slot(DAY, "pm")].free == ("fire·甲",)


def test_visits_nearby_are_shown_the_nearest_address_first(
    desk: Connection, engine: Engine, people: People, settled: str
) -> None:
    other = at(engine, people, "arrange")
    arrange(desk, people, other, day_1=DAY.isoformat(), place="淄博市张店区人民西路9号")
    found = nearby(desk, DISTRICT, [DAY], str(ANSWERS["op_address"]))
    assert [each.case_number for each in found][-1] == other
    assert settled in [each.case_number for each in found]
    assert nearby(desk, "370302", [DAY], "") == ()
