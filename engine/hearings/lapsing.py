"""Finds the hearings that nobody asked for in time, and closes each in a transaction of its own."""

import logging
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from engine.database import run, transaction
from engine.days import local_day
from engine.hearings.hearing import OFFERED
from engine.hearings.offering import lapse
from engine.tables import case_items, cases, hearings

log = logging.getLogger(__name__)
MOST = 500


def lapse_all(engine: Engine, now: datetime) -> int:
    """Close what was offered and not asked for in time; returns how many. Run again, it finds none.

    One that fails is left for the next time: until then nothing is decided about its item.
    """
    with transaction(engine) as db:
        found = overdue(db, now)
    return sum(_lapse(engine, id, now) for id in found)


def _lapse(engine: Engine, id: int, now: datetime) -> bool:
    try:
        return run(engine, lambda db: lapse(db, hearing=id, now=now))
    except Exception:
        log.exception("hearing %s could not be closed", id)
        return False


def overdue(db: Connection, now: datetime) -> list[int]:
    """The offered hearings whose last day to ask is over, about items that are still to be decided."""
    query = (
        select(hearings.c.id)
        .join(cases, cases.c.id == hearings.c.case_id)
        .join(case_items, (case_items.c.case_id == cases.c.id) & (case_items.c.item == hearings.c.item))
        .where(hearings.c.state == OFFERED, hearings.c.ask_by < local_day(now))
        .where(cases.c.ended_at.is_(None), case_items.c.outcome.is_(None))
    )
    return list(db.execute(query.order_by(hearings.c.id).limit(MOST)).scalars())
