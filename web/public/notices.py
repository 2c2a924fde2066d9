"""Public notices and hearings (公示和听证): what society may comment on and attend, no login."""

from datetime import UTC, datetime

from flask import Blueprint, render_template

from engine.queries.notices import notices, public_hearings
from web.database import reading

blueprint = Blueprint("notices", __name__)


@blueprint.get("/notices")
def show() -> str:
    """The notices that run today, and the hearings to come."""
    now = datetime.now(UTC)
    with reading() as db:
        return render_template(
            "public/notices.html", notices=notices(db, now), hearings=public_hearings(db, now)
        )
