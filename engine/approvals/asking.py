"""Asks for an approval: one of a kind at a time for an item, addressed to the office that may give it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.approvals.registry import HEAD, find_kind
from engine.cases import Case
from engine.errors import Invalid
from engine.events import append
from engine.people import User
from engine.tables import approvals


@dataclass(frozen=True)
class Wanted:
    """What is asked for and why; the people with `role` in that department and region may grant it."""

    kind: str
    reason: str
    department: str
    region: str
    item: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    role: str = HEAD


def ask(db: Connection, case: Case, *, user: User, wanted: Wanted, now: datetime) -> int:
    """Put the question to that office, with its line in the log; returns the approval's id.

    Invalid at `reason` without one, and while the same is asked for already.
    """
    label = find_kind(wanted.kind).label
    if not wanted.reason.strip():
        raise Invalid({"reason": "请写明理由，批准人要据此判断。"})
    if "open" in states_of(db, case.id, wanted.kind, wanted.item):
        raise Invalid({"reason": f"“{label}”已经提请过，正在等批准人答复，不用再提。"})
    payload = {
        "act": wanted.kind,
        "item": wanted.item,
        "title": wanted.values.get("title"),
        "reason": wanted.reason.strip(),
    }
    append(db, case, user, "approval_asked", payload, now)
    row = {
        "case_id": case.id,
        "item": wanted.item,
        "kind": wanted.kind,
        "values": dict(wanted.values),
        "reason": wanted.reason.strip(),
        "role": wanted.role,
        "department": wanted.department,
        "region": wanted.region,
        "asked_by": user.id,
        "asked_at": now,
    }
    return int(db.execute(insert(approvals).values(row).returning(approvals.c.id)).scalar_one())


def states_of(db: Connection, case_id: int, kind: str, item: str = "") -> frozenset[str]:
    """How the approvals of this kind for the item stand: of open, granted, refused."""
    match = (approvals.c.case_id == case_id, approvals.c.kind == kind, approvals.c.item == item)
    return frozenset(db.execute(select(approvals.c.state).where(*match)).scalars())
