"""A process that is killed, wherever it was, leaves every case whole; another does its work, once."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import Engine, select, text

from engine import queue
from engine.bench.filing import Filed, complete_one, file_cases, open_steps
from engine.bench.industry import STEPS, files
from engine.database import transaction
from engine.tables import cases, events, messages, tasks
from tests.engine.reliability import dying, stamping
from tests.engine.reliability.races import assert_whole, compete
from tests.engine.reliability.stamping import INDUSTRY, STOPPED, WAITING, stamped

ROOT = Path(__file__).resolve().parents[3]


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT)


def kill_in_the_handler(url: str, folder: Path) -> None:
    """A worker begins the handler and is killed in the middle of it."""
    (folder / STOPPED).touch()
    worker = start(stamping.__name__, url, str(folder))
    for _ in range(600):
        if (folder / WAITING).exists():
            break
        assert worker.poll() is None
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    (folder / STOPPED).unlink()


def work(url: str, folder: Path) -> None:
    """A worker does all there is to do now."""
    assert start(stamping.__name__, url, str(folder)).wait(60) == 0


def sweep_later(engine: Engine) -> None:
    """The sweep of a later minute is due: the dead worker has not been heard of for long."""
    with transaction(engine) as db:
        db.execute(text("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'"))
        db.execute(text("delete from procrastinate_jobs where task_name = 'sweep'"))
        queue.defer(db, queue.SWEEP)


def assert_stamped_once(engine: Engine, filed: Filed) -> None:
    with engine.connect() as db:
        assert db.execute(select(tasks.c.state, tasks.c.outcome)).all() == [("done", "stamped")]
        stamps = select(messages.c.key).where(messages.c.key.startswith("stamp/"))
        assert len(db.execute(stamps).all()) == 1
        assert db.execute(select(cases.c.ended_at)).scalar_one() is not None
        done = db.execute(select(events.c.type).where(events.c.case_id == filed.cases[0]))
        assert sorted(done.scalars()) == ["submitted", "task_completed"]


def test_a_worker_killed_in_a_handler_leaves_nothing_and_the_next_one_does_it_once(
    db_engine: Engine, db_url: str, tmp_path: Path
) -> None:
    filed = file_cases(db_engine, INDUSTRY, stamped(), 1)
    kill_in_the_handler(db_url, tmp_path)
    with db_engine.connect() as db:
        assert db.execute(select(messages.c.key)).all() == []
        assert db.execute(select(tasks.c.state)).scalars().all() == ["open"]
    sweep_later(db_engine)
    work(db_url, tmp_path)  # the sweep finds the stalled job
    work(db_url, tmp_path)  # which is then done
    assert_stamped_once(db_engine, filed)


def test_a_job_that_was_lost_is_found_by_the_worker_and_done_once(
    db_engine: Engine, db_url: str, tmp_path: Path
) -> None:
    filed = file_cases(db_engine, INDUSTRY, stamped(), 1)
    with transaction(db_engine) as db:
        db.execute(text("delete from procrastinate_jobs"))
        db.execute(text("update tasks set opened_at = now() - interval '1 hour'"))
    sweep_later(db_engine)
    work(db_url, tmp_path)
    work(db_url, tmp_path)
    assert_stamped_once(db_engine, filed)


def test_a_clerk_killed_between_writing_and_committing_changed_nothing(
    db_engine: Engine, db_url: str
) -> None:
    filed = file_cases(db_engine, "whole", files("whole", 1, 2), 1)
    task = open_steps(db_engine, filed.cases[0])[0][1]
    killed = start(dying.__name__, db_url, str(filed.clerk.id), task)
    assert killed.wait(60) == -signal.SIGKILL
    with db_engine.connect() as db:
        assert db.execute(select(tasks.c.state).where(tasks.c.id == task)).scalar_one() == "open"
        assert db.execute(select(events.c.type)).scalars().all() == ["submitted"]
    assert complete_one(db_engine, filed.clerk, task).outcome == "agree"
    compete(db_engine, filed, 1)
    assert_whole(db_engine, filed, 2 * STEPS)
