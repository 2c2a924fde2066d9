"""Jobs are deferred in the transaction that causes them: a rollback takes them back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import procrastinate
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection

RUN_HANDLER = "run_handler"
FIRE_TIMERS = "fire_timers"
RENDER_ISSUE = "render_issue"
RENDER_LETTER = "render_letter"
SEND_DELIVERY = "send_delivery"
RETURN_OVERDUE = "return_overdue"
SWEEP = "sweep"
REMIND = "remind"
PASS_TIME = "pass_time"


@dataclass(frozen=True)
class Job:
    """A job to be queued, for now or for the moment `at`."""

    job: str
    arguments: Mapping[str, str | int]
    at: datetime | None = None


# Never opened: it only writes through the connection of the caller's transaction.
_queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def defer(db: Connection, job: str, *, at: datetime | None = None, **arguments: str | int) -> None:
    """Queue `job` in the transaction of `db`, for now or for the moment `at`."""
    connection = db.connection.driver_connection
    _queue.configure_task(job, schedule_at=at, connection=connection).defer(**arguments)


def defer_all(jobs: str) -> str:
    """SQL that queues many jobs as part of a larger statement; `jobs` is SQL for the text of `as_json`."""
    return f"""procrastinate_defer_jobs_v1(array(
        select row('default', job, 0, null, null, arguments, at)::procrastinate_job_to_defer_v1
        from json_to_recordset({jobs}) as (job text, arguments jsonb, at timestamptz)))"""


def as_json(jobs: Iterable[Job]) -> str:
    """Jobs as `defer_all` reads them."""
    return json.dumps([vars(job) for job in jobs], default=datetime.isoformat)


def schema() -> str:
    """The SQL that makes the queue's own tables and functions."""
    return SchemaManager.get_schema()
