"""Many threads that all want the same tasks, and what must be true once they are done."""

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import orjson
from sqlalchemy import Engine, select

from engine.bench.filing import Filed, complete_one
from engine.errors import CaseMoved, Conflict
from engine.events import Break, breaks
from engine.tables import cases, events, tasks


def compete(engine: Engine, filed: Filed, threads: int, seed: int = 0) -> int:
    """Let every thread try every open task in an order of its own until none is left; how many were done."""
    with ThreadPoolExecutor(threads) as pool:
        done = [pool.submit(_compete, engine, filed, seed + number) for number in range(threads)]
        return sum(each.result() for each in done)


def assert_whole(engine: Engine, filed: Filed, tasks_a_case: int) -> None:
    """Every case has ended, each task was done once, its event written once, and every chain holds."""
    with engine.connect() as db:
        assert [each for each in breaks(db) if isinstance(each, Break)] == []
        ended = db.execute(select(cases.c.id).where(cases.c.ended_at.is_not(None))).scalars().all()
        assert sorted(ended) == sorted(filed.cases)
        states = Counter(db.execute(select(tasks.c.state).where(tasks.c.kind == "user")).scalars())
        assert states == {"done": tasks_a_case * len(filed.cases)}
        log = db.execute(select(events.c.payload).where(events.c.type == "task_completed")).scalars()
        lines = Counter(orjson.loads(payload)["task"] for payload in log)
        assert set(lines) == set(db.execute(select(tasks.c.id)).scalars())
        assert set(lines.values()) == {1}


def _compete(engine: Engine, filed: Filed, seed: int) -> int:
    order, done = random.Random(seed), 0
    while waiting := _open_tasks(engine, filed.cases):
        order.shuffle(waiting)
        for task in waiting:
            try:
                complete_one(engine, filed.clerk, task)
            except (Conflict, CaseMoved):
                continue
            done += 1
    return done


def _open_tasks(engine: Engine, case_ids: Sequence[int]) -> list[str]:
    query = select(tasks.c.id).where(tasks.c.case_id.in_(case_ids), tasks.c.state == "open")
    with engine.connect() as db:
        return list(db.execute(query.order_by(tasks.c.id)).scalars())
