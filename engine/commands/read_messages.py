"""A person has seen a message, or all of them so far."""

from datetime import datetime

from sqlalchemy import Connection, update

from engine.people import User
from engine.tables import messages


def read_messages(db: Connection, *, user: User, now: datetime) -> None:
    """Note that `user` has now seen all messages sent until `now`."""
    unread = (messages.c.user_id == user.id, messages.c.read_at.is_(None), messages.c.sent_at <= now)
    db.execute(update(messages).where(*unread).values(read_at=now))


def read_message(db: Connection, *, user: User, message: int, now: datetime) -> None:
    """Note that `user` has now seen one message; nothing happens when it is not theirs or was read before."""
    this = (messages.c.id == message, messages.c.user_id == user.id, messages.c.read_at.is_(None))
    db.execute(update(messages).where(*this).values(read_at=now))
