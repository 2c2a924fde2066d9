"""An inspection as commands and pages see it: its slot, the offices that join and the people who come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.tables import inspection_offices, inspections, inspectors, users

SITE, REMOTE, PAPER = "site", "remote", "paper"
PROPOSED, SETTLED, HELD, CANCELLED = "proposed", "settled", "held", "cancelled"
AGREED, CANNOT, SILENCE = "agreed", "cannot", "silence"
MORNING, AFTERNOON = "am", "pm"
VISIT, RECHECK = 1, 2  # rounds
FEWEST = 2  # officers who look (行政许可法第三十四条)


@dataclass(frozen=True)
class Slot:
    """Half a day; `half` is am or pm."""

    day: date
    half: str


@dataclass(frozen=True)
class JoiningOffice:
    """An office of a visit: for which items it looks, and its answer to the date ('' for none yet)."""

    department: str
    region: str
    items: tuple[str, ...]
    answer: str
    words: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Inspector:
    """Somebody of the team, and the office for which they look."""

    user_id: int
    name: str
    department: str
    region: str


@dataclass(frozen=True)
class Inspection:
    """One visit (round 1) or its re-check (round 2); `slot` is the one that holds, or None before one does.

    `party` is the applicant's answer to the date: {answer: agreed|other|silence, day, half, words, name,
    phone}, {} before one; `recording` says where the recording of a remote visit is kept.
    """

    id: int
    case_id: int
    round: int
    kind: str
    state: str
    region: str
    place: str
    slots: tuple[Slot, ...]
    slot: Slot | None
    answer_by: datetime | None
    party: Mapping[str, Any]
    note: str
    recording: str
    arranged_at: datetime
    closed_at: datetime | None
    offices: tuple[JoiningOffice, ...]
    team: tuple[Inspector, ...]

    @property
    def offered(self) -> str:
        """Its slots as one line: a page carries it, so that an answer to an earlier offer is told apart."""
        return ";".join(f"{slot.day.isoformat()} {slot.half}" for slot in self.slots)

    @property
    def is_open(self) -> bool:
        """Whether there is still something to arrange or to look at."""
        return self.state in (PROPOSED, SETTLED)


def find_inspection(db: Connection, inspection_id: int) -> Inspection | None:
    """The inspection with this id, or None."""
    row = db.execute(select(inspections).where(inspections.c.id == inspection_id)).one_or_none()
    return None if row is None else _inspection(db, row)


def inspection_of(db: Connection, case_id: int) -> Inspection | None:
    """The newest inspection of a case: its re-check when there is one; None before any was arranged."""
    query = select(inspections).where(inspections.c.case_id == case_id)
    row = db.execute(query.order_by(inspections.c.round.desc()).limit(1)).one_or_none()
    return None if row is None else _inspection(db, row)


def inspections_of(db: Connection, case_id: int) -> tuple[Inspection, ...]:
    """The visit of a case and its re-check, as far as there are any, in this order."""
    query = select(inspections).where(inspections.c.case_id == case_id).order_by(inspections.c.round)
    return tuple(_inspection(db, row) for row in db.execute(query).all())


def _inspection(db: Connection, row: Row[Any]) -> Inspection:
    slot = None if row.day is None else Slot(row.day, row.half)
    return Inspection(
        row.id,
        row.case_id,
        row.round,
        row.kind,
        row.state,
        row.region,
        row.place,
        tuple(Slot(date.fromisoformat(each["day"]), each["half"]) for each in row.slots),
        slot,
        row.answer_by,
        row.party,
        row.note,
        row.recording,
        row.arranged_at,
        row.closed_at,
        _offices(db, row.id),
        _team(db, row.id),
    )


def _offices(db: Connection, inspection_id: int) -> tuple[JoiningOffice, ...]:
    o = inspection_offices.c
    query = select(inspection_offices).where(o.inspection_id == inspection_id)
    return tuple(
        JoiningOffice(r.department, r.region, tuple(r.items), r.answer, r.words, r.answered_at)
        for r in db.execute(query.order_by(o.department, o.region))
    )


def _team(db: Connection, inspection_id: int) -> tuple[Inspector, ...]:
    i = inspectors.c
    query = (
        select(i.user_id, users.c.name, i.department, i.region)
        .join_from(inspectors, users, users.c.id == i.user_id)
        .where(i.inspection_id == inspection_id)
        .order_by(i.department, i.region, i.user_id)
    )
    return tuple(Inspector(*row) for row in db.execute(query))
