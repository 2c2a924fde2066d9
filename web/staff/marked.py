"""What of a case's marks, notices and replies a person inside is shown: values only where theirs to see."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from engine.corrections.filed import Filed, Thing, read_filed
from engine.corrections.notice import Line, entries
from engine.corrections.offices import Desk, Marker, find_marker
from engine.corrections.points import Point, corrections_of, flags, marked_points
from engine.errors import NotFound
from engine.people import User
from engine.queries.sight import items_seen
from forms.fields import Field
from forms.privacy import masked
from web.answers import ALL, NOT_SENSITIVE
from web.corrections import InWords, Round, rounds
from web.staff.seen import WINDOW


@dataclass(frozen=True)
class Mark:
    """One office's mark; `mine` when this person may take it back."""

    id: int
    line: Line
    mine: bool


@dataclass(frozen=True)
class Marked:
    """A thing that is marked and not asked of the applicant yet, with every office's mark."""

    thing: Thing
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Beside:
    """What stands beside a case about corrections; `marker` is None for who may not mark now."""

    filed: Filed
    marker: Marker | None
    marked: tuple[Marked, ...]
    rounds: list[Round]


def beside(db: Connection, user: User, case_id: int, number: str) -> Beside:
    """The marks and notices of a case that this person may see."""
    filed, seen = read_filed(db, case_id), items_seen(db, user, case_id)
    marker = marker_of(db, user, number)
    said = in_words_for(filed, user)
    found = rounds(filed, corrections_of(db, case_id), said, lambda thing: _needs(thing, seen))
    return Beside(filed, marker, marked(filed, marker, marked_points(db, case_id)), found)


def marker_of(db: Connection, user: User, number: str) -> Marker | None:
    """The person's desks at the case, None when they have none there or it is not on receipt."""
    try:
        return find_marker(db, user, number)
    except NotFound:
        return None


def marked(filed: Filed, marker: Marker | None, points: Collection[Point]) -> tuple[Marked, ...]:
    """The marks so far, gathered by what they are about."""
    desks = marker.desks if marker is not None else ()
    lines = {(each.target, each.name): each.lines for each in entries(filed, points)}
    return tuple(
        Marked(
            flag.thing,
            tuple(
                Mark(point.id, line, Desk(point.item, point.department, point.region) in desks)
                for point, line in zip(flag.points, lines[flag.thing.key], strict=True)
            ),
        )
        for flag in flags(filed.things, points)
    )


def in_words_for(filed: Filed, user: User) -> InWords:
    """An answer as this person may read it: numbers of papers whole for the window only."""
    whole = any(each.role == WINDOW and each.region == filed.case.region for each in user.memberships)
    readable = ALL if whole else NOT_SENSITIVE

    def words(field: Field, value: Any) -> str:
        return masked(field, value, filed.regions, readable=readable)

    return words


def _needs(thing: Thing, seen: Collection[str] | None) -> bool:
    """Whether one of the items that the person works on needs it; None is all items."""
    return seen is None or not set(seen).isdisjoint(thing.items)
