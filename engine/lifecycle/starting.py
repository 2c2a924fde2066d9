"""Starts what follows a case later, as a case of its own that runs a process of processes/lifecycle/."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from engine.advance import move_on
from engine.cases import Case, load_case
from engine.days import local_day
from engine.deployments import Deployment
from engine.facts import facts_of
from engine.linked import KINDS
from engine.numbers import linked_number
from engine.tables import case_items, cases
from engine.workflow import start

KEPT = (
    *("industry", "region", "subject_id", "applicant_id", "operator", "uscc", "phone"),
    *("guide", "answers", "sources"),
)
KEPT_OF_ITEM = ("item", "name", "kind", "authority", "region", "way")


def start_linked(
    db: Connection,
    parent: Case,
    deployment: Deployment,
    process: str,
    items: Mapping[str, int],
    *,
    actor: str,
    until: date,
    now: datetime,
    words: Mapping[str, object] | None = None,
    otherwise: Mapping[str, object] | None = None,
) -> Case:
    """A new case that follows `parent` under these rules, to be done by `until`; as it then waits.

    `items` maps each item to the id of the case in which it was granted; `otherwise` has the columns of
    `cases` in which it differs from its parent.
    """
    row = db.execute(select(*(cases.c[name] for name in KEPT)).where(cases.c.id == parent.id)).one()
    values = {
        **row._mapping,
        "deployment_id": deployment.id,
        "number": linked_number(db, parent.region, KINDS[process].word, local_day(now)),
        "status": "submitted",
        "accepted": True,
        "workflow_state": b"",
        "process": process,
        "parent_id": parent.id,
        "words": dict(words or {}),
        "committed_on": until,
        "submitted_at": now,
        **(otherwise or {}),
    }
    case_id = db.execute(insert(cases).values(values).returning(cases.c.id)).scalar_one()
    names = [_add_item(db, case_id, item, granted_in) for item, granted_in in items.items()]
    case = load_case(db, case_id)
    model = deployment.model_of(process)
    moved = start(model, facts_of(case, model.steps, now))
    payload = {"parent": parent.number, "items": list(items), "process": process, "title": "、".join(names)}
    return move_on(db, case, deployment, moved, "linked_started", payload, actor, now)


def _add_item(db: Connection, case_id: int, item: str, granted_in: int) -> str:
    """Take one item over from the case in which it was granted; returns its name."""
    kept = select(*(case_items.c[name] for name in KEPT_OF_ITEM))
    row = db.execute(kept.where(case_items.c.case_id == granted_in, case_items.c.item == item)).one()
    db.execute(insert(case_items).values(**row._mapping, case_id=case_id, visit=False))
    return str(row.name)
