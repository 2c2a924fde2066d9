"""What the database tells about the state of the whole: read by `onepermit doctor`, changed by nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, func, select, text

from engine.outbox.send import failures
from engine.tables import incidents, published_industries, tasks

OLDEST_POSTGRES = 15
# The worker says every ten seconds that it is there; three missed in a row mean that it is not.
WORKER_SILENCE = timedelta(seconds=30)
# A handler is tried again for about ten minutes; a machine's step open longer than that waits for nobody.
LONGEST_MACHINE_STEP = timedelta(minutes=15)

# The queue's own tables belong to the queue's library: their columns are named here and in engine.sweep only.
OVERDUE_JOBS = text("select count(*) from procrastinate_jobs where status = 'todo' and scheduled_at < :early")


@dataclass(frozen=True)
class Health:
    """Numbers at one moment; `postgres` is the major version, `worker_seen` the last sign of any worker."""

    postgres: int
    industries: int
    worker_seen: datetime | None
    overdue_jobs: int
    late_machine_steps: int
    open_incidents: int
    unsent_messages: int

    def worker_alive(self, now: datetime) -> bool:
        """Whether a worker said lately that it is there."""
        return self.worker_seen is not None and now - self.worker_seen < WORKER_SILENCE


def read_health(db: Connection, now: datetime) -> Health:
    """The state of a migrated database."""
    open_steps = select(func.count()).where(tasks.c.state == "open", tasks.c.kind == "service")
    return Health(
        postgres=postgres_version(db),
        industries=_number(db, select(func.count()).select_from(published_industries)),
        worker_seen=db.execute(text("select max(last_heartbeat) from procrastinate_workers")).scalar(),
        overdue_jobs=db.execute(OVERDUE_JOBS, {"early": now - WORKER_SILENCE}).scalar_one(),
        late_machine_steps=_number(db, open_steps.where(tasks.c.opened_at < now - LONGEST_MACHINE_STEP)),
        open_incidents=_number(db, select(func.count()).where(incidents.c.state == "open")),
        unsent_messages=sum(each.count for each in failures(db, now)),
    )


def postgres_version(db: Connection) -> int:
    """The major version of the server."""
    return int(db.execute(text("show server_version_num")).scalar_one()) // 10000


def _number(db: Connection, query: Select[int]) -> int:
    return int(db.execute(query).scalar_one())
