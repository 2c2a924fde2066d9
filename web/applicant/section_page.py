"""Draws one section: what is known and its source, what is asked, what is wrong, what another tab saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template, request
from werkzeug.datastructures import MultiDict

from engine.drafts import ChangedElsewhere, Draft, faults_in_typed, fingerprint, is_locked
from engine.drafts.sources import own_inputs
from engine.drafts.subject import USCC
from engine.files import read_folder
from engine.shared_data import NotConnected, Registry, SharedData
from forms.describe import describe_all
from forms.expressions import Expression
from forms.fields import Facts, Field
from forms.inputs import Inputs, keep
from forms.merge import Section
from forms.page import Question, Showing
from web.answers import said, shared_words
from web.context import settings


@dataclass(frozen=True)
class Notice:
    """A sentence above the form; `tone` as the note macro takes it."""

    tone: str
    words: str


@dataclass(frozen=True)
class Known:
    """A shared value: shown, not asked; `words` hide the middle of what is sensitive."""

    field: Field
    words: str
    office: str
    on: datetime


@dataclass(frozen=True)
class Differs:
    """A value that another tab saved otherwise."""

    name: str
    label: str
    saved: str
    typed: str


def typed(section: Section) -> Inputs:
    """What the request's form holds for this section, safe to keep and to show again."""
    form: MultiDict[str, str] = request.form
    raw = {name: values if len(values) > 1 else values[0] for name, values in form.lists()}
    return keep([one.field for one in section.fields], raw)


def page(
    draft: Draft,
    section: Section,
    inputs: Inputs | None,
    *,
    errors: Mapping[str, str] | None = None,
    notice: Notice | None = None,
    changed: ChangedElsewhere | None = None,
    grow: str = "",
) -> str:
    """The section as kept, or with `inputs` as just typed; without `errors` only faults in kept ones show."""
    shown = dict(draft.inputs(section)) if inputs is None else dict(own_inputs(draft, section, inputs))
    cleaned = draft.check(section, shown)
    fresh = inputs is not None and errors is None
    found = dict(errors) if errors is not None else {} if fresh else faults_in_typed(cleaned.errors, shown)
    facts = draft.context(section) | cleaned.values
    questions = describe_all(section, Showing(raw=shown, errors=found, facts=facts, grow=grow))
    asked = [question for question in questions if not is_locked(draft, question.name)]
    return render_template(
        "applicant/section.html",
        draft=draft,
        section=section,
        questions=asked,
        facts=_elsewhere(section, asked, facts),
        known=known_values(draft, section),
        contested=_contested(draft, section),
        subject_code=USCC,
        errors={name: words for name, words in found.items()},
        notice=notice,
        differs=_differs(section, shown, changed) if changed else [],
        seen=changed.seen if changed else fingerprint(draft, section),
        shown=[question.name for question in asked if question.visible],
        grow=grow,
        back=request.values.get("back", ""),
    )


def _elsewhere(section: Section, asked: Sequence[Question], facts: Facts) -> dict[str, object]:
    """What the section's conditions read that is not answered on its page, for the page's script."""
    conditions = (one.field.visible_if for one in section.fields)
    read = {name for each in conditions if isinstance(each, Expression) for name in each.names}
    return {name: facts.get(name) for name in read - {question.name for question in asked}}


def visible_names(draft: Draft, section: Section, inputs: Inputs) -> list[str]:
    """The questions that are asked given what is typed just now."""
    shown = own_inputs(draft, section, inputs)
    facts = draft.context(section) | draft.check(section, shown).values
    questions: tuple[Question, ...] = describe_all(section, Showing(raw=shown, facts=facts))
    return [question.name for question in questions if question.visible]


def shared_data() -> SharedData:
    """The provider of shared data; a test or an operator may have put another one in place."""
    if "shared_data" not in current_app.extensions:
        current_app.extensions["shared_data"] = _embedded()
    found: SharedData = current_app.extensions["shared_data"]
    return found


def _embedded() -> SharedData:
    """The made-up register, which production never shows."""
    if settings().environment == "production":
        return NotConnected()
    return Registry(read_folder(settings().code_location))


def known_values(draft: Draft, section: Section) -> list[Known]:
    """The shared values of a section that nobody has contested, each with its source and date."""
    found = []
    for one in section.fields:
        source = draft.record.sources.get(one.field.id)
        if source is not None and "contested" not in source:
            on = datetime.fromisoformat(str(source["at"]))
            words = said(one.field, draft.record.answers, draft.record.sources, draft.regions)
            found.append(Known(one.field, words, str(source["source"]), on))
    return found


def _contested(draft: Draft, section: Section) -> dict[str, tuple[str, str]]:
    """Field → (what was shared, why the applicant says otherwise)."""
    found = {}
    for one in section.fields:
        source = draft.record.sources.get(one.field.id, {})
        contested = source.get("contested")
        if isinstance(contested, Mapping):
            shown = shared_words(one.field, source["value"], draft.regions)
            found[one.field.id] = (shown, str(contested["reason"]))
    return found


def _differs(section: Section, shown: Inputs, changed: ChangedElsewhere) -> list[Differs]:
    labels = {one.field.id: one.field.label for one in section.fields}
    return [
        Differs(
            name, labels.get(name.split("-", 1)[0], name), _words(changed.saved, name), _words(shown, name)
        )
        for name in changed.differ
    ]


def _words(inputs: Mapping[str, str | list[str]], name: str) -> str:
    value = inputs.get(name, "")
    return value if isinstance(value, str) else "、".join(value)
