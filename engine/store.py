"""Writes what one step changed: the case guarded by its version, its tasks, timers, event and jobs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, literal_column, update

from engine import queue
from engine.assignment import Office
from engine.cases import Case
from engine.errors import CaseMoved
from engine.events import Line
from engine.limits import due_at
from engine.tables import case_items, cases, events, tasks, timers
from engine.workflow import Moved, Opened

OPEN: ColumnElement[str] = literal_column("'open'")
NEW_TASK = insert(tasks)
NEW_TIMER = insert(timers)
NEW_EVENT = insert(events)


@dataclass(frozen=True)
class NewTask:
    """A task that a step opened, and the office it goes to."""

    opened: Opened
    office: Office


def save_case(db: Connection, case: Case, moved: Moved, status: str, line: Line, now: datetime) -> None:
    """Write the case as it stands after a step and its line in the log; CaseMoved when another was faster."""
    written = db.execute(
        update(cases)
        .where(cases.c.id == case.id, cases.c.version == case.version)
        .values(
            workflow_state=moved.state,
            version=case.version + 1,
            status=status,
            accepted=case.accepted,
            last_seq=line.seq,
            last_hash=line.hash,
            ended_at=now if moved.ended else None,
        )
    )
    if written.rowcount != 1:
        raise CaseMoved
    db.execute(NEW_EVENT, asdict(line))


def open_tasks(db: Connection, case_id: int, new: list[NewTask], now: datetime) -> None:
    """Add the tasks that now wait; a task for a handler gets its job in the same transaction."""
    if not new:
        return
    db.execute(NEW_TASK, [_row(case_id, task, now) for task in new])
    for task in new:
        if task.opened.step.kind == "service":
            queue.defer(db, queue.RUN_HANDLER, task_id=task.opened.task_id)


def save_timers(db: Connection, case_id: int, moved: Moved) -> None:
    """Keep the timers that now wait, each with a job for its moment, and drop those that no longer do."""
    if moved.dropped_timers:
        db.execute(delete(timers).where(timers.c.task_id.in_(moved.dropped_timers)))
    if moved.timers:
        rows = [
            {"task_id": t.task_id, "case_id": case_id, "event": t.event, "due_at": t.due_at}
            for t in moved.timers
        ]
        db.execute(NEW_TIMER, rows)
        for due in sorted({timer.due_at for timer in moved.timers}):
            queue.defer(db, queue.FIRE_TIMERS, at=due, case_id=case_id)


def cancel_tasks(db: Connection, task_ids: tuple[str, ...], now: datetime) -> None:
    """Take back tasks that the diagram no longer waits for."""
    if task_ids:
        db.execute(
            update(tasks)
            .where(tasks.c.id.in_(task_ids), tasks.c.state == OPEN)
            .values(state="cancelled", done_at=now)
        )


def save_items(db: Connection, case_id: int, changed: Mapping[str, Mapping[str, object]]) -> None:
    """Write the words about single items: item → column → value."""
    for item, words in changed.items():
        db.execute(
            update(case_items)
            .where(case_items.c.case_id == case_id, case_items.c.item == item)
            .values(**words)
        )


def _row(case_id: int, task: NewTask, now: datetime) -> dict[str, object]:
    step = task.opened.step
    return {
        "id": task.opened.task_id,
        "case_id": case_id,
        "step": step.id,
        "title": step.title,
        "kind": step.kind,
        "act": step.act or "",
        "item": step.item,
        "department": task.office.department,
        "region": task.office.region,
        "role": task.office.role,
        "due_at": due_at(step.limit, now),
        "opened_at": now,
    }
