"""The administrator's page: whether everything that cases wait for gets on by itself."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from certificates.sealing.state import seal_state
from engine.health import read_health
from engine.outbox.send import failures, retry_failed
from web import words
from web.context import settings
from web.database import act, reading
from web.login import for_roles

blueprint = Blueprint("system", __name__)


@blueprint.get("/system")
@for_roles("administrator")
def show() -> str:
    """The state of database, worker, queue and incidents, now."""
    now = datetime.now(UTC)
    with reading() as db:
        health, unsent = read_health(db, now), failures(db, now)
    return render_template(
        "staff/system.html",
        seal=seal_state(settings(), now),
        health=health,
        alive=health.worker_alive(now),
        unsent=unsent,
        now=now,
        words=words,
    )


@blueprint.post("/system/messages/<channel>/retry")
@for_roles("administrator")
def send_again(channel: str) -> Response:
    """Have everything sent again that a channel gave up."""
    count = act(lambda db: retry_failed(db, channel, datetime.now(UTC)))
    flash(_("%(n)s 条消息已重新排队发送。", n=count))
    return redirect(url_for("system.show"), code=303)
