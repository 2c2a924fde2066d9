"""Add an item to a certificate: the guide's questions once more, answered as before where nothing is new."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from certificates.life.adding import known_answers, start_addition
from certificates.life.holding import held_by
from engine.catalogue import Answer
from engine.errors import Invalid
from engine.lifecycle.joining import refuse_while_moving
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("adding", __name__)


@blueprint.get("/certificates/<public_id>/addition")
@for_roles("applicant")
def show(public_id: str) -> str:
    """The questions, with what was answered for the certificate."""
    return _page(public_id, None, {})


@blueprint.post("/certificates/<public_id>/addition")
@for_roles("applicant")
def begin(public_id: str) -> Response | tuple[str, int]:
    """Open the application for what these answers add."""
    raw = {name: value[:200] for name, value in request.form.items()}
    user, now = person(), datetime.now(UTC)
    try:
        draft = act(lambda db: start_addition(db, user=user, public_id=public_id, raw=raw, now=now))
    except Invalid as invalid:
        return _page(public_id, raw, invalid.errors), 422
    return redirect(url_for("apply.show", draft=draft), code=303)


def _page(public_id: str, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> str:
    with reading() as db:
        held = held_by(db, person(), public_id, datetime.now(UTC))
        refuse_while_moving(db, held.first.id)  # before anything is filled in
    known = {name: _shown(value) for name, value in known_answers(held).items()}
    return render_template(
        "applicant/certificate_addition.html",
        held=held,
        public_id=public_id,
        questions=held.deployment.catalogue.questions,
        values=known if typed is None else typed,
        errors=errors,
    )


def _shown(value: Answer) -> str:
    """An answer as the page's control holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
