"""The task list of one application: its sections, where each stands, and the way to filing it."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commitments.standing import choices_of
from engine.drafts import (
    AlreadySubmitted,
    Outdated,
    move_over,
    read_draft,
    states,
    update_for,
    wanted_materials,
)
from engine.errors import Invalid
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("apply", __name__)


@blueprint.get("/apply/<draft>")
@for_roles("applicant")
def show(draft: str) -> str | Response:
    """The task list; a draft that newer rules touch shows those first."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        if update_for(db, found):
            raise Outdated
        materials = wanted_materials(db, found)
        choices = choices_of(db, found)
    return render_template(
        "applicant/task_list.html", draft=found, states=states(found), materials=materials, choices=choices
    )


@blueprint.get("/apply/<draft>/updated")
@for_roles("applicant")
def updated(draft: str) -> str | Response:
    """What a newer version of the guide changes for this application."""
    return _update_page(draft, {}) or redirect(url_for("apply.show", draft=draft), code=303)


@blueprint.post("/apply/<draft>/updated")
@for_roles("applicant")
def take_over(draft: str) -> Response | tuple[str, int]:
    """Go on under the newer version; another page of changes may follow once a new question is answered."""
    now, user = datetime.now(UTC), person()
    answers = {name: value[:200] for name, value in request.form.items()}
    try:
        act(lambda db: move_over(db, user=user, draft=draft, answers=answers, now=now))
    except Invalid as invalid:
        page = _update_page(draft, invalid.errors)
        if page is not None:
            return page, 422
    return redirect(url_for("apply.show", draft=draft), code=303)


def _update_page(draft: str, errors: dict[str, str]) -> str | None:
    """The page of changes, or None when there are none."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        update = update_for(db, found)
    if not update:
        return None
    return render_template("applicant/updated.html", draft=found, update=update, errors=errors)


@blueprint.app_errorhandler(AlreadySubmitted)
def already_submitted(error: AlreadySubmitted) -> Response:
    """Whatever page of the draft was asked for: it is a case now, and this is its number."""
    return redirect(url_for("filed.submitted", number=error.number, again=1), code=303)


@blueprint.app_errorhandler(Outdated)
def outdated(error: Outdated) -> Response:
    """Show what changed before anything else."""
    draft = (request.view_args or {}).get("draft", "")
    return redirect(url_for("apply.updated", draft=draft), code=303)
