"""Keeps the ledger of a case in its table: entries are read in order and added, never changed."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from engine.clock.ledger import Entry
from engine.tables import clock_entries

_COLUMNS = tuple(clock_entries.c[each.name] for each in fields(Entry))
_OF_CASE = (
    select(*_COLUMNS).where(clock_entries.c.case_id == bindparam("of_case")).order_by(clock_entries.c.id)
)


def read_entries(db: Connection, case_id: int) -> tuple[Entry, ...]:
    """The ledger of a case in the order in which it was written."""
    return tuple(Entry(*row) for row in db.execute(_OF_CASE, {"of_case": case_id}))


def add_entries(db: Connection, case_id: int, entries: Sequence[Entry], at: datetime) -> None:
    """Add entries in their order; the database numbers them."""
    rows = [{**asdict(entry), "case_id": case_id, "at": at} for entry in entries]
    for row in rows:
        del row["id"]
    db.execute(insert(clock_entries).values(rows))
