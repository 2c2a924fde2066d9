"""Messages to one person, what has not been read first; and what an applicant was told about a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, tuple_

from engine.outbox.places import address
from engine.queries.contact import masked
from engine.tables import cases, deliveries, messages

PAGE = 30
COUNTED_UP_TO = 100  # which a page shows as “99+”


@dataclass(frozen=True)
class Message:
    """A message to this person; `page` is the path of where something is to be done, "" for none."""

    id: int
    kind: str
    title: str
    text: str
    page: str
    case_number: str | None
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Key:
    """The place in a list of messages after a message: those that were not read come first."""

    unread: bool
    sent_at: datetime
    id: int


@dataclass(frozen=True)
class MessagePage:
    """One page of a list; `next` is the key to ask for the page after it, None at the end."""

    rows: tuple[Message, ...]
    next: Key | None


@dataclass(frozen=True)
class Way:
    """A message on one channel: to whom (masked), how far it got, and what the channel said last."""

    channel: str
    to: str
    state: str
    attempts: int
    error: str
    sent_at: datetime | None


@dataclass(frozen=True)
class Told:
    """What the applicant was told about a case, whether it was read, and how it went out."""

    id: int
    title: str
    text: str
    sent_at: datetime
    read_at: datetime | None
    ways: tuple[Way, ...]

    @property
    def failed(self) -> bool:
        """Whether a channel gave it up."""
        return any(way.state == "failed" for way in self.ways)


def messages_to(db: Connection, user_id: int, *, after: Key | None = None) -> MessagePage:
    """Messages to this person, the unread first, of each the newest first."""
    rows: list[Message] = []
    if after is None or after.unread:
        rows += _part(db, user_id, messages.c.read_at.is_(None), after, PAGE + 1)
    if len(rows) <= PAGE:
        place = None if after is None or after.unread else after
        rows += _part(db, user_id, messages.c.read_at.is_not(None), place, PAGE + 1 - len(rows))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    key = None if last is None else Key(last.read_at is None, last.sent_at, last.id)
    return MessagePage(tuple(rows[:PAGE]), key)


def unread_to(db: Connection, user_id: int) -> tuple[Message, ...]:
    """The newest messages that this person has not read, at most a page."""
    return tuple(_part(db, user_id, messages.c.read_at.is_(None), None, PAGE))


def newest_to(db: Connection, user_id: int, most: int) -> tuple[Message, ...]:
    """The newest messages to this person, read or not."""
    return _messages(db, _to(user_id).limit(most))


def unread_count(db: Connection, user_id: int) -> int:
    """How many messages this person has not read, counted up to 100."""
    unread = select(messages.c.id).where(messages.c.user_id == user_id, messages.c.read_at.is_(None))
    some = unread.limit(COUNTED_UP_TO).subquery()
    return int(db.execute(select(func.count()).select_from(some)).scalar_one())


def told_about(db: Connection, case_id: int) -> tuple[Told, ...]:
    """What the applicant was told about a case, the newest first, with all ways that each message took."""
    ways = [deliveries.c[name] for name in ("channel", "address", "state", "attempts", "error")]
    query = (
        select(messages, *ways, deliveries.c.sent_at.label("arrived_at"))
        .join(cases, (cases.c.id == messages.c.case_id) & (cases.c.applicant_id == messages.c.user_id))
        .outerjoin(deliveries, deliveries.c.message_id == messages.c.id)
        .where(messages.c.case_id == case_id)
        .order_by(messages.c.id.desc(), deliveries.c.id)
    )
    return tuple(_told(list(rows)) for _, rows in groupby(db.execute(query), lambda row: int(row.id)))


def _told(rows: list[Row[Any]]) -> Told:
    ways = (
        Way(each.channel, masked(each.address), each.state, each.attempts, each.error, each.arrived_at)
        for each in rows
        if each.channel is not None
    )
    first = rows[0]
    return Told(first.id, first.title, first.text, first.sent_at, first.read_at, tuple(ways))


def _part(
    db: Connection, user_id: int, which: ColumnElement[bool], after: Key | None, most: int
) -> Iterable[Message]:
    query = _to(user_id).where(which).limit(most)
    if after is not None:
        query = query.where(tuple_(messages.c.sent_at, messages.c.id) < (after.sent_at, after.id))
    return _messages(db, query)


def _to(user_id: int) -> Select[Any]:
    columns = (messages.c[name] for name in ("id", "kind", "title", "text", "link", "sent_at", "read_at"))
    return (
        select(*columns, cases.c.number.label("case_number"))
        .outerjoin(cases, cases.c.id == messages.c.case_id)
        .where(messages.c.user_id == user_id)
        .order_by(messages.c.sent_at.desc(), messages.c.id.desc())
    )


def _messages(db: Connection, query: Select[Any]) -> tuple[Message, ...]:
    return tuple(
        Message(
            id=row.id,
            kind=row.kind,
            title=row.title,
            text=row.text,
            page=address(row.link, row.case_number) if row.case_number else "",
            case_number=row.case_number,
            sent_at=row.sent_at,
            read_at=row.read_at,
        )
        for row in db.execute(query)
    )
