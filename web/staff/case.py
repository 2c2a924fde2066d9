"""A case as the offices that work on it see it, with its materials and its diagram."""

from datetime import UTC, datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.approvals.registry import HEAD
from engine.commands.deliver_message import deliver_at_once
from engine.queries.cases import staff_case
from engine.queries.feedback import feedback_of_case
from engine.queries.handouts import handouts_of_case
from engine.queries.incidents import SUPERVISOR
from engine.queries.messages import told_about
from engine.queries.pushes import pushes_of_case
from engine.queries.sight import items_seen
from web import regulators, words
from web.database import database, reading
from web.login import for_roles, person
from web.staff.case_visits import visits_of
from web.staff.seen import shown
from web.staff.tasks import STAFF

blueprint = Blueprint("staff_case", __name__)
SEEING = (*STAFF, SUPERVISOR, HEAD)


@blueprint.get("/office/cases/<number>")
@for_roles(*SEEING)
def show(number: str) -> str:
    """The case, with the answers that the items of the person's offices need."""
    with reading() as db:
        page = staff_case(db, person(), number)
        seen = items_seen(db, person(), page.id)
        told = told_about(db, page.id)
        visit = visits_of(db, person(), page, seen)
        after = {
            "pushes": pushes_of_case(db, page.id),
            "findings": feedback_of_case(db, page.id, seen),
            "handouts": handouts_of_case(db, page.id),
        }
    now = datetime.now(UTC)
    given = shown(page, person(), seen)
    return render_template(
        "staff/case.html",
        case=page,
        told=told,
        visit=visit,
        words=words,
        now=now,
        regulators=regulators,
        **after,
        **given,
    )


@blueprint.get("/office/cases")
@for_roles(*SEEING)
def find() -> Response:
    """Go to the case with the number that was typed."""
    return redirect(url_for("staff_case.show", number=request.args.get("number", "").strip()[:40] or "-"))


@blueprint.post("/office/cases/<number>/messages")
@for_roles(SUPERVISOR)
def deliver(number: str) -> Response:
    """Say that what the case waits for has happened."""
    message = request.form.get("message", "")
    deliver_at_once(database(), user=person(), number=number, message=message, now=datetime.now(UTC))
    flash(_("已登记“%(message)s”，办件继续办理。", message=message))
    return redirect(url_for("staff_case.show", number=number), code=303)


@blueprint.get("/office/cases/<number>/diagram.json")
@for_roles(*SEEING)
def diagram(number: str) -> Response:
    """The drawing of the case's process with the state of each step, for the viewer."""
    with reading() as db:
        page = staff_case(db, person(), number)
    return jsonify(xml=page.diagram, states=dict(page.states))
