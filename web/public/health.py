"""Tell the machines that watch us whether the process lives and whether it can work."""

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from engine.database import revision
from web.database import database

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz/live")
def live() -> Response:
    """The process answers; nothing else is asked, so that a database outage restarts nobody."""
    return jsonify(status="live")


@blueprint.get("/healthz/ready")
def ready() -> tuple[Response, int]:
    """The database answers and is migrated; else 503, so that no request is sent here."""
    try:
        migrated = revision(database())
    except SQLAlchemyError:
        return jsonify(status="unready", because="database"), 503
    if migrated is None:
        return jsonify(status="unready", because="migrations"), 503
    return jsonify(status="ready", revision=migrated), 200
