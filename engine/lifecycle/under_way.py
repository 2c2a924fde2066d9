"""Says what is under way about the licences of a certificate, by its holder or an office."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.linked import POST_CHECK
from engine.tables import case_items, cases


@dataclass(frozen=True)
class UnderWay:
    """An item that a case with this number is about; `process` is "" for an application."""

    item: str
    number: str
    process: str


def under_way(db: Connection, first: int) -> tuple[UnderWay, ...]:
    """What is under way about the certificate of case `first`, but for a promise's check, in its order."""
    query = (
        select(case_items.c.item, cases.c.number, cases.c.process)
        .join(cases, cases.c.id == case_items.c.case_id)
        .where(cases.c.parent_id == first, cases.c.ended_at.is_(None), cases.c.process != POST_CHECK)
    )
    return tuple(UnderWay(*row) for row in db.execute(query.order_by(cases.c.id)))
