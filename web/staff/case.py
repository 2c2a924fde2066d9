"""A case as the offices that work on it see it, with its materials and its diagram."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response

from engine.queries.cases import staff_case
from web import words
from web.database import reading
from web.login import for_roles, person
from web.staff.tasks import STAFF

blueprint = Blueprint("staff_case", __name__)
SEEING = (*STAFF, "supervisor")


@blueprint.get("/office/cases/<number>")
@for_roles(*SEEING)
def show(number: str) -> str:
    """The whole case."""
    with reading() as db:
        page = staff_case(db, person(), number)
    return render_template("staff/case.html", case=page, words=words, now=datetime.now(UTC), inside=True)


@blueprint.get("/office/cases/<number>/diagram.json")
@for_roles(*SEEING)
def diagram(number: str) -> Response:
    """The drawing of the case's process with the state of each step, for the viewer."""
    with reading() as db:
        page = staff_case(db, person(), number)
    return jsonify(xml=page.deployment.diagram, states=dict(page.states))
