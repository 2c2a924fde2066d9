"""What goes wrong with a case becomes an incident of it, and closes when it works."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, Row, select, text, update

from engine.cases import Case
from engine.commands.complete import complete_task
from engine.commands.fire_timers import fire_due
from engine.commands.retry_incident import retry_incident
from engine.commands.run_handler import run_handler
from engine.database import run
from engine.departments.registry import NotNumbered
from engine.deployments import publish
from engine.errors import CannotGoOn, NotFound
from engine.incidents import HANDLER, MOVE, STUCK, TIMER, open_incident
from engine.people import Membership, User
from engine.queries.incidents import open_incidents
from engine.tables import cases, events, incidents, licences, number_series, timers
from tests.engine.clerks import People, carry, finish, open_kinds, read
from tests.filing import INDUSTRY, NOW, ONLY_FOOD, OTHER_DISTRICT, file_case, files, open_steps

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def broken(engine: Engine, people: People) -> str:
    """A case whose licence cannot be numbered: the answer that the number needs is not what it was."""
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, "decide_food_operation")
    with engine.begin() as db:
        finish(db, people, number, "decide_food_operation")
    answer(engine, number, "网上餐饮")
    with pytest.raises(NotNumbered):
        run_handler(engine, open_steps(engine, number)["license_food_operation"], NOW)
    return number


def answer(engine: Engine, number: str, kind: str) -> None:
    with engine.begin() as db:
        found = db.execute(select(cases.c.answers).where(cases.c.number == number)).scalar_one()
        changed = {**found, "food_biz_type": kind}
        db.execute(update(cases).where(cases.c.number == number).values(answers=changed))


def of_case(engine: Engine, case: Case) -> list[Row[tuple[object, ...]]]:
    with engine.connect() as db:
        query = select(incidents).where(incidents.c.case_id == case.id).order_by(incidents.c.id)
        return list(db.execute(query).all())


def watcher(region: str) -> User:
    return User(1, "w", "w", frozenset({Membership("supervisor", "", region)}))


def test_a_handler_that_fails_leaves_an_incident_that_says_what(engine: Engine, broken: str) -> None:
    (row,) = of_case(engine, read(engine, broken))
    assert (row.kind, row.state, row.opened_at) == (HANDLER, "open", NOW)
    assert row.task_id == open_steps(engine, broken)["license_food_operation"]
    assert "没有办成" in row.says
    assert "网上餐饮" in row.detail


def test_a_handler_that_fails_changes_nothing_and_uses_no_number(engine: Engine, broken: str) -> None:
    before = read(engine, broken)
    with engine.connect() as db:
        series = db.execute(select(number_series)).all()
    with pytest.raises(NotNumbered):
        run_handler(engine, open_steps(engine, broken)["license_food_operation"], LATER)
    assert read(engine, broken) == before
    with engine.connect() as db:
        assert db.execute(select(number_series)).all() == series
        assert db.execute(select(licences).where(licences.c.case_id == before.id)).all() == []


def test_the_same_failure_again_is_the_same_incident(engine: Engine, broken: str) -> None:
    with pytest.raises(NotNumbered):
        run_handler(engine, open_steps(engine, broken)["license_food_operation"], LATER)
    (row,) = of_case(engine, read(engine, broken))
    assert row.opened_at == NOW


def test_what_works_when_tried_again_closes_its_incident(engine: Engine, broken: str) -> None:
    answer(engine, broken, "餐饮服务经营者")
    run_handler(engine, open_steps(engine, broken)["license_food_operation"], LATER)
    (row,) = of_case(engine, read(engine, broken))
    assert (row.state, row.closed_at) == ("closed", LATER)
    assert "issue_certificate" in open_steps(engine, broken)


def test_a_retry_queues_the_failed_work_and_is_logged(engine: Engine, people: People, broken: str) -> None:
    case, supervisor = read(engine, broken), people["supervisor"]
    (row,) = of_case(engine, case)
    run(engine, lambda db: retry_incident(db, user=supervisor, incident=row.id, now=LATER))
    with engine.connect() as db:
        jobs = text("select count(*) from procrastinate_jobs where args ->> 'task_id' = :task")
        assert db.execute(jobs, {"task": row.task_id}).scalar_one() == 2  # the first, and this one
        last = db.execute(select(events).where(events.c.case_id == case.id).order_by(events.c.seq.desc()))
        found = last.first()
    assert found is not None
    assert (found.type, found.actor) == ("incident_retried", f"user:{supervisor.id}")
    assert of_case(engine, case)[0].state == "open"


def test_an_incident_is_listed_for_the_supervisor_of_its_region(
    engine: Engine, people: People, broken: str
) -> None:
    with engine.connect() as db:
        assert broken in [each.case_number for each in open_incidents(db, people["supervisor"])]
        assert open_incidents(db, watcher(OTHER_DISTRICT)) == ()


@pytest.mark.parametrize("who", ["window", "approval", "applicant", "elsewhere"])
def test_nobody_but_a_supervisor_sees_an_incident(engine: Engine, people: People, who: str) -> None:
    with engine.connect() as db:
        assert open_incidents(db, people[who]) == ()


@pytest.mark.parametrize("who", ["approval", "applicant"])
def test_nobody_but_a_supervisor_has_it_tried_again(
    engine: Engine, people: People, broken: str, who: str
) -> None:
    (row,) = of_case(engine, read(engine, broken))
    with engine.connect() as db, pytest.raises(NotFound):
        retry_incident(db, user=people[who], incident=row.id, now=LATER)


def test_a_supervisor_of_another_region_does_not_find_it(engine: Engine, broken: str) -> None:
    (row,) = of_case(engine, read(engine, broken))
    with engine.connect() as db, pytest.raises(NotFound):
        retry_incident(db, user=watcher(OTHER_DISTRICT), incident=row.id, now=LATER)


def test_an_incident_that_is_closed_is_not_tried_again(engine: Engine, people: People, broken: str) -> None:
    answer(engine, broken, "餐饮服务经营者")
    run_handler(engine, open_steps(engine, broken)["license_food_operation"], LATER)
    (row,) = of_case(engine, read(engine, broken))
    with engine.connect() as db, pytest.raises(NotFound):
        retry_incident(db, user=people["supervisor"], incident=row.id, now=LATER)


def test_a_timer_that_fails_leaves_an_incident_and_closes_it_when_it_fires(
    engine: Engine, number: str
) -> None:
    case, late = read(engine, number), NOW + timedelta(days=30)
    with engine.begin() as db:
        db.execute(update(cases).where(cases.c.id == case.id).values(workflow_state=b"broken"))
    with pytest.raises(Exception, match=r".+"):
        fire_due(engine, case.id, late)
    (row,) = of_case(engine, case)
    assert (row.kind, row.task_id, row.state) == (TIMER, None, "open")
    with engine.connect() as db:
        assert len(db.execute(select(timers).where(timers.c.case_id == case.id)).all()) == 2
    with engine.begin() as db:
        db.execute(update(cases).where(cases.c.id == case.id).values(workflow_state=case.state))
    assert fire_due(engine, case.id, late) == 2  # the window is reminded, and its silence accepts
    assert of_case(engine, case)[0].state == "closed"


@pytest.mark.parametrize(
    ("kind", "task_id", "job"),
    [
        ("handler", "t1", "run_handler"),
        ("timer", None, "fire_timers"),
        ("rendering", "7", "render_issue"),
        ("stuck", None, "sweep"),
    ],
)
def test_each_kind_of_incident_is_tried_again_by_its_own_job(
    town: Engine, people: People, kind: str, task_id: str | None, job: str
) -> None:
    case = read(town, file_case(town, people, ONLY_FOOD))
    with town.begin() as db:
        db.execute(text("delete from procrastinate_jobs"))
        open_incident(db, case.id, task_id, kind, "没有办成。", "", NOW)
        row = db.execute(select(incidents)).one()
        retry_incident(db, user=people["supervisor"], incident=row.id, now=LATER)
        assert db.execute(text("select task_name from procrastinate_jobs")).scalars().all() == [job]


def test_incidents_of_different_kinds_stand_beside_each_other(desk: Connection, broken: str) -> None:
    case_id = desk.execute(select(cases.c.id).where(cases.c.number == broken)).scalar_one()
    for kind in (STUCK, TIMER, TIMER):
        open_incident(desk, case_id, None, kind, "停住了。", "", NOW)
    assert open_kinds(desk, case_id) == {HANDLER, STUCK, TIMER}


def test_a_diagram_that_cannot_go_on_is_an_incident_and_changes_nothing(town: Engine, people: People) -> None:
    process = "processes/restaurant/process.bpmn"
    wrong = files()[process].replace('"food_operation" in items', 'answers["nothing"]', 1)
    with town.begin() as db:
        publish(db, {**files(), process: wrong}, INDUSTRY, NOW)
    number = file_case(town, people, ONLY_FOOD)
    task, before = open_steps(town, number)["accept"], read(town, number)
    with pytest.raises(CannotGoOn):
        complete_task(town, user=people["window"], task=task, raw={"outcome": "accept"}, now=NOW)
    assert read(town, number) == before
    (row,) = of_case(town, before)
    assert (row.kind, row.task_id, row.state) == (MOVE, task, "open")
    assert "走不下去" in row.says
    with town.begin() as db:
        retry_incident(db, user=people["supervisor"], incident=row.id, now=LATER)
    (row,) = of_case(town, before)
    assert (row.state, row.closed_by) == ("closed", people["supervisor"].id)
