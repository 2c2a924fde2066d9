"""The hearings of a case for the offices that work on it: offered, called, recorded or called off."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.days import local_day
from engine.errors import Invalid
from engine.hearings.finding import Found, case_to_decide, of_office
from engine.hearings.hearing import ASKED, CALLED, DECLINED, OFFERED
from engine.hearings.offering import offer, wanted_by_law
from engine.hearings.requested import call_requested, cancel, days_for, form_of, hold_requested, note_request
from engine.queries.cases import CasePage, staff_case
from engine.queries.hearings import items_decided, items_to_offer
from engine.queries.sight import items_seen
from forms.describe import describe_all
from forms.inputs import Inputs, keep
from forms.page import Showing
from web import words
from web.database import act, reading
from web.login import for_roles, person
from web.staff.case import SEEING
from web.table_rows import dropped_row, row_to_drop, table_to_grow

blueprint = Blueprint("staff_hearings", __name__)
CLERK = "clerk"
Answer = Response | tuple[str, int]


@blueprint.get("/office/cases/<number>/hearings")
@for_roles(*SEEING)
def show(number: str) -> str:
    """The hearings about the items of the person's offices, and what may be done about each."""
    user = person()
    with reading() as db:
        case = staff_case(db, user, number)
        seen = items_seen(db, user, case.id)
        mine = items_decided(db, user, case.id)
        free = items_to_offer(db, user, case.id)
    return render_template(
        "staff/hearings.html",
        case=case,
        found=[each for each in case.hearings if seen is None or each.item in seen],
        mine=mine,
        to_offer=[item for item in case.items if item.item in free - _by_law(case)],
        by_law=[item for item in case.items if item.item in _by_law(case)],
        words=words,
        now=datetime.now(UTC),
    )


@blueprint.get("/office/cases/<number>/hearings/offer/<item>")
@for_roles(CLERK)
def ask_offer(number: str, item: str) -> str:
    """Why the applicant is told of the right to a hearing."""
    return _offer_page(number, item, "", {})


@blueprint.post("/office/cases/<number>/hearings/offer/<item>")
@for_roles(CLERK)
def do_offer(number: str, item: str) -> Answer:
    """Tell the applicant."""
    user, now, reasons = person(), datetime.now(UTC), request.form.get("reasons", "")
    try:
        act(lambda db: offer(db, user=user, number=number, item=item, reasons=reasons, now=now))
    except Invalid as invalid:
        return _offer_page(number, item, reasons, invalid.errors), 422
    return _back(number, _("听证告知书已经出具。申请人答复以前，这个事项不能作决定。"))


@blueprint.get("/office/cases/<number>/hearings/<int:hearing>/request")
@for_roles(CLERK)
def ask_request(number: str, hearing: int) -> str:
    """What the applicant wrote on paper, and when it was received."""
    return _request_page(number, hearing, {}, {})


@blueprint.post("/office/cases/<number>/hearings/<int:hearing>/request")
@for_roles(CLERK)
def do_request(number: str, hearing: int) -> Answer:
    """Note the request."""
    user, now = person(), datetime.now(UTC)
    typed = {name: request.form.get(name, "").strip() for name in ("words", "received")}
    try:
        act(lambda db: note_request(db, user=user, number=number, hearing=hearing, now=now, **typed))
    except Invalid as invalid:
        return _request_page(number, hearing, typed, invalid.errors), 422
    return _back(number, _("已登记申请人的听证要求，请通知听证的时间和地点。"))


@blueprint.get("/office/cases/<number>/hearings/<int:hearing>/call")
@for_roles(CLERK)
def ask_call(number: str, hearing: int) -> str:
    """When, where and under whom."""
    return _form_page(number, hearing, "call", {}, {})


@blueprint.post("/office/cases/<number>/hearings/<int:hearing>/call")
@for_roles(CLERK)
def do_call(number: str, hearing: int) -> Answer:
    """Give notice of it."""
    user, now, raw = person(), datetime.now(UTC), _typed()
    return _done(
        number,
        hearing,
        "call",
        raw,
        lambda db: call_requested(db, user=user, number=number, hearing=hearing, raw=raw, now=now),
        _("听证通知书已经出具，系统会通知申请人。"),
    )


@blueprint.get("/office/cases/<number>/hearings/<int:hearing>/record")
@for_roles(CLERK)
def ask_record(number: str, hearing: int) -> str:
    """The minutes."""
    return _form_page(number, hearing, "hear", {}, {})


