"""Promises that the day after a suspension's last day its holder and the deciding office hear of it once.

Nothing is resumed by itself: the office decides whether the licence comes back or ends.
"""

import logging
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Row, exists, func, literal_column, select

from certificates.life.holding import CLERK
from certificates.life.singly import succeeds
from engine.cases import load_case
from engine.database import transaction
from engine.days import local_day
from engine.deployments import load
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.outbox.office import tell_office
from engine.outbox.said import in_words
from engine.outbox.tell import step_message, tell
from engine.people import Membership
from engine.tables import certificates, licences, messages

log = logging.getLogger(__name__)
AT_ONCE = 500  # licences of one run; the next run takes the others
IS_SUSPENDED = licences.c.state == literal_column("'suspended'")  # literal, so that the partial index is seen


def tell_of_ended(engine: Engine, now: datetime) -> int:
    """Tell of every suspension whose last day is over, each in a transaction; returns how many.

    One that fails is left for the next time. What is suspended until a further day is told of again after it.
    """
    with transaction(engine) as db:
        found = _untold(db, local_day(now))
    failed = "nobody could be told that the suspension of licence %s is over"
    return sum(succeeds(engine, partial(_tell, row=row, now=now), log, failed, row.id) for row in found)


def is_over(licence: Row[Any], today: date) -> bool:
    """Whether a licence is suspended although the last day of its suspension is over."""
    return licence.state == "suspended" and bool(licence.suspended_until and licence.suspended_until < today)


def _untold(db: Connection, today: date) -> list[Row[Any]]:
    key = func.concat("suspension_over/", licences.c.id, "/", licences.c.suspended_until)
    query = (
        select(licences, key.label("key"), certificates.c.case_id.label("first_case"))
        .join(certificates, certificates.c.id == licences.c.certificate_id)
        .where(IS_SUSPENDED, licences.c.suspended_until < today, ~exists().where(messages.c.key == key))
    )
    return list(db.execute(query.order_by(licences.c.suspended_until, licences.c.id).limit(AT_ONCE)))


def _tell(db: Connection, row: Row[Any], now: datetime) -> None:
    first = load_case(db, row.first_case)
    values = {"document": row.document, "number": row.number, "until": row.suspended_until.isoformat()}
    over = Happened("suspension_over", first, load(db, first.deployment_id), SYSTEM, (), values)
    tell(db, over, (), now, key=row.key)
    granted = load_case(db, row.case_id)  # a case that this office has worked on
    named = {"operator": first.operator, "case_number": granted.number}
    named |= {"document": row.document, "number": row.number, "until": in_words(row.suspended_until)}
    message = step_message(load(db, granted.deployment_id), "suspension_due", **named)
    if message is not None:
        office = Membership(CLERK, row.authority, row.region)
        tell_office(db, office, granted.id, message, f"{row.key}/office", now)
