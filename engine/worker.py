"""The worker: runs handlers, timers and renderings as they fall due, and sweeps for what was missed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import procrastinate
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from engine import queue
from engine.commands.fire_timers import fire_due
from engine.commands.return_overdue import return_due
from engine.commands.run_handler import run_handler
from engine.database import transaction
from engine.handouts.reminding import remind_undelivered
from engine.hearings.lapsing import lapse_all
from engine.outbox.send import ATTEMPTS, queue_lost
from engine.regulators.reminding import remind_unclaimed
from engine.sweep import sweep

RETRY = procrastinate.RetryStrategy(max_attempts=6, exponential_wait=3)
SEND_AGAIN = procrastinate.RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=3)
EVERY_MINUTE = "* * * * *"
OFFICE_HOURS = "7 1-9 * * *"  # UTC: each hour from 9:07 to 17:07 in China, so that a late start reminds, too
Render = Callable[[Engine, int, datetime], None]
Send = Callable[[Engine, int, datetime], None]
Pass = Callable[[Engine, datetime], None]


def worker_app(
    url: str, engine: Engine, render: Render, send: Send, print_letter: Render, pass_time: Pass
) -> procrastinate.App:
    """The app whose tasks do the jobs of this database.

    What leaves the database is passed in: `render` prints an issue of a certificate, `send` sends a delivery,
    `print_letter` prints a letter. `pass_time` does what time alone brings about for certificates.
    """
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=plain))

    @app.task(name=queue.RUN_HANDLER, retry=RETRY)
    def _run_handler(task_id: str) -> None:
        run_handler(engine, task_id, datetime.now(UTC))

    @app.task(name=queue.FIRE_TIMERS, retry=RETRY)
    def _fire_timers(case_id: int) -> None:
        fire_due(engine, case_id, datetime.now(UTC))

    _add_printing(app, engine, render, print_letter)

    @app.task(name=queue.SEND_DELIVERY, retry=SEND_AGAIN)
    def _send_delivery(delivery_id: int) -> None:
        send(engine, delivery_id, datetime.now(UTC))

    @app.task(name=queue.RETURN_OVERDUE, retry=RETRY)
    def _return_overdue(case_id: int) -> None:
        return_due(engine, case_id, datetime.now(UTC))

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name=queue.SWEEP, queueing_lock=queue.SWEEP, pass_context=True)
    async def _sweep(context: procrastinate.JobContext, timestamp: int = 0) -> None:
        for job in await app.job_manager.get_stalled_jobs():
            await app.job_manager.retry_job(job)
        with transaction(engine) as db:
            sweep(db, datetime.now(UTC))
            queue_lost(db, datetime.now(UTC))
        lapse_all(engine, datetime.now(UTC))

    _add_watching(app, engine, pass_time)
    return app


def _add_printing(app: procrastinate.App, engine: Engine, render: Render, print_letter: Render) -> None:
    @app.task(name=queue.RENDER_ISSUE, retry=RETRY)
    def _render_issue(issue_id: int) -> None:
        render(engine, issue_id, datetime.now(UTC))

    @app.task(name=queue.RENDER_LETTER, retry=RETRY)
    def _render_letter(letter_id: int) -> None:
        print_letter(engine, letter_id, datetime.now(UTC))


def _add_watching(app: procrastinate.App, engine: Engine, pass_time: Pass) -> None:
    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name=queue.PASS_TIME, queueing_lock=queue.PASS_TIME)
    def _pass_time(timestamp: int = 0) -> None:
        pass_time(engine, datetime.now(UTC))

    @app.periodic(cron=OFFICE_HOURS)
    @app.task(name=queue.REMIND, queueing_lock=queue.REMIND)
    def _remind(timestamp: int = 0) -> None:
        for remind in (remind_unclaimed, remind_undelivered):
            with transaction(engine) as db:
                remind(db, datetime.now(UTC))


async def work(app: procrastinate.App, *, concurrency: int = 4, wait: bool = True) -> None:
    """Do jobs until stopped, or with `wait=False` until none is left to do now."""
    options: dict[str, Any] = {"concurrency": concurrency, "wait": wait, "install_signal_handlers": wait}
    async with app.open_async():
        await app.run_worker_async(**options, delete_jobs="successful")
