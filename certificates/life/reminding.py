"""Promises that a holder is reminded 90, 60 and 30 days before a licence ends, once each."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, func, select

from certificates.life.window import window_of
from certificates.states import IN_FORCE
from engine.cases import load_case
from engine.days import local_day
from engine.deployments import Deployment, current
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.linked import RENEWAL
from engine.outbox.tell import tell
from engine.tables import case_items, cases, certificates, licences, messages

BEFORE = (30, 60, 90)  # calendar days, the nearest first
AT_ONCE = 500  # reminders of one run; the next run takes the others


def remind_all(db: Connection, now: datetime) -> int:
    """Remind every holder whose licence ends in one of these times; returns how many were told.

    Who was told late (the certificate is younger, the worker stood still) gets the nearest reminder only.
    """
    today, told = local_day(now), 0
    for nearest, days in zip((0, *BEFORE), BEFORE, strict=False):
        first, last = today + timedelta(days=nearest + 1), today + timedelta(days=days)
        for row in db.execute(_unreminded(days, first, last)).all():
            _remind(db, row, now)
            told += 1
    return told


def _unreminded(days: int, first: object, last: object) -> Any:
    """Licences that end between two days, whose holder was not told so yet and asks for nothing by now."""
    key = func.concat("renewal/", licences.c.id, "/", licences.c.valid_until, f"/{days}")
    asked = (
        exists()
        .where(cases.c.parent_id == certificates.c.case_id, cases.c.process == RENEWAL)
        .where(cases.c.ended_at.is_(None), case_items.c.case_id == cases.c.id)
        .where(case_items.c.item == licences.c.item)
    )
    return (
        select(licences, key.label("key"), certificates.c.case_id.label("first"), certificates.c.industry)
        .join(certificates, certificates.c.id == licences.c.certificate_id)
        .where(licences.c.state.in_(IN_FORCE), licences.c.valid_until.between(first, last))
        .where(~asked, ~exists().where(messages.c.key == key))
        .order_by(licences.c.id)
        .limit(AT_ONCE)
    )


def _remind(db: Connection, row: Row[Any], now: datetime) -> None:
    case, deployment = load_case(db, row.first), current(db, row.industry)
    values = _values(deployment, row, (row.valid_until - local_day(now)).days, now)
    due = Happened("renewal_due", case, deployment, SYSTEM, (), values)
    tell(db, due, (), now, key=row.key)


def _values(deployment: Deployment, row: Row[Any], left: int, now: datetime) -> dict[str, object]:
    """What the reminder says; of an item that today's rules do not know any more without its window."""
    found = deployment.catalogue_on(local_day(now)).items.get(row.item)
    window = window_of(found, row.valid_until) if found and found.validity_years else None
    named = {"document": row.document, "number": row.number, "until": row.valid_until.isoformat()}
    if window is None or window.closes < local_day(now):
        return {**named, "days": left}
    opens = window.opens.isoformat() if window.opens and window.opens > local_day(now) else None
    return {**named, "days": left, "opens": opens, "closes": window.closes.isoformat()}
