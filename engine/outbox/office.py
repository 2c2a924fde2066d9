"""Tells everybody of an office something once, however often it is said under the same key."""

from datetime import datetime

from sqlalchemy import Connection, select

from engine.outbox.tell import Message, tell_user
from engine.people import Membership
from engine.tables import memberships, users


def tell_office(
    db: Connection, office: Membership, case_id: int, message: Message, key: str, now: datetime
) -> int:
    """Queue a message about a case to each active member of the office; how many had not had it yet."""
    members = (
        select(memberships.c.user_id)
        .join(users, users.c.id == memberships.c.user_id)
        .where(
            users.c.active,
            memberships.c.role == office.role,
            memberships.c.department == office.department,
            memberships.c.region == office.region,
        )
        .order_by(memberships.c.user_id)
    )
    told = (
        tell_user(db, user_id, case_id, message, f"{key}/{user_id}", now)
        for user_id in db.execute(members).scalars().all()
    )
    return sum(each is not None for each in told)
