"""The administrator's page: whether everything that cases wait for gets on by itself."""

from datetime import UTC, datetime

from flask import Blueprint, render_template

from engine.health import read_health
from web.database import reading
from web.login import for_roles

blueprint = Blueprint("system", __name__)


@blueprint.get("/system")
@for_roles("administrator")
def show() -> str:
    """The state of database, worker, queue and incidents, now."""
    now = datetime.now(UTC)
    with reading() as db:
        health = read_health(db, now)
    return render_template("staff/system.html", health=health, alive=health.worker_alive(now), now=now)
