"""A visit as its page and the script on the phone see it: the sheet, told for the person who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from sqlalchemy import Connection

from engine.deployments import load
from engine.inspections.access import Seat, take_seat
from engine.inspections.experts import Expert, experts_of
from engine.inspections.fold import Entry
from engine.inspections.inspection import RECHECK
from engine.inspections.noting import own_offices
from engine.inspections.rectification import FailedPoint, rectification_of
from engine.inspections.sheet import read_sheet
from engine.inspections.strokes import Strokes, svg_of
from engine.inspections.view import PointView, Saying, SheetView
from engine.people import User
from engine.queries.phone_sheet import last_edit
from web.database import reading

# A signature that covers something else than what holds: anything newer replaces it.
OUTDATED: dict[str, object] = {"edit": 0, "device": "", "id": "", "covers": []}


@dataclass(frozen=True)
class VisitPage:
    """One visit before one person: what is theirs to look at, and what the others found.

    `before` is, at a re-check, what had failed and what the applicant replied, by point.
    """

    seat: Seat
    view: SheetView
    user: User
    industry: str
    office_names: Mapping[tuple[str, str], str]
    settings: Mapping[str, object]
    experts: tuple[Expert, ...]
    before: Mapping[str, FailedPoint]
    edit: int

    @property
    def id(self) -> int:
        """The inspection's id."""
        return self.view.inspection.id

    @property
    def is_open(self) -> bool:
        """Whether anything can still be noted."""
        return self.view.inspection.is_open

    @property
    def own(self) -> tuple[PointView, ...]:
        """The points that are this person's part, first of all."""
        return tuple(each for each in self.view.points if self.is_own(each))

    @property
    def others(self) -> tuple[PointView, ...]:
        """The points of the other offices."""
        return tuple(each for each in self.view.points if not self.is_own(each))

    def is_own(self, point: PointView) -> bool:
        """Whether this person's office looks at the point."""
        return not point.keys.isdisjoint(own_offices(self.seat, self.user))

    def may_fill(self, point: PointView) -> bool:
        """Whether this person may give a result: one's own part; who leads, all of them."""
        return self.is_open and (self.seat.leads or self.is_own(point))

    def mine(self, point: PointView) -> Saying | None:
        """What this person said of a point, as the server has it."""
        return next((each for each in point.said if each.person == self.user.id), None)

    def said_by_others(self, point: PointView) -> tuple[Saying, ...]:
        """What everybody else said of it; all of it where this person fills in nothing."""
        if not self.may_fill(point):
            return point.said
        return tuple(each for each in point.said if each.person != self.user.id)


def read_visit(db: Connection, user: User, inspection: int) -> VisitPage:
    """The visit for this person. NotFound for whom it is not."""
    seat = take_seat(db, user, inspection)
    view = read_sheet(db, inspection)
    catalogue = load(db, view.case.deployment_id).catalogue_on(view.case.filed_on)
    offices = {(each.department, each.region) for each in seat.inspection.offices}
    offices |= {(each.department, each.region) for each in seat.inspection.team}
    names = {key: catalogue.office_name(*key) for key in offices}
    return VisitPage(
        seat=seat,
        view=view,
        user=user,
        industry=catalogue.industry.name,
        office_names=names,
        settings=catalogue.settings(seat.inspection.region),
        experts=experts_of(db, inspection),
        before=_before(db, seat),
        edit=last_edit(db, inspection),
    )


def _before(db: Connection, seat: Seat) -> dict[str, FailedPoint]:
    asked = rectification_of(db, seat.inspection.case_id) if seat.inspection.round == RECHECK else None
    return {each.point: each for each in asked.points} if asked else {}


def visit_for(user: User, inspection: int) -> VisitPage:
    """The same in a transaction of its own."""
    with reading() as db:
        return read_visit(db, user, inspection)


def state_of(page: VisitPage) -> dict[str, Any]:
    """What the phone keeps of a visit to go on without a network; `html` are pieces of the page by point."""
    view = page.view
    return {
        "person": {"id": page.user.id, "name": page.user.name},
        "csrf": generate_csrf(),
        "at": datetime.now(UTC).isoformat(),
        "open": page.is_open,
        "title": view.case.operator,
        "edit": page.edit,
        "points": {each.point.id: each.point.text for each in view.points},
        "held": [{"id": e.id, "user": e.person} for e in _held(view)],
        "mine": {e.subject: _mine(e) for e in _held(view) if e.person == page.user.id},
        "photos": [each.id for each in view.photos],
        "signature": _own_signature(page),
        "party": _party(view),
        "html": _html(page),
    }


def _held(view: SheetView) -> list[Entry]:
    return [each for found in view.sheet.points.values() for each in found.said]


def _mine(entry: Entry) -> dict[str, object]:
    return {
        **_rank(entry),
        "result": entry.body["result"],
        "words": entry.body["words"],
    }


def _own_signature(page: VisitPage) -> dict[str, object] | None:
    sheet = page.view.sheet
    if entry := sheet.signed.get(page.user.id):
        return _signed(entry)
    return OUTDATED if page.user.id in sheet.outdated else None


def _party(view: SheetView) -> dict[str, object] | None:
    if view.sheet.party:
        return _signed(view.sheet.party)
    return OUTDATED if view.party_outdated else None


def _signed(entry: Entry) -> dict[str, object]:
    return {**_rank(entry), "covers": entry.body["covers"]}


def _rank(entry: Entry) -> dict[str, object]:
    """What decides which of two entries of one person holds."""
    return {"edit": entry.edit, "device": entry.device, "id": entry.id}


def _html(page: VisitPage) -> dict[str, Any]:
    points = page.view.points
    photos = {each.point.id: _piece("photos", page, photos=each.photos) for each in points}
    whole = tuple(each for each in page.view.photos if not each.point)
    return {
        "others": {each.point.id: _piece("others", page, said=page.said_by_others(each)) for each in points},
        "photos": {**photos, "": _piece("photos", page, photos=whole)},
        "signers": _piece("signers", page),
    }


def _piece(name: str, page: VisitPage, **values: object) -> str:
    return render_template(f"inspect/piece_{name}.html", page=page, signature=signature, **values).strip()


def signature(strokes: Strokes, label: str) -> Markup:
    """A drawn signature as a picture with a name; only whole numbers of the strokes reach the page."""
    drawn = svg_of(strokes).removeprefix("<svg ")
    return Markup(f'<svg class="op-signature" role="img" aria-label="{escape(label)}" {drawn}')
