"""Transactions: one command runs in one, and runs again when its case moved meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import Error
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import OperationalError

from engine.errors import CaseMoved

T = TypeVar("T")
TRIES = 4
LOCK_FIRST = "lock_first"
CHANNELS = "channels"
SERIALIZATION = ("40001", "40P01")  # serialization failure, deadlock: PostgreSQL asks to try again


def connect(url: str, *, pool_size: int = 5, patience: int = 0, channels: Sequence[str] = ()) -> Engine:
    """An engine for `url` (postgresql+psycopg://…); sessions keep their times in UTC.

    A statement may take `patience` seconds, 0 for as long as it wants. Errors name no values: they end in
    logs and incidents, where no ID number may stand. `channels` are those on which what is said in its
    transactions leaves the house (see engine.outbox); without any it is read on the pages only.
    """
    options = f"-c timezone=UTC -c application_name=onepermit -c statement_timeout={patience}s"
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=5,
        pool_pre_ping=False,
        pool_recycle=1800,
        connect_args={"options": options},
        hide_parameters=True,
        execution_options={CHANNELS: tuple(channels)},
    )
    event.listen(engine, "handle_error", _leave_out_rows)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction: committed when the block ends well, rolled back otherwise."""
    with engine.begin() as db:
        yield db


def run(engine: Engine, command: Callable[[Connection], T]) -> T:
    """Run `command` in a transaction of its own, again when its case moved meanwhile.

    The first try reads without a lock, which spares a round trip where nobody else is; the others lock
    the case before reading, so that a hot case makes progress for everybody (docs/decisions/locking.md).
    """
    for attempt in range(1, TRIES + 1):
        try:
            with engine.begin() as db:
                db.info[LOCK_FIRST] = attempt > 1
                try:
                    return command(db)
                finally:
                    db.info[LOCK_FIRST] = False  # the connection goes back to the pool with what it holds
        except CaseMoved:
            if attempt == TRIES:
                raise
        except OperationalError as error:
            # a connection that the server closed while it lay in the pool is replaced by a new one
            passing = error.connection_invalidated or getattr(error.orig, "sqlstate", "") in SERIALIZATION
            if not passing or attempt == TRIES:
                raise
    raise AssertionError("unreachable: the last try returns or raises")


def _leave_out_rows(context: ExceptionContext) -> None:
    """Keep PostgreSQL's own sentence and drop its DETAIL, which quotes the failing row."""
    said, shown = context.original_exception, context.sqlalchemy_exception
    if isinstance(said, Error) and said.diag.message_primary:
        said.args = (said.diag.message_primary,)
        if shown is not None:
            shown.args = said.args


def locks_first(db: Connection) -> bool:
    """Whether this try is the one that locks the case before reading it."""
    return bool(db.info.get(LOCK_FIRST))


def channels_of(db: Connection) -> tuple[str, ...]:
    """The channels that the engine of this connection was made with."""
    return tuple(db.get_execution_options().get(CHANNELS, ()))


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest migration; safe to run again and from two processes."""
    config = _migrations()
    config.attributes["url"] = url
    command.upgrade(config, "head")


def newest_revisions() -> Sequence[str]:
    """The migrations that a database of this version of the program stands at."""
    return ScriptDirectory.from_config(_migrations()).get_heads()


def revision(engine: Engine) -> str | None:
    """The migration the database stands at, or None when it was never migrated."""
    with engine.connect() as db:
        if not engine.dialect.has_table(db, "alembic_version"):
            return None
        return db.exec_driver_sql("select version_num from alembic_version").scalar()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
