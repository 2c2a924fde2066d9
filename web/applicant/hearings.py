"""Hearings as the applicant sees them: ask for one or do without, then when and where, then the minutes."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.days import local_day
from engine.errors import Invalid
from engine.hearings.finding import of_applicant
from engine.hearings.offering import ask, decline
from engine.queries.cases import applicants_case
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("hearings", __name__)


@blueprint.get("/cases/<number>/hearings")
@for_roles("applicant")
def show_all(number: str) -> str:
    """Every hearing of the case."""
    with reading() as db:
        case = applicants_case(db, person(), number)
    return render_template("applicant/hearings.html", case=case)


@blueprint.get("/cases/<number>/hearing/<int:hearing>")
@for_roles("applicant")
def show(number: str, hearing: int) -> str:
    """One hearing, with the question whether it is wanted while that is open."""
    return _page(number, hearing, "", {})


@blueprint.post("/cases/<number>/hearing/<int:hearing>/ask")
@for_roles("applicant")
def do_ask(number: str, hearing: int) -> Response | tuple[str, int]:
    """Ask for it."""
    user, now, words = person(), datetime.now(UTC), request.form.get("words", "")
    try:
        act(lambda db: ask(db, user=user, number=number, hearing=hearing, words=words, now=now))
    except Invalid as invalid:
        return _page(number, hearing, words, invalid.errors), 422
    flash(_("已收到您的听证要求。时间和地点会提前七天告诉您。"))
    return redirect(url_for("hearings.show", number=number, hearing=hearing), code=303)


@blueprint.post("/cases/<number>/hearing/<int:hearing>/decline")
@for_roles("applicant")
def do_decline(number: str, hearing: int) -> Response:
    """Do without it."""
    user, now = person(), datetime.now(UTC)
    act(lambda db: decline(db, user=user, number=number, hearing=hearing, now=now))
    flash(_("已记下：您不要求听证，继续办理。"))
    return redirect(url_for("hearings.show", number=number, hearing=hearing), code=303)


def _page(number: str, hearing: int, words: str, errors: dict[str, str]) -> str:
    with reading() as db:
        found = of_applicant(db, person(), number, hearing)
    last = found.hearing.ask_by
    return render_template(
        "applicant/hearing.html",
        found=found,
        may_ask=found.hearing.state == "offered" and last and local_day(datetime.now(UTC)) <= last,
        typed=words,
        errors=errors,
    )
