"""Completes the same tasks in three ways: as production does, the floor below it, the naive design."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine, update

from engine.bench.filing import complete_one, open_steps
from engine.bench.industry import NOW, REVIEW
from engine.bench.naive import Naive
from engine.bench.record import Recording, execute, recorded, replay
from engine.commands.complete import hear
from engine.database import transaction
from engine.people import User
from engine.tables import cases

STEP, FLOOR, NAIVE = "step", "floor", "naive"
Times = dict[str, list[float]]  # design → seconds of each completion


@dataclass(frozen=True)
class Track:
    """Three databases with the same cases in them; in the naive one their states are the stock engine's."""

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

        The floor executes the very statements that production just executed, with the same bytes, against
        equal rows. The naive design hears the clerk's form as production does, moves the case by the stock
        engine, and then writes the rows that production just wrote, with its own state in place of ours.
        """
        times: Times = {STEP: [], FLOOR: [], NAIVE: []}
        for case_id in case_ids:
            done: dict[str, Recording] = {}
            with recorded(self.production) as recording:
                while waiting := open_steps(self.production, case_id):
                    task = waiting[0][1]
                    recording.clear()
                    times[STEP].append(timed(partial(complete_one, self.production, self.clerk, task)))
                    done[task] = Recording(recording.statements)
            times[FLOOR] += [timed(partial(self._floor, each)) for each in done.values()]
            times[NAIVE] += [timed(partial(self._naive, each, task)) for task, each in done.items()]
        return times

    def _floor(self, done: Recording) -> None:
        with transaction(self.floor) as db:
            replay(db, done)

    def _naive(self, done: Recording, task: str) -> None:
        with transaction(self.naive) as db:
            _, case, _, heard = hear(db, user=self.clerk, task=task, raw=REVIEW, now=NOW)
            state = self.stock.complete(case.state, heard.step.id)
            for statement, values in done.statements[1:]:  # the first one read the task and the case
                execute(db, statement, {**values, "state": state} if values and "state" in values else values)


def timed(act: Callable[[], object]) -> float:
    """How many seconds `act` takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
