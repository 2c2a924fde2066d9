"""The clocks of a case for the offices that work on it, with the ways to pause, resume and prolong them."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.approvals import find_kind
from engine.clock.calendar import read_calendar
from engine.clock.reading import explained
from engine.commands.extend import ask_extension, extension_of
from engine.commands.pause import pause, running_pauses
from engine.commands.resume import resume
from engine.days import local_day
from engine.errors import Invalid
from engine.handled import handle, items_handled
from engine.pauses import HEARING, KINDS, kinds_for
from engine.queries.approvals import approvals_of
from engine.queries.cases import staff_case
from web import clocks, words
from web.database import act, reading
from web.login import for_roles, person
from web.staff.case import SEEING

blueprint = Blueprint("staff_clock", __name__)
WHOLE = "whole"  # stands in an address for the case as a whole
CLERK = "clerk"
Answer = Response | tuple[str, int]


@blueprint.get("/office/cases/<number>/clock")
@for_roles(*SEEING)
def show(number: str) -> str:
    """The clocks of the case and of each item; what this person may do stands beside each."""
    now, user = datetime.now(UTC), person()
    with reading() as db:
        case = staff_case(db, user, number)
        found = explained(
            db, case.id, case.deployment.catalogue_on(local_day(case.submitted_at)), local_day(now)
        )
        calendar = read_calendar(db, case.region)
        mine = items_handled(db, user, case.id)
        running = {item: running_pauses(db, case.id, item) for item in mine}
        asked = approvals_of(db, case.id)
    return render_template(
        "staff/clock.html",
        case=case,
        groups=clocks.groups(found, calendar, local_day(now)),
        mine=mine,
        running=running,
        asked=asked,
        approval_label=lambda each: find_kind(each.kind).label,
        hearing=HEARING,
        whole=WHOLE,
        letter_href=clocks.letter_href("office_letters.show", number),
        words=words,
        now=now,
    )


@blueprint.get("/office/cases/<number>/clock/<item>/pause")
@for_roles(CLERK)
def ask_pause(number: str, item: str) -> str:
    """Which special step, how long and why."""
    return _pause_page(number, item, {})


@blueprint.post("/office/cases/<number>/clock/<item>/pause")
@for_roles(CLERK)
def do_pause(number: str, item: str) -> Answer:
    """Stop the item's clocks."""
    typed = request.form.get("days", "").strip()
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None
    kind, reason = request.form.get("kind", ""), request.form.get("reason", "")

    def command(db: Connection) -> None:
        pause(
            db,
            user=person(),
            number=number,
            item=item,
            kind=kind,
            days=days,
            reason=reason,
            now=datetime.now(UTC),
        )

    said = _("已暂停计时，并已书面告知申请人所需时间。")
    return _carry_out(number, command, said, lambda errors: _pause_page(number, item, errors))


@blueprint.get("/office/cases/<number>/clock/<item>/resume/<kind>")
@for_roles(CLERK)
def ask_resume(number: str, item: str, kind: str) -> str:
    """What came of the special step."""
    return _resume_page(number, item, kind, {})


@blueprint.post("/office/cases/<number>/clock/<item>/resume/<kind>")
@for_roles(CLERK)
def do_resume(number: str, item: str, kind: str) -> Answer:
    """End the pause."""
    reason = request.form.get("reason", "")

    def command(db: Connection) -> None:
        resume(db, user=person(), number=number, item=item, kind=kind, reason=reason, now=datetime.now(UTC))

    said = _("已恢复计时，从下一个工作日接着计算。")
    return _carry_out(number, command, said, lambda errors: _resume_page(number, item, kind, errors))


@blueprint.get("/office/cases/<number>/clock/<item>/extend")
@for_roles(CLERK)
def ask_extend(number: str, item: str) -> str:
    """Why the limit is not enough."""
    return _extend_page(number, item, {})


@blueprint.post("/office/cases/<number>/clock/<item>/extend")
@for_roles(CLERK)
def do_extend(number: str, item: str) -> Answer:
    """Put the extension to who decides on it."""
    reason = request.form.get("reason", "")

    def command(db: Connection) -> None:
        ask_extension(
            db, user=person(), number=number, item=_item(item), reason=reason, now=datetime.now(UTC)
        )

    said = _("已提请批准延期。批准以前，时限不变。")
    return _carry_out(number, command, said, lambda errors: _extend_page(number, item, errors))


def _carry_out(
    number: str, command: Callable[[Connection], None], said: str, again: Callable[[dict[str, str]], str]
) -> Answer:
    """Run a command; mistakes come back at their fields with everything kept."""
    try:
        act(command)
    except Invalid as invalid:
        return again(invalid.errors), 422
    flash(said)
    return redirect(url_for("staff_clock.show", number=number), code=303)


def _pause_page(number: str, item: str, errors: dict[str, str]) -> str:
    with reading() as db:
        found = handle(db, person(), number, item)
    settings = found.deployment.catalogue_on(found.case.filed_on).settings(found.case.region)
    return render_template(
        "staff/clock_pause.html", found=found, kinds=kinds_for(settings), errors=errors, typed=request.form
    )


def _resume_page(number: str, item: str, kind: str, errors: dict[str, str]) -> str:
    with reading() as db:
        found = handle(db, person(), number, item)
        running = [each for each in running_pauses(db, found.case.id, item) if each.kind.id == kind]
    name = KINDS[kind].name if kind in KINDS else kind
    return render_template(
        "staff/clock_resume.html", found=found, name=name, running=running, errors=errors, typed=request.form
    )


def _extend_page(number: str, item: str, errors: dict[str, str]) -> str:
    with reading() as db:
        found = handle(db, person(), number, _item(item))
    may = extension_of(found)
    office = found.deployment.catalogue.office_name(may.department, may.region)
    return render_template(
        "staff/clock_extend.html", found=found, may=may, office=office, errors=errors, typed=request.form
    )


def _item(part: str) -> str:
    return "" if part == WHOLE else part
