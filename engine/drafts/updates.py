"""A newer deployment appeared while a form was being filled in: say what that changes, then move over."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from sqlalchemy import Connection

from engine.catalogue import Answer, Question
from engine.deployments import Deployment, current
from engine.drafts.reading import Draft, form_of, read_draft
from engine.drafts.records import write
from engine.drafts.told import Change, change_between
from engine.guide import clean_answer, next_question, result
from engine.people import User
from forms.expressions import Expression
from forms.fields import Field
from forms.merge import MergedForm, Section


@dataclass(frozen=True)
class Update:
    """What a newer deployment means for one draft.

    `sections` are to be looked at again, `change` says which items came and went, `materials` are new, and
    `question` is one of the guide's that has no answer yet and comes before all else.
    """

    deployment: Deployment
    sections: tuple[Section, ...] = ()
    change: Change = field(default_factory=Change)
    materials: tuple[str, ...] = ()
    question: Question | None = None

    def __bool__(self) -> bool:
        return bool(self.sections or self.change or self.materials or self.question)


def update_for(db: Connection, draft: Draft) -> Update | None:
    """What the newest deployment changes for this draft; None when it is filed under it already.

    An Update that is empty (false) changes nothing for this applicant.
    """
    newest = current(db, draft.record.industry)
    if newest.id == draft.deployment.id:
        return None
    catalogue = newest.catalogue
    question = next_question(catalogue, draft.record.guide)
    if question is not None:
        return Update(newest, question=question)
    found = result(catalogue, draft.record.guide, draft.today, draft.record.left_out)
    form = form_of(newest, tuple(entry.item.id for entry in found.items), draft.today)
    had = {merged.material.id for merged in draft.result.materials}
    new = tuple(m.material.name for m in found.materials if m.material.id not in had)
    return Update(newest, _changed_sections(draft.form, form), change_between(draft.result, found), new)


def move_over(
    db: Connection, *, user: User, draft: str, answers: Mapping[str, str], now: datetime
) -> Update | None:
    """File the draft under the newest deployment; sections that changed are to be confirmed again.

    `answers` maps a new question of the guide to what was posted for it; Invalid when it cannot be used.
    Returns what was done, None when there was nothing to do. Nothing that was filled in is lost.
    """
    found = read_draft(db, user, draft, now)
    update = update_for(db, found)
    if update is None:
        return None
    guide: dict[str, Answer] = dict(found.record.guide)
    if update.question is not None:
        raw = answers.get(update.question.id, "")
        guide[update.question.id] = clean_answer(update.question, raw)
    changed = {section.id for section in update.sections}
    moved = Draft(found.record, update.deployment, found.today).changed(
        deployment_id=update.deployment.id,
        guide=guide,
        done=found.record.done - changed,
        typed={name: kept for name, kept in found.record.typed.items() if name not in changed},
    )
    write(db, moved.record, now)
    return update


def _changed_sections(old: MergedForm, new: MergedForm) -> tuple[Section, ...]:
    """Sections of the new form that ask something new or something in another way."""
    known = {one.field.id: _shape(one.field) for one in old.fields()}
    return tuple(
        section
        for section in new.sections
        if any(known.get(one.field.id) != _shape(one.field) for one in section.fields)
    )


def _shape(question: Field) -> tuple[object, ...]:
    """All that a question says, its conditions by their text: where it differs, the answer may too."""
    return tuple(_comparable(getattr(question, each.name)) for each in fields(question))


def _comparable(value: object) -> object:
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, tuple):
        return tuple(_shape(part) if isinstance(part, Field) else part for part in value)
    return value
