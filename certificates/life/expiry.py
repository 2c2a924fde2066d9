"""Promises that a licence expires by itself when its last day is over in China, and the certificate with it.

Safe to run twice and side by side: whoever comes second finds nothing to do.
"""

import logging
from datetime import datetime

from sqlalchemy import Connection, Engine, Select, exists, select

from certificates.life.history import EXPIRED, Cause
from certificates.life.writing import Change, write
from certificates.states import LIVE
from engine.cases import load_case
from engine.consequences import follow
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import load
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.linked import RENEWAL
from engine.tables import case_items, cases, certificates, licences

log = logging.getLogger(__name__)
AT_ONCE = 500  # certificates of one run; the next run takes the others


def expire_all(engine: Engine, now: datetime) -> int:
    """Let every licence expire whose last day is over; returns how many certificates that touched.

    One whose renewal is still undecided is left to the end of that: silence renews (行政许可法第五十条). One
    that fails is left for the next time, and keeps no other from expiring.
    """
    with transaction(engine) as db:
        due = _due(now).with_only_columns(licences.c.certificate_id).distinct()
        found = db.execute(due.order_by(licences.c.certificate_id).limit(AT_ONCE)).scalars().all()
    return sum(_expire(engine, certificate_id, now) for certificate_id in found)


def _expire(engine: Engine, certificate_id: int, now: datetime) -> bool:
    try:
        return run(engine, lambda db: expire(db, certificate_id, now)) > 0
    except Exception:
        log.exception("the licences of certificate %s could not expire", certificate_id)
        return False


def expire(db: Connection, certificate_id: int, now: datetime) -> int:
    """The same for one certificate, in the caller's transaction; returns how many licences expired."""
    lock = select(certificates).where(certificates.c.id == certificate_id).with_for_update()
    certificate = db.execute(lock).one()
    rows = db.execute(_due(now).where(licences.c.certificate_id == certificate_id)).all()
    if not rows:
        return 0
    names = "、".join(row.document for row in rows)
    changes = [Change(row.id, EXPIRED, {"state": "expired"}) for row in rows]
    write(db, certificate_id, changes, Cause(f"{names}有效期届满", SYSTEM, None, now))
    case = load_case(db, certificate.case_id)
    deployment = load(db, case.deployment_id)
    for row in rows:
        values = {
            "document": row.document,
            "number": row.number,
            "until": row.valid_until.isoformat(),
        }
        follow(db, Happened("expired", case, deployment, SYSTEM, (), values), now)
    return len(rows)


def _due(now: datetime) -> Select[tuple[object, ...]]:
    asked = (
        exists()
        .where(cases.c.parent_id == certificates.c.case_id, cases.c.process == RENEWAL)
        .where(cases.c.ended_at.is_(None), case_items.c.case_id == cases.c.id)
        .where(case_items.c.item == licences.c.item)
    )
    return (
        select(licences)
        .join(certificates, certificates.c.id == licences.c.certificate_id)
        .where(licences.c.state.in_(LIVE), licences.c.valid_until < local_day(now), ~asked)
    )
