"""Writes everything that a step changed in one statement, and nothing at all when another was faster.

One statement because each takes a round trip of its own, which was half of the time of a step
(docs/decisions/write-path.md). Its parts stand in the order in which one reads them; PostgreSQL runs all
of them, and all but the first do nothing when the first finds the case at another version.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, TextClause, literal_column, text

from engine import queue
from engine.assignment import Office
from engine.cases import Case
from engine.errors import CaseMoved
from engine.events import Line
from engine.limits import due_at
from engine.workflow import Moved, Opened

OPEN: ColumnElement[str] = literal_column("'open'")

_PARTS: Mapping[str, str] = {
    "moved": """
        update cases set workflow_state = :state, version = version + 1, status = :status,
            accepted = :accepted, words = cast(:about as json), last_seq = :seq, last_hash = :hash,
            ended_at = :ended_at
        where id = :case_id and version = :version
        returning id""",
    "logged": """
        insert into events (case_id, seq, at, actor, type, payload, previous, hash)
        select id, :seq, :at, :actor, :type, :payload, :previous, :hash from moved""",
    "finished": """
        update tasks set state = 'done', outcome = :outcome, form = cast(:form as json),
            done_at = :at, done_by = :done_by
        from moved where tasks.id = :task and tasks.state = 'open'
        returning tasks.id""",
    "said": """
        update case_items set (opinion, finding, outcome, reasons, decided_at, decided_by) = (
            select opinion, finding, outcome, reasons, decided_at, decided_by
            from json_populate_record(case_items, spoken.value))
        from moved, json_each(cast(:words as json)) spoken
        where case_items.case_id = moved.id and case_items.item = spoken.key""",
    "cancelled": """
        update tasks set state = 'cancelled', done_at = :at
        from moved where tasks.id = any(:cancelled) and tasks.state = 'open'""",
    "opened": """
        insert into tasks (id, case_id, step, title, kind, act, item, department, region, role, due_at,
            state, opened_at)
        select new.id, moved.id, step, title, kind, act, item, department, region, role, due_at, 'open', :at
        from moved, json_populate_recordset(null::tasks, cast(:opened as json)) new""",
    "dropped": """
        delete from timers using moved
        where timers.task_id = any(:dropped) and (timers.task_id, timers.event) not in (
            select task_id, event from json_populate_recordset(null::timers, cast(:timed as json)))""",
    "timed": """
        insert into timers (task_id, case_id, event, due_at)
        select task_id, moved.id, event, due_at
        from moved, json_populate_recordset(null::timers, cast(:timed as json))
        on conflict (task_id, event) do update set due_at = excluded.due_at""",
    "queued": f"select {queue.defer_all('cast(:jobs as json)')} as ids from moved",
}
# A part runs when the value it needs is there.
_NEEDS = {
    "moved": "state",
    "logged": "hash",
    "finished": "task",
    "said": "words",
    "cancelled": "cancelled",
    "opened": "opened",
    "dropped": "dropped",
    "timed": "timed",
    "queued": "jobs",
}
# What the whole says: how many rows the guarded parts found, one each unless another was faster.
_ANSWERS = {
    "moved": "(select count(*) from moved)",
    "finished": "(select count(*) from finished)",
    "queued": "(select count(ids) from queued)",
}


@dataclass(frozen=True)
class NewTask:
    """A task that a step opened, and the office it goes to."""

    opened: Opened
    office: Office


@dataclass(frozen=True)
class Finished:
    """A task that is done: with which form, and by whom (None: by a handler)."""

    task_id: str
    outcome: str
    form: Mapping[str, object] | None
    user_id: int | None


@dataclass(frozen=True)
class Change:
    """Everything that one step changes: `case` is as it was read but for what was said since.

    `words` is what was said about items: item → column of case_items → value.
    """

    case: Case
    moved: Moved
    status: str
    line: Line
    opened: tuple[NewTask, ...]
    finished: Finished | None = None
    words: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def save(db: Connection, change: Change) -> None:
    """Write a change and queue the jobs that follow from it; CaseMoved when another was faster."""
    values = {**_case_values(change), **_task_values(change), **_timer_values(change.moved)}
    jobs = _jobs(change)
    if jobs:
        values["jobs"] = queue.as_json(jobs)
    parts = tuple(name for name, needs in _NEEDS.items() if needs in values)
    if 0 in db.execute(_statement(parts), values).one():
        raise CaseMoved


@lru_cache
def _statement(parts: tuple[str, ...]) -> TextClause:
    """The statement that runs these parts; there are few combinations, and each is prepared once."""
    written = ",\n".join(f"{name} as ({_PARTS[name]})" for name in parts)
    answers = ", ".join(answer for name, answer in _ANSWERS.items() if name in parts)
    return text(f"with {written}\nselect {answers}")


def _case_values(change: Change) -> dict[str, Any]:
    case, line = change.case, change.line
    return {
        **vars(line),
        "version": case.version,
        "state": change.moved.state,
        "status": change.status,
        "accepted": case.accepted,
        "about": _json(case.words),
        "ended_at": line.at if change.moved.ended else None,
    }


def _task_values(change: Change) -> dict[str, Any]:
    done, moved = change.finished, change.moved
    values: dict[str, Any] = {}
    if done is not None:
        form = None if done.form is None else _json(done.form)
        values |= {"task": done.task_id, "outcome": done.outcome, "form": form, "done_by": done.user_id}
    if change.words:
        values["words"] = _json(change.words)
    if moved.closed:
        values["cancelled"] = list(moved.closed)
    if change.opened:
        values["opened"] = _json([_row(task, change.line.at) for task in change.opened])
    return values


def _timer_values(moved: Moved) -> dict[str, Any]:
    values: dict[str, Any] = {"dropped": list(moved.dropped_timers)} if moved.dropped_timers else {}
    if moved.timers or moved.dropped_timers:  # a cycle's next date takes the place of the one before
        values["timed"] = _json([vars(timer) for timer in moved.timers])
    return values


def _jobs(change: Change) -> list[queue.Job]:
    """A job for each task that a handler does, and one for each moment at which timers fall due."""
    handlers = [task.opened.task_id for task in change.opened if task.opened.step.kind == "service"]
    moments = sorted({timer.due_at for timer in change.moved.timers})
    return [
        *(queue.Job(queue.RUN_HANDLER, {"task_id": task_id}) for task_id in handlers),
        *(queue.Job(queue.FIRE_TIMERS, {"case_id": change.case.id}, moment) for moment in moments),
    ]


def _row(task: NewTask, now: datetime) -> dict[str, object]:
    step = task.opened.step
    return {
        "id": task.opened.task_id,
        "step": step.id,
        "title": step.title,
        "kind": step.kind,
        "act": step.act or "",
        "item": step.item,
        "department": task.office.department,
        "region": task.office.region,
        "role": task.office.role,
        "due_at": due_at(step.limit, now),
    }


def _json(value: object) -> str:
    return json.dumps(value, default=datetime.isoformat)
