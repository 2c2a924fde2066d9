"""Contest a shared value: the applicant's own value and reason stand beside it, nothing is deleted."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.drafts import accept_shared, contest, read_draft
from engine.drafts.prefill import REASON
from engine.drafts.reading import question_of
from engine.errors import Invalid, NotFound
from forms.describe import describe_all
from forms.inputs import Inputs, keep
from forms.page import Showing
from web.applicant.section_page import known_values
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("contest", __name__)


@blueprint.get("/apply/<draft>/<section>/contest/<field>")
@for_roles("applicant")
def ask(draft: str, section: str, field: str) -> str:
    """Ask for the right value and for why the shared one is wrong."""
    return _page(draft, section, field, {}, {})


@blueprint.post("/apply/<draft>/<section>/contest/<field>")
@for_roles("applicant")
def put(draft: str, section: str, field: str) -> Response | tuple[str, int]:
    """Keep both."""
    raw: Inputs = {name: value[:20_000] for name, value in request.form.items()}
    user, now = person(), datetime.now(UTC)
    try:
        act(lambda db: contest(db, user=user, draft=draft, section=section, field=field, raw=raw, now=now))
    except Invalid as invalid:
        return _page(draft, section, field, raw, invalid.errors), 422
    flash(_("已记下您的更正和理由，审查时会一并核对。"))
    return redirect(url_for("section.show", draft=draft, section=section, _anchor=field), code=303)


@blueprint.post("/apply/<draft>/<section>/contest/<field>/accept")
@for_roles("applicant")
def take_back(draft: str, section: str, field: str) -> Response:
    """The shared value stands again."""
    user, now = person(), datetime.now(UTC)
    act(lambda db: accept_shared(db, user=user, draft=draft, section=section, field=field, now=now))
    return redirect(url_for("section.show", draft=draft, section=section), code=303)


def _page(draft: str, section: str, field: str, raw: Inputs, errors: dict[str, str]) -> str:
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
    asked = found.section(section)
    one = question_of(asked, field)
    known = next((each for each in known_values(found, asked) if each.field.id == field), None)
    if known is None:
        raise NotFound("这一项不是由共享数据带出的。", "请直接在表中修改。")
    shown = keep([one.field, REASON], raw)
    facts = {**found.context(asked), **found.record.answers}
    questions = describe_all([one.field, REASON], Showing(raw=shown, errors=errors, facts=facts))
    return render_template(
        "applicant/contest.html",
        draft=found,
        section=asked,
        known=known,
        questions=questions,
        errors=errors,
    )
