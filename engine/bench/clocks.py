"""Measures how long the clocks of all open cases take by the one query, against a loop over the cases."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.bench.industry import REGION
from engine.bench.scratch import scratch
from engine.clock.calendar import read_calendar, write_out
from engine.clock.count import PAUSED, state_of
from engine.clock.ledger import by_clock
from engine.clock.lights import compute_all
from engine.clock.rows import read_entries
from engine.database import connect, transaction
from engine.people import add_user
from engine.tables import calendar_days, clocks, deployments, subjects

Progress = Callable[[str], AbstractContextManager[None]]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Clocks:
    """Seconds for all clocks of `cases` open cases by the query: written first, all moved, none moved.

    `loop_s` is what a loop would take that reads each case's ledger, counts in Python and writes its rows:
    measured on `sample` of the cases in the same database, and multiplied.
    """

    cases: int
    clocks: int
    entries: int
    first_s: float
    moved_s: float
    same_s: float
    sample: int
    loop_s: float

    @property
    def ratio(self) -> float:
        """How many times as long the loop takes, when all dates have moved."""
        return self.loop_s / self.moved_s


def measure_clocks(url: str, progress: Progress, *, cases: int, sample: int) -> Clocks:
    """Measure in a database made for it on the server of `url`."""
    with scratch(url) as address:
        engine = connect(address)
        try:
            with progress(f"填入 {cases} 个办件"), transaction(engine) as db:
                entries = _fill(db, cases)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                db.execute(text("vacuum analyze"))
            with progress("逐件计算"):
                loop = _time(engine, lambda db: _loop(db, cases, sample))
            with transaction(engine) as db:
                db.execute(clocks.delete())
            with progress("一次计算全部"):
                first = _time(engine, lambda db: compute_all(db, TODAY))
                with transaction(engine) as db:
                    _close_a_day(db)
                moved = _time(engine, lambda db: compute_all(db, TODAY))
                same = _time(engine, lambda db: compute_all(db, TODAY))
            with transaction(engine) as db:
                count = db.execute(text("select count(*) from clocks")).scalar_one()
        finally:
            engine.dispose()
    return Clocks(cases, count, entries, first, moved, same, sample, loop * cases / sample)


def _time(engine: Engine, work: Callable[[Connection], object]) -> float:
    begun = time.perf_counter()
    with transaction(engine) as db:
        work(db)
    return time.perf_counter() - begun


def _loop(db: Connection, cases: int, sample: int) -> None:
    """What one would write without the query: case by case, evenly chosen."""
    for case_id in range(1, cases + 1, max(cases // sample, 1)):
        calendar = read_calendar(db, REGION)
        rows = []
        for key, entries in by_clock(read_entries(db, case_id)).items():
            state = state_of(entries, calendar, TODAY)
            if state is not None:
                rows.append(
                    {
                        "case_id": case_id,
                        "clock": key.clock,
                        "item": key.item,
                        "state": state.state,
                        "due_on": state.due_on,
                        "yellow_from": state.yellow_from,
                        "provisional": state.provisional,
                        "projected_on": TODAY if state.state == PAUSED else None,
                    }
                )
        statement = upsert(clocks).values(rows)
        new = {name: statement.excluded[name] for name in rows[0]}
        db.execute(statement.on_conflict_do_update(index_elements=["case_id", "clock", "item"], set_=new))


def _close_a_day(db: Connection) -> None:
    """A local closing that moves nearly every date."""
    user = db.execute(text("select min(id) from users")).scalar_one()
    said = {"works": False, "reason": "bench", "set_by": user, "set_at": NOW}
    db.execute(insert(calendar_days).values(region=REGION, day=date(2026, 11, 24), **said))
    write_out(db)


def _fill(db: Connection, cases: int) -> int:
    """Open cases of two items; every third had a pause, every tenth has one now; returns their entries."""
    user = add_user(db, login="bench", name="某甲", password="bench", roles=(), now=NOW)
    subject = insert(subjects).values(uscc="bench", name="某店").returning(subjects.c.id)
    deployment = {"industry": "bench", "version": 1, "sha256": "", "files": b"", "published_at": NOW}
    published = insert(deployments).values(deployment).returning(deployments.c.id)
    values = {
        "count": cases,
        "user": user,
        "subject": db.execute(subject).scalar_one(),
        "deployment": db.execute(published).scalar_one(),
        "region": REGION,
        "now": NOW,
        "today": TODAY,
    }
    db.execute(_CASES, values)
    return sum(db.execute(each, values).rowcount for each in (_STARTS, _PAST, _LASTING, _RESUMED))


_CASES = text(
    """
    insert into cases (number, industry, region, subject_id, applicant_id, deployment_id, operator, uscc,
        phone, status, accepted, guide, answers, sources, workflow_state, committed_on, submitted_at)
    select 'bench-' || n, 'bench', :region, :subject, :user, :deployment, '某店', '', '', 'reviewing', true,
        '{}', '{}', '{}', '', :today, :now
    from generate_series(1, :count) n
    """
)
_CLOCKS = """(values ('receipt', '', 5), ('bundle', '', 12), ('statutory', 'one', 20),
        ('statutory', 'two', 15), ('committed', 'one', 10), ('committed', 'two', 5))
        clock (clock, item, days)
    """
_STARTS = text(
    f"""
    insert into clock_entries (case_id, clock, item, entry, on_day, at, days, actor)
    select id, clock, item, entry, :today - (id % 20)::int - case entry when 'stop' then 1 else 3 end, :now,
        case entry when 'start' then days end, 'system'
    from cases cross join {_CLOCKS} cross join (values ('start'), ('stop')) entry (entry)
    where entry = 'start' or clock = 'receipt'
    order by id, entry
    """
)
_PAUSES = f"""
    insert into clock_entries (case_id, clock, item, entry, on_day, at, days, kind, actor)
    select id, clock, item, 'pause', :today - (id % 20)::int / 2, :now, 5, 'testing', 'system'
    from cases cross join {_CLOCKS}
    where item <> 'two' and clock <> 'receipt' and {{which}}
    """
_PAST = text(_PAUSES.format(which="id % 3 = 0"))
_LASTING = text(_PAUSES.format(which="id % 10 = 1"))
_RESUMED = text(
    """
    insert into clock_entries (case_id, clock, item, entry, on_day, at, kind, closes, actor)
    select case_id, clock, item, 'resume', on_day + 3, :now, kind, id, actor
    from clock_entries where entry = 'pause' and case_id % 3 = 0
    """
)
