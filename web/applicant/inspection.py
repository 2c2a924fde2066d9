"""The joint visit as its applicant sees it: choose the date, prepare, read what was found."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.errors import Invalid
from engine.inspections.convening import confirm
from engine.inspections.inspection import Inspection, inspection_of
from engine.inspections.rectification import Rectification, rectification_of
from engine.inspections.rectifying import proof_input, reply_input
from engine.inspections.replies import fingerprint, seen_input
from engine.queries.cases import CasePage
from engine.uploads import ACCEPTED
from forms.inputs import Inputs
from web import words
from web.applicant.inspection_page import OFFERED, read_visit
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("inspection", __name__)


@blueprint.app_template_global("visit_told")
def visit_told(case: CasePage) -> tuple[Inspection | None, Rectification | None]:
    """For the case's page: the visit as it stands, and what has to be put right after it."""
    with reading() as db:
        return inspection_of(db, case.id), rectification_of(db, case.id)


@blueprint.get("/cases/<number>/inspection")
@for_roles("applicant")
def show(number: str) -> str:
    """The date, who comes, what to prepare, what was found and what to put right."""
    return page(number)


@blueprint.post("/cases/<number>/inspection")
@for_roles("applicant")
def answer(number: str) -> Response | tuple[str, int]:
    """Take one of the half days, or propose another with words."""
    typed: Inputs = {name: values[-1] for name, values in request.form.lists()}
    user, now, offered = person(), datetime.now(UTC), str(typed.get(OFFERED, ""))
    try:
        act(lambda db: confirm(db, user=user, number=number, raw=typed, offered=offered, now=now))
    except Invalid as invalid:
        return page(number, typed, invalid.errors), 422
    flash(_("已收到您的答复。各部门确认后，时间会写在这里，也会通知您。"))
    return redirect(url_for("inspection.show", number=number), code=303)


def page(number: str, typed: Inputs | None = None, errors: Mapping[str, str] | None = None) -> str:
    """The page with what was just typed, and mistakes at their places."""
    with reading() as db:
        found = read_visit(db, person(), number, typed, errors or {})
    return render_template(
        "applicant/inspection.html",
        page=found,
        typed=typed or {},
        errors=errors or {},
        facts={},
        reply_input=reply_input,
        proof_input=proof_input,
        seen_input=seen_input,
        fingerprint=fingerprint,
        accept=ACCEPTED,
        words=words,
    )
