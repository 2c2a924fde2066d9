"""Measures many clerks at once, on one hot case and on many cases, and proves that nothing is lost."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, func, select

from engine.bench.figures import percentile
from engine.bench.filing import file_cases
from engine.bench.industry import NOW, REVIEW, STEPS, files
from engine.bench.scratch import scratch
from engine.commands.complete import Completed, complete
from engine.database import connect, run
from engine.errors import CaseMoved
from engine.events import Break, breaks
from engine.people import User
from engine.tables import events, tasks

CLIENTS = 8
HOT_STAGES = 4
Progress = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True)
class Contention:
    """How it went when all clients worked at once.

    `retries` are tries beyond the first of a completion, `failures` completions given up after the last try
    (and done later), `lost` everything that is not as it should be: tasks without exactly one event of
    their completion, tasks missing, places where a chain does not hold.
    """

    clients: int
    completions: int
    per_s: float
    p50_ms: float
    p95_ms: float
    retries: int
    failures: int
    lost: int


@dataclass
class Work:
    """What one client did: the seconds of each completion, and how often it was tried."""

    seconds: list[float] = field(default_factory=list)
    tries: int = 0
    failures: int = 0


def measure_contention(url: str, progress: Progress, *, hot: int, cases: int) -> dict[str, Contention]:
    """Measure on the server of `url`: `hot` cases one after another, all clients on each; `cases` at once."""
    with scratch(url) as address:
        engine = connect(address, pool_size=CLIENTS)
        try:
            with progress("填入办件"):
                alone = file_cases(engine, "hot", files("hot", HOT_STAGES, CLIENTS), hot)
                many = file_cases(engine, "many", files("many", 1, CLIENTS), cases)
            with progress(f"{CLIENTS} 人同办一件"):
                one = _together(engine, alone.clerk, [[case_id] for case_id in alone.cases], HOT_STAGES)
            with progress(f"{CLIENTS} 人办 {cases} 件"):
                spread = _together(engine, many.clerk, [many.cases], 1)
        finally:
            engine.dispose()
    return {"hot_case": one, "many_cases": spread}


def _together(engine: Engine, clerk: User, batches: Sequence[Sequence[int]], stages: int) -> Contention:
    """All clients work on each batch of cases until they have ended; each client is a department."""
    done: list[Work] = []
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        for batch in batches:
            jobs = [clients.submit(_client, engine, clerk, batch, number) for number in range(1, CLIENTS + 1)]
            done += [job.result() for job in jobs]
    took = time.perf_counter() - begun
    seconds = [each for work in done for each in work.seconds]
    every = [case_id for batch in batches for case_id in batch]
    expected = len(every) * stages * CLIENTS * STEPS
    return Contention(
        clients=CLIENTS,
        completions=len(seconds),
        per_s=len(seconds) / took,
        p50_ms=percentile(seconds, 50) * 1000,
        p95_ms=percentile(seconds, 95) * 1000,
        retries=sum(work.tries for work in done) - len(seconds),
        failures=sum(work.failures for work in done),
        lost=abs(expected - len(seconds)) + _lost(engine, every, expected),
    )


def _client(engine: Engine, clerk: User, case_ids: Sequence[int], number: int) -> Work:
    """Do the tasks of one department in these cases until no case has any left."""
    work = Work()
    while (mine := _open_tasks(engine, case_ids, f"dept{number}")) is not None:
        random.Random(number).shuffle(mine)
        for task in mine:
            _complete(engine, clerk, task, work)
        if not mine:
            time.sleep(0.001)  # the other departments are not done yet
    return work


def _complete(engine: Engine, clerk: User, task: str, work: Work) -> None:
    def command(db: Connection) -> Completed:
        work.tries += 1
        return complete(db, user=clerk, task=task, raw=REVIEW, now=NOW)

    begun = time.perf_counter()
    try:
        run(engine, command)
    except CaseMoved:
        work.failures += 1
    else:
        work.seconds.append(time.perf_counter() - begun)


def _open_tasks(engine: Engine, case_ids: Sequence[int], department: str) -> list[str] | None:
    """The open tasks of a department; None once no department has any."""
    query = select(tasks.c.id, tasks.c.department).where(tasks.c.case_id.in_(case_ids))
    with engine.connect() as db:
        rows = db.execute(query.where(tasks.c.state == "open").order_by(tasks.c.id)).all()
    return [row.id for row in rows if row.department == department] if rows else None


def _lost(engine: Engine, case_ids: Sequence[int], expected: int) -> int:
    """How much is not as it should be after every task was completed once."""
    completions = (
        select(events.c.case_id, func.count().label("lines"))
        .where(events.c.case_id.in_(case_ids), events.c.type == "task_completed")
        .group_by(events.c.case_id)
    )
    finished = select(func.count()).where(tasks.c.case_id.in_(case_ids), tasks.c.state == "done")
    with engine.connect() as db:
        lines = sum(int(row.lines) for row in db.execute(completions))
        done = int(db.execute(finished).scalar_one())
        broken = sum(isinstance(each, Break) for each in breaks(db))
    return abs(lines - expected) + abs(done - expected) + broken
