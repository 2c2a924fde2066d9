"""A person has seen the messages so far."""

from datetime import datetime

from sqlalchemy import Connection, update

from engine.people import User
from engine.tables import messages


def read_messages(db: Connection, *, user: User, now: datetime) -> None:
    """Note that `user` has now seen all messages sent until `now`."""
    unread = (messages.c.user_id == user.id, messages.c.read_at.is_(None), messages.c.sent_at <= now)
    db.execute(update(messages).where(*unread).values(read_at=now))
