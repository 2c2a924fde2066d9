"""Jobs are deferred in the transaction that causes them: a rollback takes them back."""

from datetime import datetime

import procrastinate
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection

RUN_HANDLER = "run_handler"
FIRE_TIMERS = "fire_timers"
RENDER_ISSUE = "render_issue"
SWEEP = "sweep"

# Never opened: it only writes through the connection of the caller's transaction.
_queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def defer(db: Connection, job: str, *, at: datetime | None = None, **arguments: str | int) -> None:
    """Queue `job` in the transaction of `db`, for now or for the moment `at`."""
    connection = db.connection.driver_connection
    _queue.configure_task(job, schedule_at=at, connection=connection).defer(**arguments)


def schema() -> str:
    """The SQL that makes the queue's own tables and functions."""
    return SchemaManager.get_schema()
