"""The supervisor's page of offices that let a day pass: visits not answered, results not claimed."""

from datetime import UTC, date, datetime

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from engine.days import local_day
from engine.queries.incidents import SUPERVISOR
from engine.queries.late import Key as LateKey
from engine.queries.late import unclaimed, undelivered
from engine.queries.silent_offices import Key, silent_offices
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("supervision", __name__)
LARGEST = 2**63  # ids end before it
LATE = {"unclaimed": unclaimed, "undelivered": undelivered}


@blueprint.get("/supervision")
@for_roles(SUPERVISOR)
def show() -> str:
    """One page of each list."""
    now = datetime.now(UTC)
    with reading() as db:
        page = silent_offices(db, person(), after=_key(request.args.get("after", "")))
        late = {
            name: read(db, person(), local_day(now), after=_late_key(request.args.get(name, "")))
            for name, read in LATE.items()
        }
    return render_template(
        "staff/supervision.html",
        page=page,
        next=_next(page.next),
        title=_("部门督办"),
        late=late,
        further={name: _late_next(each.next) for name, each in late.items()},
    )


def _key(text: str) -> Key | None:
    """The key of a page as it stands in its address; anything else is the first page."""
    try:
        moment, inspection, department, region = text.split("~")
        key = Key(datetime.fromisoformat(moment).astimezone(UTC), int(inspection), department, region)
    except (ValueError, OverflowError):
        return None
    return key if 0 <= key.inspection < LARGEST else None


def _late_key(text: str) -> LateKey | None:
    """The same of the other lists."""
    day, _tilde, id = text.partition("~")
    try:
        key = date.fromisoformat(day), int(id)
    except ValueError:
        return None
    return key if 0 <= key[1] < LARGEST else None


def _late_next(key: LateKey | None) -> str | None:
    return f"{key[0].isoformat()}~{key[1]}" if key else None


def _next(key: Key | None) -> str | None:
    if key is None:
        return None
    return f"{key.since.isoformat()}~{key.inspection}~{key.department}~{key.region}"
