"""Starts what follows a case later, as a case of its own that runs a process of processes/lifecycle/."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from engine.advance import move_on
from engine.cases import Case, load_case
from engine.days import local_day
from engine.deployments import Deployment
from engine.facts import facts_of
from engine.numbers import linked_number
from engine.tables import case_items, cases
from engine.workflow import start

KEPT = (
    *("industry", "region", "subject_id", "applicant_id", "deployment_id", "operator", "uscc", "phone"),
    *("guide", "answers", "sources"),
)
KEPT_OF_ITEM = ("item", "name", "kind", "authority", "region", "way")


def start_linked(
    db: Connection,
    parent: Case,
    deployment: Deployment,
    process: str,
    item: str,
    *,
    actor: str,
    until: date,
    now: datetime,
    words: Mapping[str, object] | None = None,
) -> Case:
    """A new case about one item of `parent`, to be done by `until`; returns it as it then waits."""
    row = db.execute(select(*(cases.c[name] for name in KEPT)).where(cases.c.id == parent.id)).one()
    number = linked_number(db, parent.region, local_day(now))
    values = {
        **row._mapping,
        "number": number,
        "status": "submitted",
        "accepted": True,
        "workflow_state": b"",
        "process": process,
        "parent_id": parent.id,
        "words": dict(words or {}),
        "committed_on": until,
        "submitted_at": now,
    }
    case_id = db.execute(insert(cases).values(values).returning(cases.c.id)).scalar_one()
    kept = select(*(case_items.c[name] for name in KEPT_OF_ITEM))
    of_item = db.execute(kept.where(case_items.c.case_id == parent.id, case_items.c.item == item)).one()
    db.execute(insert(case_items).values(**of_item._mapping, case_id=case_id, visit=False))
    case = load_case(db, case_id)
    model = deployment.model_of(process)
    moved = start(model, facts_of(case, model.steps, now))
    payload = {"parent": parent.number, "items": [item], "process": process, "title": of_item.name}
    return move_on(db, case, deployment, moved, "linked_started", payload, actor, now)
