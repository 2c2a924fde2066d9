"""A diagram of one service task whose handler a test can stop half-way, and a worker that runs it.

As a program (address of the database, folder): a worker that does what is queued and ends. Its handler
writes a message and, when `stopped` is in the folder, waits to be killed, leaving `waiting` there.
"""

import asyncio
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert

from engine.bench.industry import files
from engine.bench.model import Drawing, file
from engine.database import connect
from engine.departments.registry import HandlerTask, handler
from engine.tables import messages
from engine.worker import work, worker_app

INDUSTRY = "stamped"
STOPPED, WAITING = "stopped", "waiting"


def stamped() -> Mapping[str, str]:
    """The files of an industry whose cases are stamped by a handler and then have ended."""
    drawing = Drawing("bench")
    stamp = drawing.task("stamp", tag="serviceTask", act="notify", item="item1", handler="stamp")
    drawing.line(drawing.add("startEvent", "start"), stamp, drawing.add("endEvent", "end"))
    (diagram,) = file([drawing]).values()
    return {**files(INDUSTRY, 1, 1), f"processes/{INDUSTRY}/process.bpmn": diagram}


def main(url: str, folder: Path) -> None:
    """Work as `onepermit worker` does, with the handler of this test."""

    @handler("stamp")
    def stamp(db: Connection, task: HandlerTask, now: datetime) -> str:
        key = f"stamp/{task.task_id}"
        db.execute(
            insert(messages).values(user_id=1, case_id=task.case_id, text="已盖章", key=key, sent_at=now)
        )
        if (folder / STOPPED).exists():
            (folder / WAITING).touch()
            time.sleep(600)
        return "stamped"

    engine = connect(url)
    asyncio.run(work(worker_app(url, engine, _render, _send, _render, _pass_time), wait=False))
    engine.dispose()


def _pass_time(engine: Engine, now: datetime) -> None:
    """No certificate stands on this register."""


def _render(engine: Engine, issue: int, now: datetime) -> None:
    raise AssertionError("nothing is printed here")


def _send(engine: Engine, delivery: int, now: datetime) -> None:
    raise AssertionError("nothing is sent from here")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
