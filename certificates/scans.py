"""How often a certificate was looked up: counted by day, without a trace of who did."""

from datetime import date

from sqlalchemy import Connection, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.tables import certificates, scans


def count_scan(db: Connection, public_id: str, day: date) -> None:
    """Count one look at the certificate with this id; nothing for an unknown one."""
    found = select(certificates.c.id, literal(day), literal(1)).where(certificates.c.public_id == public_id)
    row = upsert(scans).from_select(["certificate_id", "day", "count"], found)
    db.execute(
        row.on_conflict_do_update(index_elements=["certificate_id", "day"], set_={"count": scans.c.count + 1})
    )
