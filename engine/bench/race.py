"""Completes the same tasks in three ways: as production does, the floor below it, the naive design."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Engine, update

from engine.bench.filing import complete_one, open_steps
from engine.bench.industry import NOW, REVIEW
from engine.bench.naive import Naive
from engine.bench.plain import write_plainly
from engine.bench.record import Recording, execute, recorded
from engine.commands.complete import hear
from engine.database import transaction
from engine.people import User
from engine.tables import cases

STEP, FLOOR, NAIVE = "step", "floor", "naive"
Times = dict[str, list[float]]  # design → seconds of each completion


@dataclass(frozen=True)
class Track:
    """Databases with the same cases, one for each design; in the naive one the states are the stock engine's.

    In `rehearsal` each task is completed first, to know what production writes: recording costs time, so it
    is not done where time is taken.
    """

    rehearsal: Engine
    production: Engine
    floor: Engine
    naive: Engine
    stock: Naive
    clerk: User

    def prepare(self) -> None:
        """Give all cases of the naive database the stock engine's state."""
        with transaction(self.naive) as db:
            db.execute(update(cases).values(workflow_state=self.stock.start()))

    def race(self, case_ids: Iterable[int]) -> Times:
        """Complete every task of these cases in all three ways, one case after another.

        The floor reads and writes what production reads and writes, the same bytes, by a Core statement for
        each thing in one transaction, and thinks nothing. The naive design hears the clerk's form as
        production does, moves the case by the stock engine, and writes by the same statements as the floor,
        with its own state in place of ours.
        """
        times: Times = {STEP: [], FLOOR: [], NAIVE: []}
        for case_id in case_ids:
            done = self._rehearse(case_id)
            while waiting := open_steps(self.production, case_id):
                times[STEP].append(timed(partial(complete_one, self.production, self.clerk, waiting[0][1])))
            times[FLOOR] += [timed(partial(self._floor, each)) for each in done.values()]
            times[NAIVE] += [timed(partial(self._naive, each, task)) for task, each in done.items()]
        return times

    def _rehearse(self, case_id: int) -> dict[str, Recording]:
        """Task id → what completing it executes: first what it reads, then what it writes."""
        done: dict[str, Recording] = {}
        with recorded(self.rehearsal) as recording:
            while waiting := open_steps(self.rehearsal, case_id):
                recording.clear()
                complete_one(self.rehearsal, self.clerk, waiting[0][1])
                done[waiting[0][1]] = Recording(list(recording.statements))
        return done

    def _floor(self, done: Recording) -> None:
        reading, asked = done.statements[0]
        with transaction(self.floor) as db:
            execute(db, reading, asked)
            write_plainly(db, written(done))

    def _naive(self, done: Recording, task: str) -> None:
        with transaction(self.naive) as db:
            _, case, _, heard = hear(db, user=self.clerk, task=task, raw=REVIEW, now=NOW)
            state = self.stock.complete(case.state, heard.step.id)
            write_plainly(db, {**written(done), "state": state})


def written(done: Recording) -> Mapping[str, Any]:
    """What production's one statement wrote of a step; what the end of a case brings comes on top of it."""
    return next(values for _, values in done.statements if isinstance(values, dict) and "state" in values)


def timed(act: Callable[[], object]) -> float:
    """How many seconds `act` takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
