"""Databases that a bench makes on the server and drops when it ends, so nobody's data is ever touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from engine.database import upgrade
from engine.errors import Refusal

INSUFFICIENT_PRIVILEGE = "42501"


class MayNotCreate(Refusal):
    """The database's user may not make databases."""

    says = "当前数据库用户不能新建数据库，无法测试。"
    do = "请授予 CREATEDB 权限，或不设 DATABASE_URL，改用内置的数据库。"


@contextmanager
def scratch(url: str, *, like: str | None = None) -> Iterator[str]:
    """A migrated database beside that of `url`, or a copy of the scratch database `like`; yields its address.

    Nobody may be connected to `like` while it is copied. Raises MayNotCreate.
    """
    name = f"onepermit_bench_{token_hex(4)}"  # never used before: a process remembers deployments by address
    with _administrator(url) as db:
        _create(db, name, None if like is None else make_url(like).database)
    address = make_url(url).set(database=name).render_as_string(hide_password=False)
    try:
        if like is None:
            upgrade(address)
        yield address
    finally:
        with _administrator(url) as db:
            db.execute(text(f'drop database "{name}" with (force)'))


def _create(db: Connection, name: str, source: str | None) -> None:
    template = f' template "{source}"' if source else ""
    try:
        db.execute(text(f'create database "{name}"{template}'))
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) == INSUFFICIENT_PRIVILEGE:
            raise MayNotCreate from error
        raise


@contextmanager
def _administrator(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        yield db
    engine.dispose()
