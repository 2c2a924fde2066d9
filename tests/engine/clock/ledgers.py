"""Made-up cases with ledgers of the tests' own making, and the clocks that the query makes of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import Connection, insert, select, text

from engine.clock.ledger import START, STATUTORY, Entry, Key
from engine.clock.rows import add_entries, read_entries
from engine.people import add_user, hashed
from engine.tables import cases, clocks, deployments, subjects

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
_SAME = hashed("onepermit")
_numbers = count(1)


def start(day: date, days: int, item: str = "one") -> Entry:
    """An item's statutory clock starts."""
    return Entry(1, STATUTORY, START, day, item=item, days=days)


def add_case(db: Connection, region: str) -> int:
    """A case that is nothing but a row to hang a ledger on."""
    number = f"{region}-{next(_numbers)}"
    owner = db.execute(
        insert(subjects).values(uscc=number, name="某店").returning(subjects.c.id)
    ).scalar_one()
    deployment = {"industry": number, "version": 1, "sha256": number, "files": b"", "published_at": NOW}
    row = {
        "number": number,
        "industry": "any",
        "region": region,
        "subject_id": owner,
        "applicant_id": add_user(db, login=number, name="某甲", password=_SAME, roles=(), now=NOW),
        "deployment_id": db.execute(
            insert(deployments).values(deployment).returning(deployments.c.id)
        ).scalar_one(),
        "operator": "某店",
        "uscc": number,
        "phone": "",
        "status": "reviewing",
        "guide": {},
        "answers": {},
        "sources": {},
        "workflow_state": b"",
        "committed_on": NOW.date(),
        "submitted_at": NOW,
    }
    return int(db.execute(insert(cases).values(row).returning(cases.c.id)).scalar_one())


def keep(db: Connection, case_id: int, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries as they stand in the table, with ids of its own; `closes` follows them."""
    ids: dict[int | None, int | None] = {None: None}
    for entry in entries:
        closes = ids.get(entry.closes, -1)
        add_entries(db, case_id, [replace(entry, closes=closes, actor="system")], NOW)
        ids[entry.id] = db.execute(text("select max(id) from clock_entries")).scalar_one()
    return read_entries(db, case_id)


def computed(db: Connection, case_id: int) -> dict[Key, tuple[str, date, date, bool]]:
    """What the table `clocks` says of a case: state, due_on, yellow_from, provisional."""
    rows = db.execute(select(clocks).where(clocks.c.case_id == case_id))
    return {
        Key(row.clock, row.item): (row.state, row.due_on, row.yellow_from, row.provisional) for row in rows
    }
