"""What had to be put right after a visit, as it lies in the database: points, replies and proof."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.tables import rectification_files, rectification_points, rectifications

ASKED, ANSWERED, LAPSED = "asked", "answered", "lapsed"


@dataclass(frozen=True)
class Proof:
    """A file that shows what was done about a point."""

    id: int
    point: str
    label: str
    sha256: str
    size: int
    media_type: str
    added_at: datetime


@dataclass(frozen=True)
class FailedPoint:
    """A point that failed: its text and law, the items it counts for, what was found, and the reply."""

    point: str
    text: str
    basis: str
    items: tuple[str, ...]
    words: str
    reply: str
    files: tuple[Proof, ...]

    @property
    def is_done(self) -> bool:
        """Whether there are words or a file about it."""
        return bool(self.reply or self.files)


@dataclass(frozen=True)
class Rectification:
    """The one notice of a case with its points, in the order of their ids; `due_on` is the last day."""

    id: int
    case_id: int
    inspection_id: int
    letter_id: int | None
    due_on: date
    state: str
    note: str
    asked_at: datetime
    answered_at: datetime | None
    points: tuple[FailedPoint, ...]


def rectification_of(db: Connection, case_id: int) -> Rectification | None:
    """The notice of this case, or None while nothing had to be put right."""
    names = [name for name in Rectification.__dataclass_fields__ if name != "points"]
    query = select(*(rectifications.c[name] for name in names)).where(rectifications.c.case_id == case_id)
    row = db.execute(query).one_or_none()
    if row is None:
        return None
    files = _files(db, row.id)
    p = rectification_points.c
    points = tuple(
        FailedPoint(
            each.point,
            each.text,
            each.basis,
            tuple(each.items),
            each.words,
            each.reply,
            tuple(file for file in files if file.point == each.point),
        )
        for each in db.execute(
            select(rectification_points).where(p.rectification_id == row.id).order_by(p.point)
        )
    )
    return Rectification(**row._mapping, points=points)


def _files(db: Connection, rectification_id: int) -> tuple[Proof, ...]:
    f = rectification_files.c
    query = select(*(f[name] for name in Proof.__dataclass_fields__))
    return tuple(
        Proof(*tuple(row))
        for row in db.execute(query.where(f.rectification_id == rectification_id).order_by(f.id))
    )
