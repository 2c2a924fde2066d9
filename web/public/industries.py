"""The industries and, for each, the service guide computed from its catalogue."""

from flask import Blueprint, jsonify, render_template
from flask.wrappers import Response
from sqlalchemy import Connection

from engine.deployments import Deployment, current
from engine.deployments import industries as published_industries
from web.database import reading

blueprint = Blueprint("industries", __name__)


def published(db: Connection) -> list[Deployment]:
    """The current deployment of every industry that can be applied for, by name."""
    return [current(db, industry) for industry, _name in published_industries(db)]


@blueprint.get("/industries")
def list_all() -> str:
    """All industries."""
    with reading() as db:
        return render_template("public/industries.html", deployments=published(db))


@blueprint.get("/industries/<industry>")
def show(industry: str) -> str:
    """The service guide (办事指南) of one industry."""
    with reading() as db:
        deployment = current(db, industry)
    return render_template("public/industry.html", deployment=deployment, catalogue=deployment.catalogue)


@blueprint.get("/industries/<industry>/diagram.json")
def diagram(industry: str) -> Response:
    """The drawing of the industry's process for the viewer: {xml, states} with no state marked."""
    with reading() as db:
        deployment = current(db, industry)
    process = deployment.catalogue.industry.process
    return jsonify(xml=deployment.files[f"processes/{industry}/process.bpmn"], states={}, process=process)
