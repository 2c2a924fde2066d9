"""Check the answers, declare, file: the form carries a token, so that filing twice is filing once."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands.submit import submit
from engine.commitments.standing import choices_of
from engine.drafts import Draft, Outdated, read_draft, unfinished_sections, update_for, wanted_materials
from engine.errors import Incomplete, Invalid
from forms.clean import clean
from forms.fields import Field
from forms.merge import Section
from web.answers import said
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("filing", __name__)
TOKEN_LENGTH = 100  # characters that a token may have at most


@dataclass(frozen=True)
class Answered:
    """One question with its answer in words; `source` names the office that shared it, `reason` a contest."""

    field: Field
    words: str
    source: str
    reason: str


@blueprint.get("/apply/<draft>/check")
@for_roles("applicant")
def check(draft: str) -> str | Response:
    """Everything that will be filed, each line with a way to change it."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        if update_for(db, found):
            raise Outdated
        unfinished = unfinished_sections(db, found)
        materials = wanted_materials(db, found)
        choices = choices_of(db, found)
    return render_template(
        "applicant/check.html",
        draft=found,
        sections=[(section, _answered(found, section)) for section in found.form.sections],
        materials=materials,
        unfinished=unfinished,
        choices=choices,
        token=secrets.token_urlsafe(16),
    )


@blueprint.post("/apply/<draft>/submit")
@for_roles("applicant")
def file(draft: str) -> Response:
    """File the application; the same form again, or another tab's, leads to the same case."""
    user, now = person(), datetime.now(UTC)
    token = request.form.get("token", "")[:TOKEN_LENGTH]
    with reading() as db:
        read_draft(db, user, draft, now)  # a draft that was filed already is told so
    try:
        number = act(lambda db: submit(db, user=user, draft=draft, token=token, now=now))
    except Incomplete:
        flash(_("还有没有完成的部分，请先完成标为“未完成”或“有问题”的部分。"), "warn")
        return redirect(url_for("apply.show", draft=draft), code=303)
    except Invalid as refusal:
        return _to_mend(draft, refusal)
    return redirect(url_for("filed.submitted", number=number), code=303)


def _to_mend(draft: str, refusal: Invalid) -> Response:
    """To the section with the first of the answers that cannot be filed like this, each said by its name."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
    wrong = [
        (at, one.field) for at in found.form.sections for one in at.fields if one.field.id in refusal.errors
    ]
    for _at, field in wrong:
        flash(f"{field.label}：{refusal.errors[field.id]}", "warn")
    return redirect(url_for("section.show", draft=draft, section=wrong[0][0].id, back="check"), code=303)


def _answered(draft: Draft, section: Section) -> list[Answered]:
    """The section's questions that are asked, in order; those that other answers hide are left out."""
    context = draft.context(section)
    values = clean(section, draft.inputs(section), today=draft.today, context=context).values
    facts = context | values
    return [
        Answered(one.field, _words(draft, one.field), *_origin(draft, one.field.id))
        for one in section.fields
        if one.field.is_visible({name: None for name in one.field.names} | facts)
    ]


def _words(draft: Draft, field: Field) -> str:
    return said(field, draft.record.answers, draft.record.sources, draft.regions)


def _origin(draft: Draft, field: str) -> tuple[str, str]:
    source = draft.record.sources.get(field)
    if source is None:
        return "", ""
    contested = source.get("contested")
    reason = str(contested["reason"]) if isinstance(contested, dict) else ""
    return ("" if reason else str(source["source"])), reason
