"""Marking what is missing while a case is on receipt, seeing the one notice, asking for a second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.approvals import states_of
from engine.corrections.filed import FIELD, MATERIAL, Filed, Thing
from engine.corrections.marking import LONGEST, Mark, desks_for, find_thing, mark, unmark
from engine.corrections.notice import entries
from engine.corrections.offices import Desk, Marker, find_marker
from engine.corrections.points import TYPES, marked_points
from engine.corrections.second import KIND, ask_second, granted_second
from engine.corrections.sending import reply_by
from engine.errors import Invalid
from engine.queries.cases import CasePage, staff_case
from engine.queries.parts import HandedIn
from engine.queries.sight import items_seen
from web import words
from web.database import act, reading
from web.login import for_roles, person
from web.staff.marked import Beside, beside, in_words_for
from web.staff.seen import shown

blueprint = Blueprint("points", __name__)
MARKING = ("window", "clerk")
PLACE = "/office/cases/<number>/points"
THING = f"{PLACE}/<any({FIELD}, {MATERIAL}):target>/<name>"
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Row:
    """A question or material that may be marked, with what stands there now."""

    thing: Thing
    words: str
    files: tuple[HandedIn, ...]
    is_marked: bool


@blueprint.app_template_global("corrections_beside")
def corrections_beside(case: CasePage) -> Beside:
    """For the pages of a case, whichever view draws them: its marks and notices as the person sees them."""
    with reading() as db:
        return beside(db, person(), case.id, case.number)


@blueprint.get(PLACE)
@for_roles(*MARKING)
def show(number: str) -> str:
    """Everything that the case asks, each with a way to mark it, and everything marked so far."""
    return _page(number, {})


@blueprint.post(PLACE)
@for_roles("window")
def second(number: str) -> Answer:
    """Ask the head for a further notice."""
    reason, user, now = request.form.get("reason", ""), person(), datetime.now(UTC)
    try:
        act(lambda db: ask_second(db, user=user, number=number, reason=reason, now=now))
    except Invalid as invalid:
        return _page(number, invalid.errors), 422
    flash(_("已提请批准。批准以后，可以在受理审查中再选一次“一次性告知补正”。"))
    return redirect(url_for("points.show", number=number), code=303)


@blueprint.get(f"{PLACE}/preview")
@for_roles(*MARKING)
def preview(number: str) -> str:
    """The one notice as the applicant would get it today."""
    user, now = person(), datetime.now(UTC)
    with reading() as db:
        marker = find_marker(db, user, number)
        found = beside(db, user, marker.case_id, number)
        notice = entries(found.filed, marked_points(db, marker.case_id))
        due_on = reply_by(db, found.filed.deployment, found.filed.case, now)
    return render_template(
        "staff/points_preview.html", number=number, filed=found.filed, notice=notice, due_on=due_on
    )


@blueprint.get(THING)
@for_roles(*MARKING)
def ask(number: str, target: str, name: str) -> str:
    """What is wrong with it, and what would satisfy."""
    return _form(number, target, name, {})


@blueprint.post(THING)
@for_roles(*MARKING)
def put(number: str, target: str, name: str) -> Answer:
    """Mark it."""
    typed = {key: request.form.get(key, "") for key in ("item", "type", "reason", "wanted")}
    said = Mark(target, name, **typed)
    user, now = person(), datetime.now(UTC)
    try:
        act(lambda db: mark(db, user=user, number=number, mark=said, now=now))
    except Invalid as invalid:
        return _form(number, target, name, invalid.errors), 422
    flash(_("已标记。综合窗口会把各部门的标记合成一份，一次告知申请人。"))
    return redirect(url_for("points.show", number=number, _anchor=f"of-{target}-{name}"), code=303)


@blueprint.post(f"{PLACE}/<int:point>/unmark")
@for_roles(*MARKING)
def take_back(number: str, point: int) -> Response:
    """Take one's office's mark back."""
    user, now = person(), datetime.now(UTC)
    act(lambda db: unmark(db, user=user, number=number, point=point, now=now))
    flash(_("已取消标记。"))
    return redirect(url_for("points.show", number=number), code=303)


def _page(number: str, errors: dict[str, str]) -> str:
    user = person()
    with reading() as db:
        marker = find_marker(db, user, number)
        case = staff_case(db, user, number)
        found = beside(db, user, marker.case_id, number)
        seen = items_seen(db, user, marker.case_id)
        states = states_of(db, marker.case_id, KIND)
        granted = granted_second(db, marker.case_id) is not None
    return render_template(
        "staff/points.html",
        case=case,
        found=found,
        sections=_sections(found, marker, case, in_words_for(found.filed, user), _files(case, seen)),
        granted=granted,
        waiting="open" in states,
        errors=errors,
        typed=request.form,
        longest=LONGEST,
        words=words,
        now=datetime.now(UTC),
    )


def _files(case: CasePage, seen: frozenset[str] | None) -> list[HandedIn]:
    files = shown(case, person(), seen)["files"]
    assert isinstance(files, list)
    return files


def _sections(
    found: Beside, marker: Marker, case: CasePage, in_words: Callable[..., str], files: list[HandedIn]
) -> dict[str, list[Row]]:
    """The rows under the titles of their sections, in the order of the form."""
    filed, marked = found.filed, {each.thing.key for each in found.marked}
    sections: dict[str, list[Row]] = {}
    for thing in filed.things.values():
        if not desks_for(marker, thing) or not _is_asked(filed, thing):
            continue
        handed_in = tuple(each for each in files if thing.target != FIELD and each.material == thing.name)
        value = filed.answers.get(thing.name)
        said = (
            in_words(filed.fields[thing.name], value) if thing.target == FIELD and value is not None else ""
        )
        sections.setdefault(thing.section, []).append(Row(thing, said, handed_in, thing.key in marked))
    return sections


def _is_asked(filed: Filed, thing: Thing) -> bool:
    return thing.target != FIELD or filed.is_asked(filed.fields[thing.name], filed.answers)


def _form(number: str, target: str, name: str, errors: dict[str, str]) -> str:
    user = person()
    with reading() as db:
        marker, filed, thing = find_thing(db, user, number, target, name)
        seen = items_seen(db, user, marker.case_id)
        case = staff_case(db, user, number)
        before = _kept(db, marker, thing)
    desks = desks_for(marker, thing)
    value = filed.answers.get(name)
    said = in_words_for(filed, user)
    return render_template(
        "staff/point.html",
        case=case,
        thing=thing,
        value=said(filed.fields[name], value) if target == FIELD and value is not None else "",
        files=[each for each in _files(case, seen) if target != FIELD and each.material == name],
        desks=[(desk.item, _desk_name(filed, desk)) for desk in desks],
        types=list(TYPES.items()),
        errors=errors,
        typed=request.form or before,
        longest=LONGEST,
        words=words,
    )


def _kept(db: Connection, marker: Marker, thing: Thing) -> dict[str, str]:
    """What this person's office has marked already, to be changed."""
    for point in marked_points(db, marker.case_id):
        if point.key == thing.key and Desk(point.item, point.department, point.region) in marker.desks:
            return {name: str(getattr(point, name)) for name in ("item", "type", "reason", "wanted")}
    return {}


def _desk_name(filed: Filed, desk: Desk) -> str:
    return filed.catalogue.item(desk.item).name if desk.item else str(_("综合窗口"))
