"""What service tasks do inside: licences for what was granted, each number once, valid for whole years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, insert, select, text, update

from engine.cases import CaseItem
from engine.commands.run_handler import run_handler
from engine.departments.registry import HandlerTask, find_handler, find_rule
from engine.tables import case_items, cases, events, licences, number_series, tasks
from tests.engine.clerks import People, carry, case_of, finish, read
from tests.filing import NOW, ONLY_FOOD, file_case, open_steps

LEAP_DAY = datetime(2028, 2, 29, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def decided(engine: Engine, people: People) -> str:
    """A case whose food licence was granted and waits for its number, the handler not having run."""
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, "decide_food_operation")
    with engine.begin() as db:
        finish(db, people, number, "decide_food_operation")
    return number


def give(db: Connection, number: str, item: str = "food_operation", now: datetime = NOW) -> str:
    """Run the handler that gives an item its licence; returns its number."""
    task = HandlerTask(case_of(db, number).id, "t", "license_food_operation", item, "approval", "370303")
    assert find_handler("license")(db, task, now) == "licensed"
    given = select(licences.c.number).where(licences.c.case_id == task.case_id, licences.c.item == item)
    return str(db.execute(given).scalar_one())


def grant(db: Connection, number: str, item: str) -> None:
    """Have an item of a case granted that it was not filed with."""
    name = {"item": item, "name": item, "authority": "approval", "region": "370303"}
    db.execute(
        insert(case_items).values(case_id=case_of(db, number).id, visit=False, outcome="granted", **name)
    )


def test_a_licence_states_what_was_granted_by_whom_and_until_when(desk: Connection, decided: str) -> None:
    number = give(desk, decided)
    row = desk.execute(select(licences).where(licences.c.number == number)).one()
    assert (row.item, row.name, row.document) == ("food_operation", "食品经营许可", "食品经营许可证")
    assert row.decider.endswith("行政审批服务局")
    assert row.scope == "热食类制售、冷食类制售"
    assert (row.valid_from, row.valid_until) == (date(2026, 11, 23), date(2031, 11, 22))
    assert row.state == "valid"


def test_a_licence_is_valid_from_the_local_day(desk: Connection, decided: str) -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # half past midnight in Beijing
    give(desk, decided, now=late)
    assert desk.execute(select(licences.c.valid_from)).scalar_one() == date(2026, 11, 24)


def test_a_licence_of_a_leap_day_ends_on_the_last_of_february(desk: Connection, decided: str) -> None:
    give(desk, decided, now=LEAP_DAY)
    assert desk.execute(select(licences.c.valid_until)).scalar_one() == date(2033, 2, 28)


def test_a_licence_from_the_first_of_march_ends_on_the_last_of_february(
    desk: Connection, decided: str
) -> None:
    give(desk, decided, now=LEAP_DAY + timedelta(days=1))
    assert desk.execute(select(licences.c.valid_until)).scalar_one() == date(2033, 2, 28)


def test_a_licence_without_expiry_has_no_last_day(desk: Connection, decided: str) -> None:
    grant(desk, decided, "signboard")
    give(desk, decided, "signboard")
    assert desk.execute(select(licences.c.valid_until)).scalar_one() is None


@pytest.mark.parametrize("outcome", [None, "refused"])
def test_what_was_not_granted_gets_no_licence(desk: Connection, decided: str, outcome: str | None) -> None:
    desk.execute(update(case_items).values(outcome=outcome))
    with pytest.raises(ValueError, match="was not granted"):
        give(desk, decided)
    assert desk.execute(select(licences)).all() == []


def test_each_rule_counts_by_itself(desk: Connection, decided: str) -> None:
    for item in ("signboard", "drainage"):
        grant(desk, decided, item)
    numbers = [give(desk, decided, item) for item in ("food_operation", "signboard", "drainage")]
    assert [number[-5:-1] for number in numbers[1:]] == ["0001", "0001"]
    assert numbers[0][9:15] == "000001"


def test_a_yearly_rule_starts_again_with_the_year_and_others_do_not() -> None:
    yearly, lasting = find_rule("urban.signboard_filing"), find_rule("market.food_business")
    assert yearly.series("370303", 2026) != yearly.series("370303", 2027)
    assert lasting.series("370303", 2026) == lasting.series("370303", 2027)
    assert lasting.series("370303", 2026) != lasting.series("370302", 2026)


def test_numbers_of_one_rule_and_region_follow_each_other(engine: Engine, people: People) -> None:
    def last() -> int:
        rule = find_rule("market.food_business").series("370303", 2026)
        with engine.connect() as db:
            found = select(number_series.c.last).where(number_series.c.series == rule)
            return db.execute(found).scalar() or 0

    made, before = [], last()
    for _ in range(2):
        number = file_case(engine, people, ONLY_FOOD)
        carry(engine, people, number)
        with engine.connect() as db:
            query = select(licences.c.number).join(cases, cases.c.id == licences.c.case_id)
            made.append(db.execute(query.where(cases.c.number == number)).scalar_one())
    assert [int(number[9:15]) for number in made] == [before + 1, before + 2]


def test_a_handler_that_runs_twice_takes_effect_once(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, "decide_food_operation")
    with engine.begin() as db:
        finish(db, people, number, "decide_food_operation")
    task = open_steps(engine, number)["license_food_operation"]
    for _ in range(3):
        run_handler(engine, task, NOW)
    case = read(engine, number)
    with engine.connect() as db:
        assert len(db.execute(select(licences).where(licences.c.case_id == case.id)).all()) == 1
        logged = select(events.c.type).where(events.c.case_id == case.id, events.c.actor == "system")
        assert db.execute(logged).scalars().all() == ["task_completed"]


def test_a_task_that_is_not_there_is_no_work(engine: Engine) -> None:
    run_handler(engine, "no-such-task", NOW)


def test_a_service_task_s_job_is_queued_with_the_task(engine: Engine, decided: str) -> None:
    task = open_steps(engine, decided)["license_food_operation"]
    with engine.connect() as db:
        jobs = text(
            "select count(*) from procrastinate_jobs where task_name = 'run_handler'"
            " and args ->> 'task_id' = :task"
        )
        assert db.execute(jobs, {"task": task}).scalar_one() == 1
        row = db.execute(select(tasks).where(tasks.c.id == task)).one()
    assert (row.kind, row.state) == ("service", "open")


def test_an_item_knows_what_was_said_of_it(engine: Engine, decided: str) -> None:
    item = read(engine, decided).items["food_operation"]
    assert item == CaseItem("food_operation", True, "agree", "pass", "granted")
