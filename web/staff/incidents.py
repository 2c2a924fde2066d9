"""The supervisor's list of what went wrong and is not mended, each with a way to try again."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands.retry_incident import retry_incident
from engine.queries.incidents import SUPERVISOR, open_incidents
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("incidents", __name__)


@blueprint.get("/incidents")
@for_roles(SUPERVISOR)
def list_open() -> str:
    """Open incidents of my regions."""
    with reading() as db:
        return render_template("staff/incidents.html", incidents=open_incidents(db, person()))


@blueprint.post("/incidents/<int:incident>/retry")
@for_roles(SUPERVISOR)
def retry(incident: int) -> Response:
    """Have the failed work tried again."""
    act(lambda db: retry_incident(db, user=person(), incident=incident, now=datetime.now(UTC)))
    flash(_("已重新排队办理；办成后这条异常会自动消失。"))
    return redirect(url_for("incidents.list_open"), code=303)
