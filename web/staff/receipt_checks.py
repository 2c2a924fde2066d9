"""The cases on receipt that a clerk's office will review, so that it can say in time what is missing."""

from datetime import UTC, datetime

from flask import Blueprint, render_template

from engine.corrections.waiting import waiting_checks
from engine.queries import tasks
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("receipt_checks", __name__)


@blueprint.get("/tasks/receipt")
@for_roles("clerk")
def list_waiting() -> str:
    """The list, the first to fall due first."""
    user, now = person(), datetime.now(UTC)
    with reading() as db:
        checks = waiting_checks(db, user.id)
        counts = tasks.counts(db, user.id)
    return render_template("staff/receipt_checks.html", checks=checks, counts=counts, now=now)
