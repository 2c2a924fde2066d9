"""The applicant's front page: what to go on with, what is under way, what is done, and the messages."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from certificates.life.owned import own_certificates
from engine.drafts import discard, read_draft
from engine.queries.applicant import own_cases, own_drafts
from engine.queries.messages import newest_to, unread_count
from web import words
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("my", __name__)
NEWEST = 3  # messages shown here; the others have a page of their own


@blueprint.get("/my")
@for_roles("applicant")
def home() -> str:
    """What waits for this person first: cases, then drafts; then the other cases, certificates, messages."""
    user, now = person(), datetime.now(UTC)
    with reading() as db:
        cases = own_cases(db, user.id)
        return render_template(
            "applicant/my.html",
            drafts=own_drafts(db, user.id),
            waiting=[case for case in cases if case.ended_at is None and case.asks],
            running=[case for case in cases if case.ended_at is None and not case.asks],
            closed=[case for case in cases if case.ended_at is not None],
            certificates=own_certificates(db, user.id, now),
            messages=newest_to(db, user.id, NEWEST),
            unread=unread_count(db, user.id),
            words=words,
            now=now,
        )


@blueprint.get("/apply/<draft>/discard")
@for_roles("applicant")
def ask_discard(draft: str) -> str:
    """Ask before a draft is thrown away."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
    return render_template("applicant/discard.html", draft=found)


@blueprint.post("/apply/<draft>/discard")
@for_roles("applicant")
def throw_away(draft: str) -> Response:
    """Throw the draft away."""
    act(lambda db: discard(db, person(), draft, datetime.now(UTC)))
    flash(_("草稿已删除。"))
    return redirect(url_for("my.home"), code=303)
