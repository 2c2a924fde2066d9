"""The hearing that the law itself wants, as its diagram leads to it: notice, day, minutes, decision."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from engine.commands.complete import complete
from engine.commands.fire_timers import fire_timers
from engine.database import transaction
from engine.days import local_day
from engine.deployments import current, load, publish
from engine.errors import Invalid, Refusal
from engine.hearings.deciding import minutes_of
from engine.hearings.hearing import hearing_about
from engine.hearings.offering import offer
from engine.people import User, find_user
from engine.queries.notices import notices, public_hearings
from engine.scenarios import read_scenarios, usual_form
from engine.step_forms import asked_at, step_of
from engine.tables import case_items, memberships, tasks, timers
from engine.tables import cases as case_table
from tests.carrying import add_officials, carry_scenario, file_scenario
from tests.engine.clerks import case_of
from tests.filing import NOW, files, waiting

People = Mapping[str, User]
INDUSTRY = "karaoke"  # has the item that is heard by law
ITEM = "entertainment"


@pytest.fixture(scope="module")
def number(engine: Engine, people: People) -> str:
    """A case whose public notice is over: its hearing can be called."""
    with transaction(engine) as db:
        deployment, _ = publish(db, files(), INDUSTRY, NOW)
        add_officials(db, deployment)
    scenario = next(each for each in read_scenarios(files(), INDUSTRY) if each.id == "all_granted")
    number = file_scenario(engine, people["applicant"], INDUSTRY, scenario)
    with transaction(engine) as db:
        announced = next(iter(current(db, INDUSTRY).waits))
    carry_scenario(engine, number, scenario, until=announced)
    with transaction(engine) as db:
        due = db.execute(select(timers.c.due_at).where(timers.c.event == announced)).scalar_one()
        fire_timers(db, case_of(db, number).id, due)
    return number


def opened(db: Connection, number: str) -> datetime:
    """The moment from which the hearing could be called: the end of the notice, in the first task's row."""
    task = waiting(db, number)[f"call_{ITEM}"]
    return db.execute(select(tasks.c.opened_at).where(tasks.c.id == task)).scalar_one()


def do(db: Connection, number: str, act: str, now: datetime, **other: object) -> str:
    task = waiting(db, number)[f"{act}_{ITEM}"]
    case = case_of(db, number)
    deployment = load(db, case.deployment_id)
    asked = asked_at(deployment, case, step_of(deployment, case, f"{act}_{ITEM}", ITEM))
    raw = usual_form(asked, other, now.date())
    return complete(db, user=clerk(db, number), task=task, raw=raw, now=now).outcome


def clerk(db: Connection, number: str) -> User:
    office = (memberships.c.department == case_items.c.authority) & (
        memberships.c.region == case_items.c.region
    )
    query = select(memberships.c.user_id).join(case_items, office).join(case_table)
    query = query.where(
        case_table.c.number == number, case_items.c.item == ITEM, memberships.c.role == "clerk"
    )
    found = find_user(db, db.execute(query.order_by(memberships.c.user_id.desc()).limit(1)).scalar_one())
    assert found is not None
    return found


def reviewer(db: Connection, number: str) -> str:
    query = select(tasks.c.done_by).where(tasks.c.case_id == case_of(db, number).id, tasks.c.item == ITEM)
    found = find_user(db, db.execute(query.where(tasks.c.act == "review")).scalar_one())
    assert found is not None
    return found.name


def test_it_is_called_a_week_before_and_waits_for_its_day(desk: Connection, number: str) -> None:
    now = opened(desk, number)
    assert do(desk, number, "call", now) == "called"
    found = hearing_about(desk, case_of(desk, number).id, ITEM)
    assert found is not None and (found.ground, found.state) == ("mandatory", "called")
    assert found.takes_place_at is not None
    assert found.takes_place_at.date() == now.date() + timedelta(days=7)
    assert f"hear_{ITEM}" not in waiting(desk, number)
    due = select(timers.c.due_at).where(timers.c.case_id == found.case_id)
    assert desk.execute(due).scalar_one() == found.takes_place_at
    assert fire_timers(desk, found.case_id, found.takes_place_at) == 1
    assert f"hear_{ITEM}" in waiting(desk, number)


def test_its_decision_names_the_minutes(desk: Connection, number: str) -> None:
    do(desk, number, "call", opened(desk, number))
    case = case_of(desk, number)
    found = hearing_about(desk, case.id, ITEM)
    assert found is not None and found.takes_place_at is not None
    day = found.takes_place_at
    fire_timers(desk, case.id, day)
    later = day + timedelta(hours=3)
    assert do(desk, number, "hear", later, conclusion="oppose") == "oppose"
    assert minutes_of(desk, case.id, ITEM) == f"{day.year}年{day.month}月{day.day}日听证笔录"
    with pytest.raises(Invalid) as told:
        do(desk, number, "decide", later)
    assert set(told.value.errors) == {"reasons"}
    assert do(desk, number, "decide", later, outcome="refused", reasons="紧邻居民住宅区。") == "refused"


def test_the_reviewer_never_takes_the_chair(desk: Connection, number: str) -> None:
    now = opened(desk, number)
    with pytest.raises(Invalid) as told:
        do(desk, number, "call", now, chair=reviewer(desk, number))
    assert reviewer(desk, number) in told.value.errors["chair"]


def test_it_is_not_called_for_too_soon_nor_too_late(desk: Connection, number: str) -> None:
    now = opened(desk, number)
    for days in (6, 40):
        day = (now + timedelta(days=days)).date().isoformat()
        with pytest.raises(Invalid) as told:
            do(desk, number, "call", now, day=day)
        assert set(told.value.errors) == {"day"}


def test_a_public_notice_is_told_to_society_on_its_days(desk: Connection, number: str) -> None:
    (told,) = notices(desk, NOW)
    assert told.operator == case_of(desk, number).operator
    assert told.first_day <= local_day(NOW) <= told.last_day
    assert notices(desk, NOW + timedelta(days=1)) == ()
    assert notices(desk, NOW - timedelta(days=1)) == ()


def test_a_hearing_is_told_to_society_until_it_begins(desk: Connection, number: str) -> None:
    now = opened(desk, number)
    assert public_hearings(desk, now) == ()
    do(desk, number, "call", now)
    (told,) = public_hearings(desk, now)
    assert told.operator == case_of(desk, number).operator
    assert public_hearings(desk, told.takes_place_at) == ()


def test_what_is_heard_by_law_is_not_offered_besides(desk: Connection, number: str) -> None:
    now = opened(desk, number)
    do(desk, number, "call", now)
    case = case_of(desk, number)
    found = hearing_about(desk, case.id, ITEM)
    assert found is not None and found.takes_place_at is not None
    fire_timers(desk, case.id, found.takes_place_at)
    do(desk, number, "hear", found.takes_place_at)
    with pytest.raises(Refusal, match="依法必须听证"):
        offer(desk, user=clerk(desk, number), number=number, item=ITEM, reasons="理由", now=now)
