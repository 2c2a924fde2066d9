"""Promises that a holder is reminded 90, 60 and 30 days before the last day to ask for a renewal, once each.

That day is earlier than the end where the item's window closes before it; where nothing is renewed, the end
itself counts. Whoever let that day pass is told once more that only a new application helps. A suspended
licence runs out, too.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    Date,
    Engine,
    Integer,
    Row,
    Text,
    column,
    exists,
    func,
    select,
)
from sqlalchemy import values as rows_of

from certificates.life.singly import succeeds
from certificates.life.window import Window, window_of
from certificates.states import LIVE
from engine.cases import load_case
from engine.catalogue import Item
from engine.clock.calendar import read_calendar
from engine.database import transaction
from engine.days import Calendar, local_day
from engine.deployments import current
from engine.errors import NotFound
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.linked import RENEWAL
from engine.outbox.tell import tell
from engine.tables import case_items, cases, certificates, licences, messages

log = logging.getLogger(__name__)
MISSED, BEFORE = 0, (30, 60, 90)  # calendar days, the nearest first; MISSED: the last day is over
AT_ONCE = 500  # reminders of one run; the next run takes the others
KIND = (certificates.c.industry, licences.c.item, certificates.c.region)
WHERE = (certificates.c.industry, certificates.c.region.label("place"))
DUE: tuple[ColumnClause[Any], ...] = (
    *(column(name, Text) for name in ("industry", "item", "region")),
    *(column("band", Integer), column("first", Date), column("last", Date)),
)


def remind_all(engine: Engine, now: datetime) -> int:
    """Remind every holder whose licence is due for it, each in a transaction; returns how many were told.

    Who was told late (the certificate is younger, the worker stood still) gets the nearest reminder only. One
    that fails is left for the next time.
    """
    with transaction(engine) as db:
        found = _unreminded(db, local_day(now))
    failed = "the holder of licence %s could not be reminded"
    return sum(succeeds(engine, partial(_tell, row=row, now=now), log, failed, row.id) for row in found)


def _unreminded(db: Connection, today: date) -> list[Row[Any]]:
    """Licences that are due for a reminder, whose holder was not told so yet and asks for nothing by now."""
    ranges = list(_ranges(db, today))
    if not ranges:
        return []
    due = rows_of(*DUE, name="due").data(ranges)
    key = func.concat("renewal/", licences.c.id, "/", licences.c.valid_until, "/", due.c.band)
    asked = (
        exists()
        .where(cases.c.parent_id == certificates.c.case_id, cases.c.process == RENEWAL)
        .where(cases.c.ended_at.is_(None), case_items.c.case_id == cases.c.id)
        .where(case_items.c.item == licences.c.item)
    )
    query = (
        select(licences, key.label("key"), certificates.c.case_id.label("first_case"), *WHERE)
        .join(certificates, certificates.c.id == licences.c.certificate_id)
        .join(due, (due.c.industry == KIND[0]) & (due.c.item == KIND[1]) & (due.c.region == KIND[2]))
        .where(licences.c.state.in_(LIVE), licences.c.valid_until.between(due.c.first, due.c.last))
        .where(~asked, ~exists().where(messages.c.key == key))
    )
    return list(db.execute(query.order_by(licences.c.id).limit(AT_ONCE)))


def _ranges(db: Connection, today: date) -> Iterator[tuple[str, str, str, int, date, date]]:
    """For each kind of licence that ends, each band, and the last days of validity that now fall into it."""
    kinds = select(*KIND).join(certificates, certificates.c.id == licences.c.certificate_id).distinct()
    ending = kinds.where(licences.c.state.in_(LIVE), licences.c.valid_until > today)
    for industry, item, region in db.execute(ending.order_by(*KIND)).all():
        found, calendar = _item(db, industry, item, today), read_calendar(db, region)
        for band, days in _bands(found, calendar, today).items():
            yield industry, item, region, band, days[0], days[-1]


def _bands(item: Item | None, calendar: Calendar, today: date) -> dict[int, list[date]]:
    """The last days of validity in each band; the later a licence ends, the later its window closes."""
    bands: dict[int, list[date]] = {}
    until = today
    while True:
        until += timedelta(days=1)
        window = _window(item, until, calendar)
        left = ((window.closes if window else until) - today).days
        if left > BEFORE[-1]:
            return bands
        band = MISSED if left < 0 else next(days for days in BEFORE if left <= days)
        bands.setdefault(band, []).append(until)


def _item(db: Connection, industry: str, item: str, today: date) -> Item | None:
    """The item by the rules of today, None where they do not know it, or the industry, any more."""
    try:
        return current(db, industry).catalogue_on(today).items.get(item)
    except NotFound:
        return None


def _window(item: Item | None, until: date, calendar: Calendar) -> Window | None:
    """None for what is not renewed: it has no term of years, or today's rules do not know it any more."""
    return window_of(item, until, calendar) if item and item.validity_years else None


def _tell(db: Connection, row: Row[Any], now: datetime) -> None:
    today, case = local_day(now), load_case(db, row.first_case)
    window = _window(_item(db, row.industry, row.item, today), row.valid_until, read_calendar(db, row.place))
    values: dict[str, object] = {
        **{"document": row.document, "number": row.number, "until": row.valid_until.isoformat()},
        **{"days": (row.valid_until - today).days, **(_said(window, today) if window else {})},
    }
    due = Happened("renewal_due", case, current(db, row.industry), SYSTEM, (), values)
    tell(db, due, (), now, key=row.key)


def _said(window: Window, today: date) -> dict[str, object]:
    if window.closes < today:
        return {"missed": True}
    opens = window.opens.isoformat() if window.opens and window.opens > today else None
    return {"opens": opens, "closes": window.closes.isoformat()}
