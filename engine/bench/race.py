"""Completes the same tasks in three ways: as production does, the floor below it, the naive design."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Engine, update

from engine.bench.filing import complete_one, open_steps
from engine.bench.naive import Naive
from engine.bench.record import Recording, execute, recorded, replay
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
        """Complete every task of these cases in all three ways, one task after another.

        The floor executes the very statements that production just executed, with the same bytes, against
        equal rows. The naive design executes them too, with its own state in place of ours: it is spared
        reading the clerk's form and finding out what to write.
        """
        times: Times = {STEP: [], FLOOR: [], NAIVE: []}
        with recorded(self.production) as done:
            for case_id in case_ids:
                while waiting := open_steps(self.production, case_id):
                    step, task = waiting[0]
                    done.clear()
                    times[STEP].append(timed(partial(complete_one, self.production, self.clerk, task)))
                    statements = Recording(done.statements)
                    times[FLOOR].append(timed(partial(self._floor, statements)))
                    times[NAIVE].append(timed(partial(self._naive, statements, step)))
        return times

    def _floor(self, done: Recording) -> None:
        with transaction(self.floor) as db:
            replay(db, done)

    def _naive(self, done: Recording, step: str) -> None:
        state = b""
        with transaction(self.naive) as db:
            for statement, values in done.statements:
                own = {**values, "state": state} if values and "state" in values else values
                found = execute(db, statement, own)
                if found and "workflow_state" in getattr(found[0], "_fields", ()):
                    state = self.stock.complete(found[0].workflow_state, step)


def timed(act: Callable[[], object]) -> float:
    """How many seconds `act` takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
