"""What the page of a notice shows: each thing with what is asked, what stood there, and a place to reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.corrections.filed import FIELD, Filed, read_filed
from engine.corrections.points import Flag, corrections_of
from engine.corrections.replies import NewFile, Reply, words_of
from forms.describe import describe, describe_all
from forms.expressions import Expression
from forms.fields import Field
from forms.inputs import Inputs
from forms.page import Question, Showing
from web.answers import said
from web.corrections import InWords, Round, Told, rounds, told


@dataclass(frozen=True)
class Part:
    """One thing of the page: what is `told` of it (None for what only comes up), and its controls."""

    told: Told | None
    question: Question | None
    words: Question | None
    files: tuple[NewFile, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether there is a reply."""
        return bool(self.files or (self.told and (self.told.after or self.told.words)))


@dataclass(frozen=True)
class Parts:
    """The page: its parts by section, the place for other words, and what the page's script needs."""

    sections: Mapping[str, Sequence[Part]]
    note: Question
    facts: Mapping[str, object]
    shown: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(part.told is not None for parts in self.sections.values() for part in parts)

    @property
    def done(self) -> int:
        """How many have a reply."""
        return sum(part.is_done for parts in self.sections.values() for part in parts)


def parts_of(
    reply: Reply, typed: Inputs | None, errors: Mapping[str, str], now: datetime, grow: str
) -> Parts:
    """The page of a notice with what is kept, or with `typed` as just sent."""
    raw = {**reply.inputs, **typed} if typed is not None else reply.inputs
    if typed is not None:  # of tables and choices nothing may come: then what was kept is not shown again
        own = {one.field.id for one in reply.asked}
        raw = {name: each for name, each in raw.items() if name in typed or name.split("-", 1)[0] not in own}
    own_answers = {one.field.id for one in reply.asked}
    others = {name: each for name, each in reply.filed.answers.items() if name not in own_answers}
    facts = reply.filed.context(others) | reply.check(raw, now).values
    showing = Showing(raw=raw, errors=dict(errors), facts=facts, grow=grow)
    questions = {question.name: question for question in describe_all(reply.asked, showing)}
    flags = {flag.thing.key: flag for flag in reply.flags}
    sections: dict[str, list[Part]] = {}
    for thing in reply.filed.things.values():
        part = _part(reply, flags.get(thing.key), questions.get(thing.name), showing, thing.target)
        if part is not None:
            sections.setdefault(thing.section, []).append(part)
    note = describe(reply.words[-1], showing)
    asked = tuple(question for question in questions.values() if question.visible)
    return Parts(sections, note, _elsewhere(reply, facts), tuple(question.name for question in asked))


def visible_names(reply: Reply, typed: Inputs, now: datetime) -> list[str]:
    """The questions that are asked given what is typed just now."""
    return list(parts_of(reply, typed, {}, now, "").shown)


def shown_rounds(db: Connection, case_id: int) -> list[Round]:
    """Every notice of a case as its applicant may see it, newest first."""
    filed = read_filed(db, case_id)
    return rounds(filed, corrections_of(db, case_id), _in_words(filed))


def _part(
    reply: Reply, flag: Flag | None, question: Question | None, showing: Showing, target: str
) -> Part | None:
    question = question if target == FIELD else None
    if flag is None:
        return Part(None, question, None) if question is not None else None
    shown = told(reply.filed, [flag], _in_words(reply.filed))[0]
    files = reply.files_for(flag.thing.name) if target != FIELD else ()
    return Part(shown, question, describe(words_of(flag), showing), files)


def _in_words(filed: Filed) -> InWords:
    def words(field: Field, value: Any) -> str:
        return said(field, {field.id: value}, filed.sources, filed.regions)

    return words


def _elsewhere(reply: Reply, facts: Mapping[str, object]) -> dict[str, object]:
    """What the questions' conditions read that is not answered on the page, for the page's script."""
    own = {one.field.id for one in reply.asked}
    conditions = (one.field.visible_if for one in reply.asked)
    read = {name for each in conditions if isinstance(each, Expression) for name in each.names}
    return {name: facts.get(name) for name in read - own}
