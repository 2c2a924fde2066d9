"""Promises by which licences a certificate is judged, and which of them are over today: once for every query.

A licence counts while it may still hold, and as long as the newest issue states it. One that ended and has
left the paper is history: it makes no current paper partly invalid (docs/decisions/codes.md).
"""

from datetime import date

from sqlalchemy import ColumnElement, Row, Select, exists, func, select

from certificates.states import LIVE
from engine.linked import RENEWAL
from engine.tables import case_items, cases, certificates, licences


def counted() -> ColumnElement[bool]:
    """Whether the licence counts for its certificate."""
    return licences.c.printed | licences.c.state.in_(LIVE)


def over(today: date) -> ColumnElement[bool]:
    """Whether its last day has passed, whatever nobody has written down yet.

    While a renewal that was asked for is undecided it holds on, as it does for certificates.life.expiry
    (行政许可法第五十条).
    """
    return func.coalesce(licences.c.valid_until < today, False) & ~_renewing()


def rows_on(today: date) -> Select[tuple[object, ...]]:
    """Licences with two columns more, `counted` and `over`, as they stand on this day."""
    return select(licences, counted().label("counted"), over(today).label("over"))


def is_renewing(row: Row[tuple[object, ...]], today: date) -> bool:
    """Whether it holds past its last day because its renewal is undecided; of a row of rows_on."""
    return row.state in LIVE and not row.over and row.valid_until is not None and row.valid_until < today


def _renewing() -> ColumnElement[bool]:
    return (
        exists()
        .where(certificates.c.id == licences.c.certificate_id, cases.c.parent_id == certificates.c.case_id)
        .where(cases.c.process == RENEWAL, cases.c.ended_at.is_(None))
        .where(case_items.c.case_id == cases.c.id, case_items.c.item == licences.c.item)
        .correlate(licences)
    )
