"""What was marked in a case, and the notices that came of it, as they lie in the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.corrections.filed import Thing
from engine.tables import correction_points, corrections

TYPES: Mapping[str, str] = {
    "missing": "缺少",
    "unclear": "看不清或不完整",
    "wrong": "填写有误",
    "mismatch": "前后不一致",
    "other": "其他",
}
SENT, ANSWERED, LAPSED = "sent", "answered", "lapsed"
OK, NOT_OK = "ok", "not_ok"


@dataclass(frozen=True)
class Point:
    """One thing that one office found wrong; `item` '' when the window did.

    `before` is the value when it was marked: that of a field, or the names of a material's files. `reply` is
    the applicant's (see engine.corrections.replies), `result` and `found` those of the second look.
    """

    id: int
    correction_id: int | None
    item: str
    department: str
    region: str
    target: str
    name: str
    type: str
    reason: str
    wanted: str
    before: Any
    reply: Mapping[str, Any] | None
    result: str | None
    found: str

    @property
    def key(self) -> tuple[str, str]:
        return self.target, self.name


@dataclass(frozen=True)
class Correction:
    """One notice with all its points; `state` is sent, answered or lapsed.

    `note` is what the applicant says besides, `also` answers questions that come up only with the replies.
    """

    id: int
    case_id: int
    round: int
    state: str
    sent_at: datetime
    due_on: date
    answered_at: datetime | None
    note: str
    also: Mapping[str, Any]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Flag:
    """One question or material with everything that was found wrong with it, by whichever office."""

    thing: Thing
    points: tuple[Point, ...]

    @property
    def before(self) -> Any:
        return self.points[0].before

    @property
    def reply(self) -> Mapping[str, Any] | None:
        """The applicant's, one for all who asked."""
        return self.points[0].reply


_POINT = tuple(correction_points.c[name] for name in Point.__dataclass_fields__)
_OWN = tuple(corrections.c[name] for name in Correction.__dataclass_fields__ if name != "points")


def marked_points(db: Connection, case_id: int) -> tuple[Point, ...]:
    """What is marked and not asked of the applicant yet, the oldest first."""
    query = _points().where(
        correction_points.c.case_id == case_id, correction_points.c.correction_id.is_(None)
    )
    return tuple(Point(*tuple(row)) for row in db.execute(query))


def corrections_of(db: Connection, case_id: int) -> tuple[Correction, ...]:
    """Every notice of a case with its points, the first one first."""
    query = _points().where(
        correction_points.c.case_id == case_id, correction_points.c.correction_id.is_not(None)
    )
    points = [Point(*tuple(row)) for row in db.execute(query)]
    rows = db.execute(select(*_OWN).where(corrections.c.case_id == case_id).order_by(corrections.c.round))
    return tuple(
        Correction(**row._mapping, points=tuple(each for each in points if each.correction_id == row.id))
        for row in rows
    )


def open_correction(db: Connection, case_id: int) -> Correction | None:
    """The notice that waits for the applicant's reply, if there is one."""
    return next((each for each in corrections_of(db, case_id) if each.state == SENT), None)


def flags(things: Mapping[tuple[str, str], Thing], points: Iterable[Point]) -> tuple[Flag, ...]:
    """The points gathered by what they are about, in the order of the form."""
    found: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        found.setdefault(point.key, []).append(point)
    return tuple(Flag(thing, tuple(found[key])) for key, thing in things.items() if key in found)


def _points() -> Select[Any]:
    return select(*_POINT).order_by(correction_points.c.id)
