"""Promises the history of licences, only added to: what changed, why, by whom and in which case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from certificates.issuing import Issue
from engine.cases import load_case
from engine.events import append
from engine.regulators.pushing import push
from engine.tables import certificates, licence_events

GRANTED, CHANGED, RENEWED, SUSPENDED, RESUMED = "granted", "changed", "renewed", "suspended", "resumed"
CANCELLED, REVOKED, EXPIRED = "cancelled", "revoked", "expired"
KEPT = ("state", "scope", "valid_from", "valid_until", "suspended_until", "decider", "number", "answers")


@dataclass(frozen=True)
class Cause:
    """Why a licence changes: `reason` in words (it stands on the issue), `actor` as in the log of a case.

    `case_id` is the case in which it happens, None when time alone does it.
    """

    reason: str
    actor: str
    case_id: int | None
    now: datetime


def snapshot(licence: Row[Any]) -> dict[str, object]:
    """What can change of a licence, as it stands: days as ISO text."""
    return {name: _plain(licence._mapping[name]) for name in KEPT}


def enter(
    db: Connection,
    licence_id: int,
    kind: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    cause: Cause,
    issue_id: int | None,
) -> None:
    """Add one line to a licence's history, of both states what differs, and tell its regulator."""
    differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    row = {
        "licence_id": licence_id,
        "kind": kind,
        "at": cause.now,
        "actor": cause.actor,
        "reason": cause.reason,
        "case_id": cause.case_id,
        "issue_id": issue_id,
        "before": {name: before[name] for name in differing if name in before},
        "after": {name: after[name] for name in differing if name in after},
    }
    event = db.execute(insert(licence_events).values(row).returning(licence_events.c.id)).scalar_one()
    push(db, licence_id=licence_id, kind=kind, change=str(event), decided_in=cause.case_id, now=cause.now)


def note(
    db: Connection, certificate_id: int, rows: Sequence[Row[Any]], cause: Cause, made: Issue | None
) -> None:
    """A line in the log of the certificate's first case, unless that is the case in which it happens."""
    query = select(certificates.c.case_id).where(certificates.c.id == certificate_id)
    first = int(db.execute(query).scalar_one())
    if first != cause.case_id:
        payload = {
            "items": [row.item for row in rows],
            "states": [row.state for row in rows],
            "title": cause.reason,
            "issue": made.issue if made else None,
        }
        append(db, load_case(db, first), None, "certificate_changed", payload, cause.now)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
