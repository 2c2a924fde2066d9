"""Measures how the number of parallel stages changes the cost of a step, and how large a state gets."""

from functools import partial

from sqlalchemy import Engine, func, select

from engine.bench.figures import typical
from engine.bench.filing import Filed, complete_one, open_steps
from engine.bench.race import timed
from engine.database import connect
from engine.people import User
from engine.tables import cases


def measure_growth(url: str, one: Filed, four: Filed) -> tuple[float, int]:
    """How many times longer a step takes with four stages than with one; bytes of the largest state with one.

    Cases of both kinds are completed in turn, the first of each only to warm up; the quickest of each counts.
    """
    engine = connect(url, pool_size=1)
    took: dict[int, list[float]] = {1: [], 4: []}
    largest = 0
    for with_one, with_four in zip(one.cases, four.cases, strict=True):
        seconds, size = _complete_all(engine, one.clerk, with_one)
        largest = max(largest, size)
        took[1].append(seconds)
        took[4].append(_complete_all(engine, four.clerk, with_four)[0])
    engine.dispose()
    return min(took[4][1:]) / min(took[1][1:]), largest


def _complete_all(engine: Engine, clerk: User, case_id: int) -> tuple[float, int]:
    """Complete a case; the seconds of a typical step and the bytes of its largest state."""
    seconds, sizes = [], []
    while waiting := open_steps(engine, case_id):
        sizes.append(_state_bytes(engine, case_id))
        seconds.append(timed(partial(complete_one, engine, clerk, waiting[0][1])))
    return typical(seconds), max(sizes)


def _state_bytes(engine: Engine, case_id: int) -> int:
    size = select(func.octet_length(cases.c.workflow_state)).where(cases.c.id == case_id)
    with engine.connect() as db:
        return int(db.execute(size).scalar_one())
