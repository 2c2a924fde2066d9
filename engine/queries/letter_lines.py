"""The letters of a case as lists show them, each with how it reached its person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from engine.tables import cases, letter_deliveries, letters, users


@dataclass(frozen=True)
class Delivery:
    """How a letter reached somebody; `recorded_by` names the clerk, "" for the applicant's own opening."""

    way: str
    receiver: str
    words: str
    delivered_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class LetterLine:
    """A letter as a list shows it; `item` '' when it is about the whole case, `pdf_sha256` None unprinted."""

    id: int
    case_id: int
    case_number: str
    region: str
    operator: str
    kind: str
    item: str
    number: str
    name: str
    issuer: str
    issued_at: datetime
    pdf_sha256: str | None
    deliveries: tuple[Delivery, ...]


def letter_lines(db: Connection, *match: ColumnElement[bool]) -> tuple[LetterLine, ...]:
    """The letters that fit, with their cases at hand for `match`; the newest first."""
    query = (
        select(letters, cases.c.number.label("case_number"), cases.c.region.label("place"), cases.c.operator)
        .join_from(letters, cases)
        .where(*match)
        .order_by(letters.c.id.desc())
    )
    rows = db.execute(query).all()
    given = _deliveries(db, [row.id for row in rows])
    return tuple(_line(row, tuple(given.get(row.id, ()))) for row in rows)


def _line(row: Row[Any], deliveries: tuple[Delivery, ...]) -> LetterLine:
    return LetterLine(
        row.id,
        row.case_id,
        row.case_number,
        row.place,
        row.operator,
        row.kind,
        row.item,
        row.number,
        row.name,
        row.issuer,
        row.issued_at,
        row.pdf_sha256,
        deliveries,
    )


def _deliveries(db: Connection, found: Sequence[int]) -> dict[int, list[Delivery]]:
    query = (
        select(letter_deliveries, users.c.name.label("recorder"))
        .outerjoin(users, users.c.id == letter_deliveries.c.recorded_by)
        .where(letter_deliveries.c.letter_id.in_(found))
        .order_by(letter_deliveries.c.delivered_at, letter_deliveries.c.id)
    )
    given: dict[int, list[Delivery]] = {}
    for row in db.execute(query) if found else ():
        made = Delivery(row.way, row.receiver, row.words, row.delivered_at, row.recorder or "")
        given.setdefault(row.letter_id, []).append(made)
    return given
