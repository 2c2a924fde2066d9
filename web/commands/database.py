"""The database of a command: the one that DATABASE_URL names, else the embedded one while it runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Engine

from engine.database import connect, revision
from engine.embedded import embedded_postgres
from engine.errors import Refusal
from engine.settings import Settings


class NotMigrated(Refusal):
    """The database has no tables yet."""

    says = "数据库还没有建表。"
    do = "请先运行 onepermit upgrade（或 make demo）。"


@contextmanager
def with_database(settings: Settings) -> Iterator[Settings]:
    """The settings with `database_url` filled in; an embedded server runs until the block ends."""
    if settings.database_url:
        yield settings
        return
    with embedded_postgres(settings.var / "pg") as server:
        yield replace(settings, database_url=server.url())


@contextmanager
def open_database(settings: Settings) -> Iterator[Engine]:
    """An engine on the command's database, which must have been migrated; raises NotMigrated."""
    with with_database(settings) as complete:
        engine = connect(complete.database_url)
        try:
            if revision(engine) is None:
                raise NotMigrated
            yield engine
        finally:
            engine.dispose()
