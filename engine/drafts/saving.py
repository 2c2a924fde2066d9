"""Save one section: right or wrong, nothing typed is lost, and no second tab overwrites silently."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from engine.drafts.reading import Draft, read_draft
from engine.drafts.records import write
from engine.drafts.sources import own_inputs, without_other_subject
from engine.drafts.told import Change, change_between, guide_after
from engine.errors import Refusal
from engine.guide import Ineligible
from engine.people import User
from forms.inputs import Raw
from forms.merge import Section


class ChangedElsewhere(Refusal):
    """Another tab saved the section meanwhile: `saved` are its inputs now, `differ` the names that differ."""

    says = "您在另一个窗口修改过这一部分。"
    do = "您刚才填写的内容还在下面。请核对后再保存一次。"

    def __init__(self, saved: Raw, differ: tuple[str, ...], seen: str, at: datetime) -> None:
        super().__init__()
        self.saved = saved
        self.differ = differ
        self.seen = seen
        self.at = at


@dataclass(frozen=True)
class Saved:
    """What came of saving: errors by input name, what it did to the items, and why the industry is now wrong.

    Without errors and without `ineligible` the section is done.
    """

    errors: dict[str, str]
    change: Change = field(default_factory=Change)
    ineligible: Ineligible | None = None


def fingerprint(draft: Draft, section: Section) -> str:
    """Stands for the section as it is now; a form carries it, so that a later save is told from this one."""
    shown = json.dumps(draft.inputs(section), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def save_section(
    db: Connection, *, user: User, draft: str, section: str, raw: Raw, seen: str, now: datetime
) -> Saved:
    """Save what was typed in a section; `seen` is its fingerprint when the form was shown.

    Raises ChangedElsewhere when another tab changed the section since, NotFound for another's draft.
    """
    found = read_draft(db, user, draft, now)
    asked = found.section(section)
    _refuse_if_changed(found, asked, own_inputs(found, asked, raw), seen)
    found = without_other_subject(found, asked, raw)
    after, saved = filled(found, asked, own_inputs(found, asked, raw))
    write(db, after.record, now)
    return saved


def _refuse_if_changed(draft: Draft, section: Section, inputs: Raw, seen: str) -> None:
    now = fingerprint(draft, section)
    saved = draft.inputs(section)
    names = sorted({*saved, *inputs})
    differ = tuple(name for name in names if (saved.get(name) or "") != (inputs.get(name) or ""))
    if seen != now and differ:
        raise ChangedElsewhere(saved, differ, now, draft.record.updated_at)


def filled(draft: Draft, section: Section, inputs: Raw) -> tuple[Draft, Saved]:
    """The draft with what was typed in a section, and what to tell; the guide's answers follow the values.

    Values that lead out of the industry are kept as typed only: the application stays what it was.
    """
    cleaned = draft.check(section, inputs)
    record = draft.record
    answers = {**record.answers, **cleaned.values}
    typed = {name: kept for name, kept in record.typed.items() if name != section.id}
    undone, done = record.done - {section.id}, record.done | {section.id}
    kept = draft.changed(typed={**typed, section.id: inputs}, done=undone)
    after = draft.changed(
        answers=answers,
        guide=guide_after(draft.deployment.catalogue, record.guide, answers),
        typed=kept.record.typed if cleaned.errors else typed,
        done=undone if cleaned.errors else done,
    )
    if after.result.ineligible or after.result.region is None:
        return kept, Saved(cleaned.errors, ineligible=after.result.ineligible)
    change = change_between(draft.result, after.result)
    return after.changed(region=after.result.region.code), Saved(cleaned.errors, change)