@blueprint.post("/office/cases/<number>/hearings/<int:hearing>/record")
@for_roles(CLERK)
def do_record(number: str, hearing: int) -> Answer:
    """Add or drop a person, or keep the minutes for good."""
    user, now, raw, action = person(), datetime.now(UTC), _typed(), request.form.get("action", "")
    if table_to_grow(action) or row_to_drop(action):
        return _form_page(number, hearing, "hear", dropped_row(raw, action), {}, table_to_grow(action)), 200
    return _done(
        number,
        hearing,
        "hear",
        raw,
        lambda db: hold_requested(db, user=user, number=number, hearing=hearing, raw=raw, now=now),
        _("听证笔录已经固定，可以作决定了。"),
    )


@blueprint.get("/office/cases/<number>/hearings/<int:hearing>/cancel")
@for_roles(CLERK)
def ask_cancel(number: str, hearing: int) -> str:
    """Why it is called off."""
    return _cancel_page(number, hearing, {}, {})


@blueprint.post("/office/cases/<number>/hearings/<int:hearing>/cancel")
@for_roles(CLERK)
def do_cancel(number: str, hearing: int) -> Answer:
    """Call it off."""
    user, now = person(), datetime.now(UTC)
    typed = {name: request.form.get(name, "") for name in ("ground", "words")}
    try:
        act(lambda db: cancel(db, user=user, number=number, hearing=hearing, now=now, **typed))
    except Invalid as invalid:
        return _cancel_page(number, hearing, typed, invalid.errors), 422
    return _back(number, _("这次听证已经取消，原因已经记录。"))


def _by_law(case: CasePage) -> frozenset[str]:
    """The items about which the law itself wants a hearing: their diagrams have the steps for it."""
    catalogue = case.deployment.catalogue_on(local_day(case.submitted_at))
    return frozenset(each.item for each in case.items if wanted_by_law(catalogue.item(each.item)))


def _done(
    number: str, hearing: int, form: str, raw: Inputs, command: Callable[[Connection], None], says: str
) -> Answer:
    try:
        act(command)
    except Invalid as invalid:
        return _form_page(number, hearing, form, raw, invalid.errors), 422
    return _back(number, says)


def _back(number: str, says: str) -> Response:
    flash(says)
    return redirect(url_for("staff_hearings.show", number=number), code=303)


def _typed() -> Inputs:
    return {name: values[-1] for name, values in request.form.lists()}


def _offer_page(number: str, item: str, reasons: str, errors: dict[str, str]) -> str:
    with reading() as db:
        case, deployment = case_to_decide(db, person(), number, item)
    about = deployment.catalogue_on(case.filed_on).item(item)
    return render_template("staff/hearing_offer.html", case=case, item=about, reasons=reasons, errors=errors)


def _form_page(
    number: str, hearing: int, form: str, raw: Inputs, errors: dict[str, str], grow: str = ""
) -> str:
    found = _found(number, hearing, ASKED if form == "call" else CALLED)
    with reading() as db:
        days = days_for(db, found, datetime.now(UTC)) if form == "call" else None
    asked = form_of(found, form)
    shown = keep(asked.fields, raw)
    if not raw and form == "hear":
        shown = {"chair": found.hearing.chair}
    questions = describe_all(asked.fields, Showing(raw=shown, errors=errors, grow=grow))
    return render_template(
        "staff/hearing_form.html",
        found=found,
        form=asked,
        questions=questions,
        errors=errors,
        days=days,
        to=f"staff_hearings.do_{'call' if form == 'call' else 'record'}",
        does=_("出具听证通知书") if form == "call" else _("提交笔录，不再更改"),
    )


def _request_page(number: str, hearing: int, typed: dict[str, str], errors: dict[str, str]) -> str:
    found = _found(number, hearing, OFFERED, DECLINED)
    return render_template("staff/hearing_request.html", found=found, typed=typed, errors=errors)


def _cancel_page(number: str, hearing: int, typed: dict[str, str], errors: dict[str, str]) -> str:
    found = _found(number, hearing, OFFERED, ASKED, CALLED)
    return render_template("staff/hearing_cancel.html", found=found, typed=typed, errors=errors)


def _found(number: str, hearing: int, *states: str) -> Found:
    with reading() as db:
        found = of_office(db, person(), number, hearing)
    found.refuse_unless(*states)
    return found
