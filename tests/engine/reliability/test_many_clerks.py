"""Many clerks at once lose nothing and do nothing twice."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select, text

from engine.bench.filing import complete_one, file_cases, open_steps
from engine.bench.industry import NOW, REVIEW, STEPS, files
from engine.cases import load_case
from engine.commands.complete import complete
from engine.database import LOCK_FIRST, run
from engine.errors import CaseMoved, Conflict
from engine.tables import case_items, events, tasks
from tests.engine.reliability.races import assert_whole, compete

THREADS = 8


def wait_for_a_lock(engine: Engine) -> None:
    """Until somebody in this database waits for a lock."""
    waiting = text(
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    for _ in range(500):
        with engine.connect() as db:
            if db.execute(waiting).scalar_one():
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_two_hundred_completions_by_eight_threads_are_each_done_once(db_engine: Engine) -> None:
    filed = file_cases(db_engine, "busy", files("busy", 1, 5), 20)
    assert compete(db_engine, filed, THREADS) == 200
    assert_whole(db_engine, filed, 5 * STEPS)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    threads=st.integers(2, 6), many=st.integers(1, 3), departments=st.integers(1, 3), seed=st.integers(0, 99)
)
def test_whatever_the_order_every_task_is_done_once_and_every_chain_holds(
    db_engine: Engine, threads: int, many: int, departments: int, seed: int
) -> None:
    with db_engine.begin() as db:
        db.execute(text("truncate users, subjects, deployments, procrastinate_jobs cascade"))
    filed = file_cases(db_engine, "busy", files("busy", 1, departments), many)
    assert compete(db_engine, filed, threads, seed) == many * departments * STEPS
    assert_whole(db_engine, filed, departments * STEPS)


def test_of_two_clerks_at_one_task_the_second_learns_who_did_what_when(db_engine: Engine) -> None:
    filed = file_cases(db_engine, "pair", files("pair", 1, 1), 1)
    task = open_steps(db_engine, filed.cases[0])[0][1]
    with ThreadPoolExecutor(1) as other, db_engine.begin() as first:
        complete(first, user=filed.clerk, task=task, raw=REVIEW, now=NOW)
        second = other.submit(complete_one, db_engine, filed.clerk, task)
        wait_for_a_lock(db_engine)
        first.commit()
        with pytest.raises(Conflict) as said:
            second.result()
    conflict = said.value
    assert (conflict.who, conflict.what, conflict.at) == (filed.clerk.name, "agree", NOW)
    with db_engine.connect() as db:
        done = db.execute(select(events.c.seq).where(events.c.type == "task_completed")).all()
        assert len(done) == 1
        assert len(db.execute(select(tasks.c.id).where(tasks.c.state == "done")).all()) == 1


def test_a_clerk_of_another_department_is_not_stopped_by_the_first_one(db_engine: Engine) -> None:
    filed = file_cases(db_engine, "pair", files("pair", 1, 2), 1)
    (_, one), (_, two) = open_steps(db_engine, filed.cases[0])
    with ThreadPoolExecutor(1) as other, db_engine.begin() as first:
        complete(first, user=filed.clerk, task=one, raw=REVIEW, now=NOW)
        second = other.submit(complete_one, db_engine, filed.clerk, two)
        wait_for_a_lock(db_engine)
        first.commit()
        assert second.result().outcome == "agree"
    compete(db_engine, filed, 1)
    assert_whole(db_engine, filed, 2 * STEPS)


def test_the_try_that_locks_first_sees_what_was_said_while_it_waited(db_engine: Engine) -> None:
    filed = file_cases(db_engine, "pair", files("pair", 1, 2), 1)
    case_id, task = filed.cases[0], open_steps(db_engine, filed.cases[0])[0][1]

    def read_after_locking() -> str | None:
        with db_engine.begin() as db:
            db.info[LOCK_FIRST] = True
            return load_case(db, case_id).items["item1"].opinion

    with ThreadPoolExecutor(1) as other, db_engine.begin() as first:
        complete(first, user=filed.clerk, task=task, raw=REVIEW, now=NOW)
        second = other.submit(read_after_locking)
        wait_for_a_lock(db_engine)
        first.commit()
        assert second.result() == "agree"


def test_a_case_that_moved_is_locked_before_it_is_read_again(db_engine: Engine) -> None:
    filed = file_cases(db_engine, "pair", files("pair", 1, 2), 1)
    (_, mine), (_, theirs) = open_steps(db_engine, filed.cases[0])
    tries: list[bool] = []

    def command(db: Connection) -> None:
        tries.append(bool(db.info[LOCK_FIRST]))
        if len(tries) == 1:
            raise CaseMoved
        complete(db, user=filed.clerk, task=mine, raw=REVIEW, now=NOW)

    run(db_engine, command)
    assert tries == [False, True]
    complete_one(db_engine, filed.clerk, theirs)
    with db_engine.connect() as db:
        assert set(db.execute(select(case_items.c.opinion)).scalars()) == {"agree"}
