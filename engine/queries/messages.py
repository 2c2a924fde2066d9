"""Messages to one person, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.tables import cases, messages

MOST = 100  # of one list


@dataclass(frozen=True)
class Message:
    """A message to this person, maybe about a case."""

    id: int
    text: str
    case_number: str | None
    sent_at: datetime
    read_at: datetime | None


def messages_to(db: Connection, user_id: int) -> tuple[Message, ...]:
    """Messages to this person, newest first."""
    query = (
        select(
            messages.c.id,
            messages.c.text,
            cases.c.number.label("case_number"),
            messages.c.sent_at,
            messages.c.read_at,
        )
        .outerjoin(cases, cases.c.id == messages.c.case_id)
        .where(messages.c.user_id == user_id)
        .order_by(messages.c.sent_at.desc(), messages.c.id.desc())
        .limit(MOST)
    )
    return tuple(Message(**row._mapping) for row in db.execute(query))
