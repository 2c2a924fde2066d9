"""How a person is reached outside the pages, and how much of it others see."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.tables import users


@dataclass(frozen=True)
class Contact:
    """A person's name and addresses, "" for none."""

    name: str
    phone: str
    email: str


def contact_of(db: Connection, user_id: int) -> Contact:
    """The addresses of a person who is known to exist."""
    row = db.execute(select(users.c.name, users.c.phone, users.c.email).where(users.c.id == user_id)).one()
    return Contact(row.name, row.phone or "", row.email or "")


def masked(address: str) -> str:
    """As much of a phone number or mail address as tells it from another: 138****5678, z***@example.com."""
    name, at, host = address.rpartition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) > len("1384567") else "*" * len(address)
