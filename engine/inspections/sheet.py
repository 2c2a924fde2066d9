"""Reads a visit's sheet from the rows that phones added, and says what it still lacks and what it found."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from engine.cases import load_case
from engine.catalogue import Catalogue
from engine.errors import NotFound
from engine.inspections.before import catalogue_for
from engine.inspections.checklist import offices_of, points_for
from engine.inspections.experts import experts_of
from engine.inspections.fold import SIGNED, Entry, Found, Sheet, fold
from engine.inspections.inspection import Inspection, find_inspection
from engine.inspections.moments import is_notable
from engine.inspections.places import Position, far_ones
from engine.inspections.view import Party, Photo, PointView, Saying, SheetView, Signer
from engine.inspections.wanting import wanting
from engine.tables import inspection_entries, inspection_photos, users
from forms.checklist import Point

Names = Mapping[int, str]


def read_sheet(db: Connection, inspection: int) -> SheetView:
    """The sheet of the inspection with this id; who may see it was asked before. NotFound without it."""
    found = find_inspection(db, inspection)
    if found is None:
        raise NotFound
    case = load_case(db, found.case_id)
    catalogue = catalogue_for(db, case)
    entries, names = _entries(db, inspection)
    sheet = fold(entries)
    photos = _photos(db, found, catalogue.settings(found.region))
    points = points_for(case, catalogue, found)
    return SheetView(
        inspection=found,
        case=case,
        points=tuple(_point(each, found, catalogue, sheet, photos, names) for each in points),
        photos=photos,
        signers=_signers(found, catalogue, sheet, names),
        party=_party(sheet),
        party_outdated=sheet.party_outdated,
        sheet=sheet,
        item_names={item: catalogue.item(item).name for point in points for item in point.items},
        experts=experts_of(db, inspection),
    )


def lacking(db: Connection, inspection: int) -> tuple[str, ...]:
    """What has to be done before the visit can be closed, in sentences; () when nothing is missing."""
    return wanting(read_sheet(db, inspection))


def results(db: Connection, inspection: int) -> dict[str, dict[str, str]]:
    """What was found: point → `result` and `words`, for the points of the checklist that have a result."""
    view = read_sheet(db, inspection)
    return {
        each.point.id: {"result": each.result, "words": each.words} for each in view.points if each.result
    }


def _entries(db: Connection, inspection: int) -> tuple[list[Entry], Names]:
    e = inspection_entries.c
    query = select(inspection_entries, users.c.name).join_from(
        inspection_entries, users, users.c.id == e.user_id
    )
    rows = db.execute(query.where(e.inspection_id == inspection)).all()
    return [_entry(row) for row in rows], {row.user_id: row.name for row in rows}


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        row.id,
        row.user_id,
        row.device,
        row.kind,
        row.subject,
        row.edit,
        row.body,
        row.noted_at,
        row.skew,
    )


def _photos(db: Connection, inspection: Inspection, settings: Mapping[str, object]) -> tuple[Photo, ...]:
    p = inspection_photos.c
    query = select(inspection_photos, users.c.name).join_from(
        inspection_photos, users, users.c.id == p.user_id
    )
    rows = db.execute(query.where(p.inspection_id == inspection.id).order_by(p.taken_at, p.id)).all()
    places = [_position(row) for row in rows]
    far = far_ones(places, settings)
    return tuple(
        _photo(row, place, is_far, inspection.closed_at)
        for row, place, is_far in zip(rows, places, far, strict=True)
    )


def _position(row: Row[Any]) -> Position | None:
    return None if row.latitude is None else Position(row.latitude, row.longitude, row.accuracy)


def _photo(row: Row[Any], place: Position | None, is_far: bool, closed_at: datetime | None) -> Photo:
    return Photo(
        id=row.id,
        point=row.point,
        label=row.label,
        sha256=row.sha256,
        thumbnail=row.thumbnail,
        media_type=row.media_type,
        size=row.size,
        person=row.user_id,
        by=row.name,
        taken_at=row.taken_at,
        received_at=row.received_at,
        position=place,
        far=is_far,
        late=closed_at is not None and row.received_at > closed_at,
        skewed=is_notable(row.skew),
    )


def _point(
    point: Point,
    inspection: Inspection,
    catalogue: Catalogue,
    sheet: Sheet,
    photos: Iterable[Photo],
    names: Names,
) -> PointView:
    keys = offices_of(point, inspection)
    found: Found | None = sheet.points.get(point.id)
    return PointView(
        point=point,
        offices=tuple(catalogue.office_name(*key) for key in sorted(keys)),
        keys=keys,
        result=found.result if found else "",
        said=tuple(_saying(each, names) for each in found.said) if found else (),
        divided=found is not None and found.divided,
        photos=tuple(each for each in photos if each.point == point.id),
    )


def _saying(entry: Entry, names: Names) -> Saying:
    body = entry.body
    name = names[entry.person]
    skewed = is_notable(entry.skew)
    return Saying(entry.id, entry.person, name, body["result"], body["words"], entry.noted_at, skewed)


class _Person(NamedTuple):
    id: int
    name: str
    office: str
    in_team: bool


def _signers(inspection: Inspection, catalogue: Catalogue, sheet: Sheet, names: Names) -> tuple[Signer, ...]:
    """The team in its order, then whoever noted a point that holds without being of it."""
    noted = {each.person for found in sheet.points.values() for each in found.said}
    team = [
        _Person(each.user_id, each.name, catalogue.office_name(each.department, each.region), True)
        for each in inspection.team
    ]
    others = sorted(noted - {each.id for each in team})
    people = [*team, *(_Person(id, names[id], "", False) for id in others)]
    return tuple(_signer(each, sheet, each.id in noted) for each in people)


def _signer(person: _Person, sheet: Sheet, noted: bool) -> Signer:
    signed = sheet.signed.get(person.id)
    state = SIGNED if signed else "outdated" if person.id in sheet.outdated else ""
    strokes = _strokes(signed.body) if signed else ()
    paper = signed.body.get("paper", "") if signed else ""
    return Signer(*person, noted, state, strokes, signed.noted_at if signed else None, paper)


def _party(sheet: Sheet) -> Party | None:
    if sheet.party is None:
        return None
    body = sheet.party.body
    strokes, paper = _strokes(body), body.get("paper", "")
    return Party(body["answer"], body["name"], body["words"], strokes, sheet.party.noted_at, paper)


def _strokes(body: Mapping[str, Any]) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(tuple((x, y) for x, y in line) for line in body["strokes"])
