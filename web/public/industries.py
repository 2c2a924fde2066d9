"""The industries and, for each, the service guide (办事指南) computed from its catalogue."""

from functools import partial

from flask import Blueprint, jsonify, render_template
from flask.wrappers import Response
from sqlalchemy import Connection

from engine.deployments import Deployment, current, industries
from engine.errors import NotFound
from web import errors
from web.database import reading
from web.public.overview import overview, when_needed

blueprint = Blueprint("industries", __name__)


def published(db: Connection) -> list[Deployment]:
    """The current deployment of every industry that can be applied for, by name."""
    return [current(db, industry) for industry, _name in industries(db)]


@blueprint.get("/industries")
def list_all() -> str:
    """All industries."""
    with reading() as db:
        return render_template("public/industries.html", deployments=published(db))


@blueprint.get("/industries/<industry>")
def show(industry: str) -> str:
    """The service guide of one industry."""
    with reading() as db:
        deployment = current(db, industry)
    return render_template(
        "public/industry.html",
        deployment=deployment,
        catalogue=deployment.catalogue,
        overview=overview(deployment),
        need=partial(when_needed, deployment.catalogue),
    )


@blueprint.get("/industries/<industry>/diagram.json")
def diagram(industry: str) -> Response:
    """The drawing of the industry's process for the viewer; no step has a state."""
    with reading() as db:
        deployment = current(db, industry)
    return jsonify(xml=deployment.diagram, states={})


@blueprint.errorhandler(NotFound)
def unknown(error: NotFound) -> tuple[str, int]:
    """An industry that is not published: the page offers those that are."""
    with reading() as db:
        return errors.page(404, error.says, error.do, deployments=published(db))
