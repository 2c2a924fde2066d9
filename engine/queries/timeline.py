"""What happened to a case, read off its log: one entry an event, in words that a page can say."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.deployments import Deployment
from engine.tables import events, tasks

WAIT_OVER = "wait_over"  # the timer_fired for whose date the case had been waiting


@dataclass(frozen=True)
class Entry:
    """One thing that happened: what (`type`, `act`, `outcome`), where (`title`), by which office, when.

    `office` is "" for the applicant and for what the system did by itself (`by` says which).
    """

    at: datetime
    type: str
    by: str
    title: str
    act: str
    outcome: str
    office: str


def timeline(db: Connection, case_id: int, applicant_id: int, deployment: Deployment) -> tuple[Entry, ...]:
    """All entries of a case, oldest first."""
    own = select(tasks.c.id, tasks.c.department, tasks.c.region).where(tasks.c.case_id == case_id)
    offices = {row.id: (row.department, row.region) for row in db.execute(own)}
    rows = db.execute(select(events).where(events.c.case_id == case_id).order_by(events.c.seq))
    applicant = f"user:{applicant_id}"
    return tuple(
        _entry(row.at, row.type, _by(row.actor, applicant), json.loads(row.payload), offices, deployment)
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
    offices: dict[str, tuple[str, str]],
    deployment: Deployment,
) -> Entry:
    step = deployment.model.steps.get(payload.get("step") or "")
    over = [title for event, title in deployment.waits.items() if event in payload.get("timers", ())]
    if over:
        return Entry(at, WAIT_OVER, by, "、".join(over), "", "", "")
    office = offices.get(payload.get("task") or "")
    return Entry(
        at=at,
        type=type,
        by=by,
        title=step.title if step else "",
        act=payload.get("act") or (step.act if step else "") or "",
        outcome=payload.get("outcome") or "",
        office=deployment.catalogue.office_name(*office) if office else "",
    )
