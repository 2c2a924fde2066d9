"""How the dates of a case come about, line by line, for its applicant."""

from datetime import UTC, datetime

from flask import Blueprint, render_template

from engine.clock.calendar import read_calendar
from engine.clock.reading import explained
from engine.days import local_day
from engine.queries.cases import applicants_case
from web import clocks, words
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("clock", __name__)


@blueprint.get("/cases/<number>/clock")
@for_roles("applicant")
def show(number: str) -> str:
    """The clocks of the case and of each item."""
    now = datetime.now(UTC)
    with reading() as db:
        case = applicants_case(db, person(), number)
        found = explained(
            db, case.id, case.deployment.catalogue_on(local_day(case.submitted_at)), local_day(now)
        )
        calendar = read_calendar(db, case.region)
    groups = clocks.groups(found, calendar, local_day(now))
    return render_template(
        "applicant/clock.html",
        case=case,
        groups=groups,
        letter_href=clocks.letter_href("letters.show", number),
        words=words,
        now=now,
    )
