"""People inside and outside: who signs in, and what each may do where."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.errors import NotFound
from engine.tables import memberships, users

_hasher = PasswordHasher()


@dataclass(frozen=True)
class Hashed:
    """A password as it is kept. Hashing takes long on purpose: who adds many people with one does it once."""

    value: str


def hashed(password: str) -> Hashed:
    """The password as it is kept (Argon2id)."""
    return Hashed(_hasher.hash(password))


@dataclass(frozen=True)
class Membership:
    """A role in one department and region; both are '' where the role needs neither."""

    role: str
    department: str = ""
    region: str = ""


@dataclass(frozen=True)
class User:
    """A person who may sign in; `stamp` is another one as soon as the password is."""

    id: int
    login: str
    name: str
    memberships: frozenset[Membership] = field(default_factory=frozenset)
    stamp: str = ""

    @property
    def roles(self) -> frozenset[str]:
        """The roles this person has anywhere."""
        return frozenset(m.role for m in self.memberships)


def find_user(db: Connection, user_id: int) -> User | None:
    """The active user with this id, with all memberships, or None."""
    row = db.execute(select(users).where(users.c.id == user_id, users.c.active)).one_or_none()
    return None if row is None else _user(db, row)


def sign_in(db: Connection, login: str, password: str) -> User | None:
    """The active user whose login and password these are, or None; takes the same time either way."""
    nobodys = _nobodys()
    row = db.execute(select(users).where(users.c.login == login, users.c.active)).one_or_none()
    try:
        _hasher.verify(row.password_hash if row else nobodys, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return None if row is None else _user(db, row)


def add_user(
    db: Connection,
    *,
    login: str,
    name: str,
    password: str | Hashed,
    roles: Iterable[Membership],
    now: datetime,
    phone: str = "",
) -> int:
    """Add a person, or give an existing login a new name, password and memberships; returns the id."""
    values = {
        "login": login,
        "name": name,
        "phone": phone,
        "password_hash": (password if isinstance(password, Hashed) else hashed(password)).value,
        "created_at": now,
    }
    changed = {"name": name, "phone": phone, "password_hash": values["password_hash"], "active": True}
    row = db.execute(
        upsert(users)
        .values(**values)
        .on_conflict_do_update(index_elements=["login"], set_=changed)
        .returning(users.c.id)
    ).one()
    db.execute(delete(memberships).where(memberships.c.user_id == row.id))
    given = [
        {"user_id": row.id, "role": m.role, "department": m.department, "region": m.region} for m in roles
    ]
    if given:
        db.execute(insert(memberships), given)
    return int(row.id)


def deactivate(db: Connection, login: str) -> None:
    """Close a login; what the person did stays in the log under their name."""
    if not db.execute(update(users).where(users.c.login == login).values(active=False)).rowcount:
        raise NotFound("没有这个用户名。", "请用 onepermit user list 查看已有用户。")


@cache
def _nobodys() -> str:
    """Checked against when there is no such login: the answer takes as long as for a wrong password."""
    return _hasher.hash("nobody signs in with this")


def _user(db: Connection, row: Row[Any]) -> User:
    stamp = hashlib.sha256(row.password_hash.encode()).hexdigest()[:16]
    return User(row.id, row.login, row.name, _memberships(db, row.id), stamp)


def _memberships(db: Connection, user_id: int) -> frozenset[Membership]:
    rows = db.execute(select(memberships).where(memberships.c.user_id == user_id))
    return frozenset(Membership(r.role, r.department, r.region) for r in rows)
