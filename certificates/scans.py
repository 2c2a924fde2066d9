"""How often a certificate was looked up: counted by day, without a trace of who did."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.tables import certificates, scans

A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Looks:
    """How often a certificate was looked up: today, and on the thirty days that end today."""

    today: int
    month: int


def read_looks(db: Connection, certificate_id: int, today: date) -> Looks:
    """The counts of one certificate as of this day."""
    total = func.sum(scans.c.count)
    on_day = total.filter(scans.c.day == today)
    query = select(func.coalesce(on_day, 0), func.coalesce(total, 0)).where(
        scans.c.certificate_id == certificate_id, scans.c.day > today - A_MONTH, scans.c.day <= today
    )
    return Looks(*db.execute(query).one())


def count_scan(db: Connection, public_id: str, day: date) -> None:
    """Count one look at the certificate with this id; nothing for an unknown one."""
    found = select(certificates.c.id, literal(day), literal(1)).where(certificates.c.public_id == public_id)
    row = upsert(scans).from_select(["certificate_id", "day", "count"], found)
    db.execute(
        row.on_conflict_do_update(index_elements=["certificate_id", "day"], set_={"count": scans.c.count + 1})
    )
