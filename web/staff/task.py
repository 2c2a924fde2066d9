"""One task: the case on the left, the clerk's form on the right."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.cases import load_case
from engine.commands.complete import complete_task
from engine.errors import Invalid
from engine.granting import in_the_way
from engine.inspections.inspection import inspection_of
from engine.lifecycle.settling import own_proposal
from engine.lifecycle.stating import REVOKE, may_state_until
from engine.queries.cases import staff_case
from engine.queries.lights import light_of_step
from engine.step_forms import asked_in, step_of
from engine.tasks import workable_task
from forms.describe import describe_all
from forms.inputs import Inputs
from forms.page import Showing
from web import words
from web.database import database, reading
from web.login import for_roles, person
from web.staff.arranging import beside
from web.staff.case_visits import visits_of
from web.staff.seen import shown
from web.staff.tasks import STAFF
from web.table_rows import dropped_row, row_to_drop, table_to_grow

blueprint = Blueprint("task", __name__)
LOOKING = ("inspect", "reinspect")  # acts


@blueprint.get("/tasks/<task>")
@for_roles(*STAFF)
def show(task: str) -> str | Response:
    """The task's form beside its case; what is found at a visit is noted on the visit's own page."""
    with reading() as db:
        found = workable_task(db, person(), task)
        visit = inspection_of(db, found.case_id) if found.act in LOOKING else None
        if visit is not None:
            return redirect(url_for("inspect_visit.show", inspection=visit.id), code=303)
        return _page(db, task, {}, {})


@blueprint.post("/tasks/<task>")
@for_roles(*STAFF)
def finish(task: str) -> Response | tuple[str, int]:
    """Finish the task; mistakes come back at their fields with everything kept. Or add or drop a row."""
    typed = {name: _typed(values) for name, values in request.form.lists()}
    action = request.form.get("action", "")
    if table_to_grow(action) or row_to_drop(action):
        with reading() as db:
            return _page(db, task, dropped_row(typed, action), {}, table_to_grow(action)), 200
    try:
        done = complete_task(database(), user=person(), task=task, raw=typed, now=datetime.now(UTC))
    except Invalid as invalid:
        with reading() as db:
            return _page(db, task, typed, invalid.errors), 422
    said = _(
        "“%(title)s”已办理：%(outcome)s。", title=done.title, outcome=words.outcome(done.outcome, done.kind)
    )
    flash(said)
    return redirect(url_for("tasks.mine"), code=303)


def _page(db: Connection, task: str, typed: Inputs, errors: dict[str, str], grow: str = "") -> str:
    user = person()
    found = workable_task(db, user, task)
    page = staff_case(db, user, found.case_number)
    case = load_case(db, found.case_id)
    asked = asked_in(db, page.deployment, case, step_of(page.deployment, case, found.step, found.item))
    shown_first = typed or asked.inputs
    showing = Showing(raw=shown_first, errors=errors, facts=asked.context | shown_first, grow=grow)
    items = None if found.item is None else (found.item,)
    return render_template(
        "staff/task.html",
        task=found,
        case=page,
        **shown(page, user, items),
        visit=visits_of(db, user, page, items),
        beside=beside(db, found, page, case, datetime.now(UTC)),
        form=asked.form,
        questions=describe_all(asked.form.fields, showing),
        errors=errors,
        facts={name: asked.context[name] for name in ("items", "answers", "region")},
        in_the_way=in_the_way(db, case, page.deployment, found),
        not_theirs=own_proposal(case, found.act, user),
        may_state_until=may_state_until(db, case, task) if found.act == REVOKE else None,
        task_light=light_of_step(found.act, found.item, page.light, {i.item: i.light for i in page.items}),
        words=words,
        now=datetime.now(UTC),
    )


def _typed(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
