"""Writes the letters that the law wants when something happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from engine import queue
from engine.days import local_day
from engine.happenings import Happened
from engine.letters.content import Content, content_of, holds, version_on
from engine.letters.facts import Issuer, facts_for, issuer_of, items_of
from engine.letters.reading import letters_on
from engine.letters.sheet import LetterKind
from engine.numbers import next_number
from engine.tables import letters


@dataclass(frozen=True)
class Letter:
    """A letter just written: its row, kind, number and name; `item` '' when it is about the whole case."""

    id: int
    kind: str
    item: str
    number: str
    name: str


@dataclass(frozen=True)
class _Draft:
    """A letter that has everything but its number."""

    kind: LetterKind
    item: str
    issuer: Issuer
    content: Content


def write(db: Connection, happened: Happened, now: datetime) -> tuple[Letter, ...]:
    """Write, number and keep the letters that follow from `happened`; the jobs that print them are queued.

    Raises CannotBeWritten when one lacks what it must say. A deployment of a time before letters has none.
    """
    kinds = letters_on(happened.deployment.files, happened.kind)
    drafts = [draft for kind in kinds for draft in _drafts(kind, happened, now)]
    drafts.sort(key=lambda draft: (draft.issuer.region.code, draft.kind.id))  # whoever takes two numbers
    return tuple(_enter(db, draft, happened.case.id, now) for draft in drafts)  # takes them in one order


def _drafts(kind: LetterKind, happened: Happened, now: datetime) -> Iterator[_Draft]:
    about = items_of(happened) if kind.about == "item" else ("",)
    for item in about:
        issuer = issuer_of(kind, happened, item)
        facts = facts_for(kind, happened, item, issuer, now)
        if holds(kind, kind.when, facts):
            version = version_on(kind, local_day(now))
            yield _Draft(kind, item, issuer, content_of(kind, version, happened, facts))


def _enter(db: Connection, draft: _Draft, case_id: int, now: datetime) -> Letter:
    """Number the letter, keep every word of it, and queue its printing."""
    day, kind, region = local_day(now), draft.kind, draft.issuer.region
    serial = next_number(db, f"letter/{region.code}/{kind.id}/{day.year}")
    number = f"{region.name}一证{kind.word}字〔{day.year}〕第{serial:04d}号"
    content = Content(**{**draft.content, "number": number, "issued_on": day.isoformat()})
    row = {
        "case_id": case_id,
        "item": draft.item,
        "kind": kind.id,
        "region": region.code,
        "year": day.year,
        "serial": serial,
        "number": number,
        "name": content["title"],
        "issuer": content["issuer"],
        "content": content,
        "issued_at": now,
    }
    letter_id = int(db.execute(insert(letters).values(row).returning(letters.c.id)).scalar_one())
    queue.defer(db, queue.RENDER_LETTER, letter_id=letter_id)
    return Letter(letter_id, kind.id, draft.item, number, content["title"])
