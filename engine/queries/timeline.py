"""What happened to a case, read off its log: one entry an event, in words that a page can say."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.deployments import Deployment
from engine.tables import events, tasks

UNTOLD = ("inspection_noted", "inspection_photo_added")  # hundreds a visit: its own page shows them
WAIT_OVER = "wait_over"  # the timer_fired for whose date the case had been waiting


@dataclass(frozen=True)
class Entry:
    """One thing that happened: what (`type`, `act`, `outcome`), where (`title`), by which office, when.

    `office` is "" for the applicant and for what the system did by itself (`by` says which). `kind` is that
    of the item it was about, "" for none; `step` is the id of the step that it ended.
    """

    at: datetime
    type: str
    by: str
    title: str
    act: str
    outcome: str
    office: str
    kind: str = ""
    step: str = ""


def timeline(
    db: Connection, case_id: int, applicant_id: int, deployment: Deployment, process: str = ""
) -> tuple[Entry, ...]:
    """The entries of a case that runs `process`, oldest first, but for each thing noted at a visit."""
    own = select(tasks.c.id, tasks.c.title, tasks.c.department, tasks.c.region)
    done = {row.id: row for row in db.execute(own.where(tasks.c.case_id == case_id))}
    told = select(events).where(events.c.case_id == case_id, events.c.type.not_in(UNTOLD))
    rows = db.execute(told.order_by(events.c.seq))
    applicant = f"user:{applicant_id}"
    return tuple(
        _entry(
            row.at, row.type, _by(row.actor, applicant), json.loads(row.payload), done, deployment, process
        )
        for row in rows
    )


def _by(actor: str, applicant: str) -> str:
    if actor == applicant:
        return "applicant"
    return "system" if actor == "system" else "clerk"


def _entry(
    at: datetime,
    type: str,
    by: str,
    payload: dict[str, str],
    done: dict[str, Any],
    deployment: Deployment,
    process: str,
) -> Entry:
    step = deployment.model_of(process).steps.get(payload.get("step") or "")
    over = [title for event, title in deployment.waits.items() if event in payload.get("timers", ())]
    if over:
        return Entry(at, WAIT_OVER, by, "、".join(over), "", "", "")
    task = done.get(payload.get("task") or "")
    return Entry(
        at=at,
        type=type,
        by=by,
        title=task.title if task else step.title if step else payload.get("title") or "",
        act=payload.get("act") or (step.act if step else "") or "",
        outcome=payload.get("outcome") or "",
        office=deployment.catalogue.office_name(task.department, task.region) if task else "",
        kind=_kind(deployment, payload.get("item")),
        step=step.id if step else "",
    )


def _kind(deployment: Deployment, item: str | None) -> str:
    found = deployment.catalogue.items.get(item or "")
    return found.kind if found else ""
