"""Work that failed and was then overtaken leaves no incident that nobody can close, and no pile of jobs."""

from datetime import timedelta

from sqlalchemy import Connection, Engine, select, text, update

from engine.commands.fire_timers import fire_due
from engine.commands.run_handler import run_handler
from engine.incidents import HANDLER, TIMER, open_incident
from engine.sweep import GRACE, sweep
from engine.tables import tasks, timers
from tests.engine.clerks import People, case_of, finish, open_kinds, read
from tests.filing import NOW, ONLY_FOOD, file_case

LATE = NOW + timedelta(days=30)


def test_a_failed_timer_that_an_acceptance_took_back_needs_nobody_any_more(
    engine: Engine, people: People
) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    case_id = read(engine, number).id
    with engine.begin() as db:
        open_incident(db, case_id, None, TIMER, "没有办成。", "", NOW)
        finish(db, people, number, "accept")
    assert fire_due(engine, case_id, LATE) == 0
    with engine.connect() as db:
        assert open_kinds(db, case_id) == frozenset()


def test_a_failed_handler_whose_task_is_over_needs_nobody_any_more(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    case_id = read(engine, number).id
    with engine.begin() as db:
        over = update(tasks).where(tasks.c.case_id == case_id).values(state="cancelled", kind="service")
        task = db.execute(over.returning(tasks.c.id)).scalar_one()
        open_incident(db, case_id, task, HANDLER, "没有办成。", "", NOW)
    run_handler(engine, task, LATE)
    with engine.connect() as db:
        assert open_kinds(db, case_id) == frozenset()


def test_a_busy_worker_gets_no_second_job_for_a_timer_that_is_due(desk: Connection, people: People) -> None:
    number = file_case(desk.engine, people, ONLY_FOOD)
    desk.execute(text("delete from timers where case_id <> :own"), {"own": case_of(desk, number).id})
    desk.execute(text("delete from procrastinate_jobs where task_name = 'fire_timers'"))
    due = min(desk.execute(select(timers.c.due_at)).scalars()) + GRACE
    assert [sweep(desk, due)["timers"] for _ in range(3)] == [1, 0, 0]
