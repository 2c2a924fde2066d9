"""One hearing as its row keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from engine.errors import NotFound
from engine.tables import hearings

OFFERED, ASKED, DECLINED = "offered", "asked", "declined"
CALLED, HELD, CANCELLED = "called", "held", "cancelled"
PENDING = frozenset({OFFERED, ASKED, CALLED})  # nothing can be decided until it is over
MANDATORY, REQUEST = "mandatory", "request"


@dataclass(frozen=True)
class Hearing:
    """A hearing about one item of a case.

    `ground` is mandatory (a step of the item's diagram) or request. `reasons` say why it was offered,
    `request` what the applicant wrote, `ending` why it was declined or cancelled. `minutes` are the answers
    to the form of the hearing, frozen.
    """

    id: int
    case_id: int
    item: str
    ground: str
    state: str
    reasons: str
    ask_by: date | None
    request: str
    place: str
    chair: str
    minutes: Mapping[str, object] | None
    ending: str
    offered_at: datetime | None
    asked_at: datetime | None
    called_at: datetime | None
    takes_place_at: datetime | None
    held_at: datetime | None


_COLUMNS = tuple(hearings.c[each.name] for each in fields(Hearing))


def hearings_of(db: Connection, case_id: int) -> tuple[Hearing, ...]:
    """All hearings of a case, the oldest first."""
    rows = db.execute(select(*_COLUMNS).where(hearings.c.case_id == case_id).order_by(hearings.c.id))
    return tuple(Hearing(*tuple(row)) for row in rows)


def hearing_about(db: Connection, case_id: int, item: str) -> Hearing | None:
    """The hearing about an item, over or not; None when there is none but cancelled ones."""
    found = (each for each in hearings_of(db, case_id) if each.item == item and each.state != CANCELLED)
    return next(found, None)


def hearing(db: Connection, id: int) -> Hearing:
    """The hearing with this id; NotFound without it."""
    row = db.execute(select(*_COLUMNS).where(hearings.c.id == id)).one_or_none()
    if row is None:
        raise NotFound
    return Hearing(*tuple(row))


def add(db: Connection, case_id: int, item: str, ground: str, **values: object) -> int:
    """Begin a hearing; returns its id."""
    row = {"case_id": case_id, "item": item, "ground": ground, **values}
    return int(db.execute(insert(hearings).values(row).returning(hearings.c.id)).scalar_one())


def change(db: Connection, id: int, **values: object) -> None:
    """Note what happened to a hearing."""
    db.execute(update(hearings).where(hearings.c.id == id).values(**values))
