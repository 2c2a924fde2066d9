"""A job exists exactly when the transaction that caused it was committed."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, Row, text

from engine import queue
from engine.commands.complete import complete
from engine.errors import Invalid
from tests.engine.clerks import People, carry, filled, finish
from tests.filing import NOW, ONLY_FOOD, file_case, waiting

JOBS = text(
    "select task_name, args, status::text as status, scheduled_at from procrastinate_jobs order by id"
)


def jobs(engine: Engine) -> list[Row[tuple[object, ...]]]:
    with engine.connect() as db:
        return list(db.execute(JOBS).all())


def test_a_committed_job_waits_with_its_arguments(town: Engine) -> None:
    with town.begin() as db:
        queue.defer(db, queue.RUN_HANDLER, task_id="t1")
    (job,) = jobs(town)
    assert (job.task_name, job.args, job.status) == ("run_handler", {"task_id": "t1"}, "todo")
    assert job.scheduled_at is None


def test_a_rollback_takes_the_job_back(town: Engine) -> None:
    with town.connect() as db:
        queue.defer(db, queue.RUN_HANDLER, task_id="t1")
        db.rollback()
    assert jobs(town) == []


def test_nobody_sees_a_job_before_its_transaction_is_committed(town: Engine) -> None:
    with town.begin() as db:
        queue.defer(db, queue.SWEEP)
        assert jobs(town) == []
    assert len(jobs(town)) == 1


def test_a_job_for_later_keeps_its_moment(town: Engine) -> None:
    with town.begin() as db:
        queue.defer(db, queue.FIRE_TIMERS, at=NOW + timedelta(days=1), case_id=7)
    (job,) = jobs(town)
    assert (job.args, job.scheduled_at) == ({"case_id": 7}, NOW + timedelta(days=1))


def test_filing_queues_the_window_s_timer_for_its_moment(town: Engine, people: People) -> None:
    file_case(town, people, ONLY_FOOD)
    reminder, silence = jobs(town)
    assert {reminder.task_name, silence.task_name} == {"fire_timers"}
    assert reminder.scheduled_at > NOW and silence.scheduled_at > NOW


def test_a_step_that_is_refused_queues_nothing(town: Engine, people: People) -> None:
    number = file_case(town, people, ONLY_FOOD)
    carry(town, people, number, "decide_food_operation")
    before = jobs(town)
    with town.connect() as db:
        task, raw = (
            waiting(db, number)["decide_food_operation"],
            filled(db, number, "decide_food_operation", outcome="refused"),
        )
    with pytest.raises(Invalid), town.begin() as db:
        complete(db, user=people["approval"], task=task, raw=raw, now=NOW)
    assert jobs(town) == before
    with town.begin() as db:
        finish(db, people, number, "decide_food_operation")
    assert {job.task_name for job in jobs(town)[len(before) :]} == {"run_handler", "render_letter"}


def test_an_error_after_the_job_takes_it_back(town: Engine) -> None:
    with pytest.raises(RuntimeError), town.begin() as db:
        queue.defer(db, queue.SWEEP)
        raise RuntimeError("power cut")
    assert jobs(town) == []
