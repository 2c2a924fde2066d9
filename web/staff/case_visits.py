"""The joint visit of a case as the offices that work on it read it, no more than their items need."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.inspections.access import seats_of
from engine.inspections.inspection import Inspection, Inspector, JoiningOffice, inspections_of
from engine.inspections.rectification import FailedPoint, Rectification, rectification_of
from engine.inspections.sheet import read_sheet
from engine.inspections.view import Photo, SheetView
from engine.people import User
from engine.queries.cases import CasePage
from web.visits import place_title

SHOWN = 24  # photos of one visit on the case page; the rest are on the visit's own


@dataclass(frozen=True)
class Thumbnail:
    """A photo as the case page shows it: what it is of, when it was taken, and what is strange about it."""

    id: str
    title: str
    at: datetime
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Visits:
    """The visit and its re-check, what had to be put right, and which of them this person has a seat in.

    `photos` has those of each visit that is worth showing, and how many there are besides.
    """

    case: CasePage
    rounds: tuple[Inspection, ...]
    rectification: Rectification | None
    points: tuple[FailedPoint, ...]
    seats: frozenset[int]
    photos: Mapping[int, tuple[tuple[Thumbnail, ...], int]]

    def office(self, found: JoiningOffice | Inspector) -> str:
        return self.case.deployment.catalogue.office_name(found.department, found.region)

    def names(self, items: Collection[str]) -> str:
        """These items in words."""
        return "、".join(each.name for each in self.case.items if each.item in items)


def visits_of(db: Connection, user: User, case: CasePage, seen: Collection[str] | None) -> Visits | None:
    """What the page shows, None while nothing was arranged or when no item of the person's is looked at."""
    rounds = inspections_of(db, case.id)
    items = {item for each in rounds for office in each.offices for item in office.items}
    if not rounds or (seen is not None and items.isdisjoint(seen)):
        return None
    found = rectification_of(db, case.id)
    points = () if found is None else found.points
    shown = tuple(p for p in points if seen is None or not set(p.items).isdisjoint(seen))
    seats = seats_of(db, user, [each.id for each in rounds])
    photos = {one.id: _photos(read_sheet(db, one.id)) for one in rounds if one.id in seats}
    return Visits(case, rounds, found, shown, seats, photos)


def _photos(sheet: SheetView) -> tuple[tuple[Thumbnail, ...], int]:
    texts = {each.point.id: each.point.text for each in sheet.points}
    shown = tuple(
        Thumbnail(each.id, place_title(texts.get(each.point, "")), each.taken_at, _flags(each))
        for each in sheet.photos[:SHOWN]
    )
    return shown, len(sheet.photos) - len(shown)


def _flags(photo: Photo) -> tuple[str, ...]:
    said = {"far": photo.far, "late": photo.late, "skewed": photo.skewed}
    return tuple(name for name, holds in said.items() if holds)
