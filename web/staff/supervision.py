"""The supervisor's page of offices that let a day pass: who did not answer to the date of a visit in time."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from engine.queries.incidents import SUPERVISOR
from engine.queries.silent_offices import Key, silent_offices
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("supervision", __name__)
LARGEST = 2**63  # ids end before it


@blueprint.get("/supervision")
@for_roles(SUPERVISOR)
def show() -> str:
    """One page of the list."""
    with reading() as db:
        page = silent_offices(db, person(), after=_key(request.args.get("after", "")))
    return render_template("staff/supervision.html", page=page, next=_next(page.next), title=_("部门督办"))


def _key(text: str) -> Key | None:
    """The key of a page as it stands in its address; anything else is the first page."""
    try:
        moment, inspection, department, region = text.split("~")
        key = Key(datetime.fromisoformat(moment).astimezone(UTC), int(inspection), department, region)
    except (ValueError, OverflowError):
        return None
    return key if 0 <= key.inspection < LARGEST else None


def _next(key: Key | None) -> str | None:
    if key is None:
        return None
    return f"{key.since.isoformat()}~{key.inspection}~{key.department}~{key.region}"
