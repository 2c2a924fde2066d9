"""Writes what a step changed as one would first write it: a Core statement for each thing, the same bytes."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from engine import queue
from engine.tables import case_items, cases, events, tasks, timers

LOGGED = ("case_id", "seq", "at", "actor", "type", "payload", "previous", "hash")
MOVED = ("status", "accepted", "ended_at")


def write_plainly(db: Connection, values: Mapping[str, Any]) -> None:
    """Write the values of engine.store's one statement by statements of their own, in one transaction."""
    _move(db, values)
    db.execute(insert(events), {name: values[name] for name in LOGGED})
    if "task" in values:
        _finish(db, values)
    for item, words in json.loads(values.get("words", "{}")).items():
        of_item = (case_items.c.case_id == values["case_id"], case_items.c.item == item)
        db.execute(update(case_items).where(*of_item).values(words))
    if "opened" in values:
        opened = [_row(each, values) for each in json.loads(values["opened"])]
        db.execute(insert(tasks), opened)
    if "dropped" in values:
        db.execute(delete(timers).where(timers.c.task_id.in_(values["dropped"])))
    if timed := json.loads(values.get("timed", "[]")):
        db.execute(insert(timers), [{**_moment(each), "case_id": values["case_id"]} for each in timed])
    for job in json.loads(values.get("jobs", "[]")):
        at = datetime.fromisoformat(job["at"]) if job["at"] else None
        queue.defer(db, job["job"], at=at, **job["arguments"])


def _move(db: Connection, values: Mapping[str, Any]) -> None:
    moved = {name: values[name] for name in MOVED}
    moved |= {"workflow_state": values["state"], "version": values["version"] + 1}
    moved |= {"words": json.loads(values["about"])}
    moved |= {"last_seq": values["seq"], "last_hash": values["hash"]}
    this = (cases.c.id == values["case_id"], cases.c.version == values["version"])
    if db.execute(update(cases).where(*this).values(moved)).rowcount != 1:
        raise ValueError("the rows are not those that the statement was recorded on")


def _finish(db: Connection, values: Mapping[str, Any]) -> None:
    done = {
        "state": "done",
        "outcome": values["outcome"],
        "done_by": values["done_by"],
        "done_at": values["at"],
    }
    done["form"] = json.loads(values["form"]) if values["form"] else None
    db.execute(update(tasks).where(tasks.c.id == values["task"], tasks.c.state == "open").values(done))


def _row(opened: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {**_moment(opened), "case_id": values["case_id"], "opened_at": values["at"], "state": "open"}


def _moment(row: Mapping[str, Any]) -> dict[str, Any]:
    due = row["due_at"]
    return {**row, "due_at": datetime.fromisoformat(due) if due else None}
