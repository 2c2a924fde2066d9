"""From the guide to an application: the answers open a draft, after a login where one is needed."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from engine.catalogue import Answer
from engine.deployments import current
from engine.drafts import start_draft
from engine.guide import decode_answers
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("start", __name__)


@blueprint.post("/guide/<industry>/start")
def begin(industry: str) -> Response:
    """Remember what to start with and go on; the login page comes in between when nobody is signed in."""
    session["starting"] = [industry, request.form.get("a", "")]
    return redirect(url_for("start.open_draft", industry=industry), code=303)


@blueprint.get("/guide/<industry>/start")
@for_roles("applicant")
def open_draft(industry: str) -> Response:
    """Open the draft that the applicant asked for a moment ago, once; without that, go back to the guide.

    It acts on GET because a login page cannot lead on to a post; the session says that the post took place.
    """
    asked_for, a = session.pop("starting", ["", ""])
    if asked_for != industry:
        return redirect(url_for("guide.begin", industry=industry), code=303)
    answers = _answers(industry, a)
    now = datetime.now(UTC)
    draft = act(lambda db: start_draft(db, user=person(), industry=industry, answers=answers, now=now))
    return redirect(url_for("apply.show", draft=draft), code=303)


def _answers(industry: str, a: str) -> dict[str, Answer]:
    with reading() as db:
        return decode_answers(current(db, industry).catalogue, a)
