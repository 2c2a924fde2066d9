"""The gate before filing: a draft that is complete under the newest rules, as the case will keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.drafts.reading import Draft, read_draft
from engine.drafts.states import states
from engine.drafts.subject import OPERATOR, PHONE, USCC
from engine.drafts.updates import update_for
from engine.drafts.wanted import SECTION, wanted_materials
from engine.errors import Incomplete, Refusal
from engine.people import User


class Outdated(Refusal):
    """The industry was published anew in a way that touches this draft: the applicant looks at it first."""

    says = "办事指南有更新，这份申请还没有按新内容核对。"
    do = "请先查看更新内容；已填的内容都会保留。"


@dataclass(frozen=True)
class ReadyDraft:
    """What a case is made from. `items` are (item, whether it needs a visit), `answers` only those asked.

    `committed_on` is the last day of the committed time when accepted on the day of filing.
    """

    deployment_id: int
    region: str
    items: tuple[tuple[str, bool], ...]
    uscc: str
    operator: str
    phone: str
    guide: Mapping[str, object]
    answers: Mapping[str, object]
    sources: Mapping[str, Mapping[str, object]]
    committed_on: date
    parent_id: int | None
    left_out: tuple[str, ...]


def ready(db: Connection, user: User, draft: str, now: datetime) -> ReadyDraft:
    """The draft, ready to be filed. Raises Incomplete with the sections to finish, or Outdated."""
    found = read_draft(db, user, draft, now)
    if update_for(db, found):
        raise Outdated
    unfinished = unfinished_sections(db, found)
    if unfinished:
        raise Incomplete(unfinished)
    record = found.record
    asked = [one.field.id for one in found.form.fields()]
    answers = {name: record.answers.get(name) for name in asked}
    return ReadyDraft(
        deployment_id=record.deployment_id,
        region=record.region,
        items=tuple((entry.item.id, entry.visit) for entry in found.result.items),
        uscc=str(answers[USCC]),
        operator=str(answers[OPERATOR]),
        phone=str(answers[PHONE]),
        guide=record.guide,
        answers=answers,
        sources={name: source for name, source in record.sources.items() if name in answers},
        committed_on=found.result.done_by,
        parent_id=record.parent_id,
        left_out=record.left_out,
    )


def unfinished_sections(db: Connection, draft: Draft) -> tuple[str, ...]:
    """The sections that still need work, in order; `materials` stands for the list of materials."""
    open_sections = [name for name, state in states(draft).items() if state != "done"]
    missing = any(material.missing for material in wanted_materials(db, draft))
    return (*open_sections, *((SECTION,) if missing else ()))
