"""A case as its applicant sees it: what happened, who has it now and until when, what was decided and why."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from engine.queries.cases import CasePage, applicants_case
from engine.queries.handouts import handouts_of_case
from web import words
from web.answers import for_applicant
from web.applicant.next_steps import next_steps, received_at
from web.applicant.steps import steps_of
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("filed", __name__)


@blueprint.get("/cases/<number>")
@for_roles("applicant")
def show(number: str) -> str:
    """The case's page."""
    case, now = _case(number), datetime.now(UTC)
    with reading() as db:
        handouts = handouts_of_case(db, case.id)
    return render_template(
        "applicant/case.html",
        case=case,
        handouts=handouts,
        answers=for_applicant(case),
        words=words,
        now=now,
        next_steps=next_steps,
        received_at=received_at,
    )


@blueprint.get("/cases/<number>/submitted")
@for_roles("applicant")
def submitted(number: str) -> str:
    """The number, what happens next and when; true on every later visit too."""
    again = "again" in request.args
    return render_template("applicant/submitted.html", case=_case(number), again=again)


@blueprint.get("/cases/<number>/diagram")
@for_roles("applicant")
def diagram(number: str) -> str:
    """The process drawn, and the same as a list in words."""
    case = _case(number)
    return render_template("applicant/diagram.html", case=case, steps=steps_of(case), words=words)


@blueprint.get("/cases/<number>/diagram.json")
@for_roles("applicant")
def drawing(number: str) -> Response:
    """The drawing with the state of each element, for the viewer."""
    case = _case(number)
    return jsonify(xml=case.diagram, states=dict(case.states))


def _case(number: str) -> CasePage:
    with reading() as db:
        return applicants_case(db, person(), number)
