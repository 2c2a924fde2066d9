"""What every test may ask for: a migrated database of its own, on one real PostgreSQL for the whole run.

`db_engine`     a clean database for this test alone: for what commits, runs in threads or in other processes
`db`            a connection in a transaction that is rolled back: for everything else, as it costs nothing
`database_url`  the address of the database behind `db`, one for each xdist worker

The run starts the embedded PostgreSQL under var/test-pg; with DATABASE_URL set it makes its databases there.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import Connection, Engine, create_engine, make_url, text

from engine.database import connect, upgrade
from engine.embedded import embedded_postgres

ROOT = Path(__file__).resolve().parent.parent
RUN = "ONEPERMIT_TEST_RUN"  # the process id of the run; its databases are named after it
LOCK = 20261122  # advisory lock: one worker makes the template, the others wait for it
FAST = ("fsync", "synchronous_commit", "full_page_writes")  # a test run survives no power cut


PATIENCE = 20_000  # ms until a page must be as expected: other programs may use the machine as well
# A browser that asks nothing of the network and needs no screen.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# A busy machine is no fault of the program: no example is judged by how long it took.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    os.environ.setdefault(RUN, str(os.getpid()))  # xdist workers inherit it


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The server's maintenance database."""
    if given := os.environ.get("DATABASE_URL"):
        yield make_url(given).set(database="postgres").render_as_string(hide_password=False)
        return
    with embedded_postgres(ROOT / "var" / "test-pg") as server:
        url = server.url("postgres")
        with _administrator(url) as db:
            for setting in FAST:
                db.execute(text(f"alter system set {setting} = off"))
            db.execute(text("select pg_reload_conf()"))
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """The name of the migrated database that the others are copied from; the first worker makes it."""
    name = f"run_{os.environ[RUN]}_template"
    with _administrator(server_url) as db:
        db.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        if name not in _databases(db):
            _drop_databases_of_ended_runs(db)
            db.execute(text(f'create database "{name}_unfinished"'))
            upgrade(_address(server_url, f"{name}_unfinished"))
            db.execute(text(f'alter database "{name}_unfinished" rename to "{name}"'))
        db.execute(text("select pg_advisory_unlock(:lock)"), {"lock": LOCK})
    return name


@pytest.fixture(scope="session")
def copy_of(server_url: str) -> Callable[[str, str], AbstractContextManager[str]]:
    """Copies a database that nobody is connected to (its name first) under a new name; gives the address."""
    return partial(_copy, server_url)


@pytest.fixture(scope="session")
def database_url(server_url: str, template: str, worker_name: str) -> Iterator[str]:
    with _copy(server_url, template, f"run_{os.environ[RUN]}_{worker_name}") as url:
        yield url


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


_numbers = count(1)


@pytest.fixture
def db_url(server_url: str, template: str, worker_name: str) -> Iterator[str]:
    """The address of a clean database for this test alone."""
    name = f"run_{os.environ[RUN]}_{worker_name}_{next(_numbers)}"
    with _copy(server_url, template, name) as url:
        yield url


@pytest.fixture
def db_engine(db_url: str) -> Iterator[Engine]:
    engine = connect(db_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shared_engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def db(shared_engine: Engine) -> Iterator[Connection]:
    with shared_engine.connect() as connection:
        yield connection
        connection.rollback()


@contextmanager
def _administrator(url: str) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def _copy(server_url: str, template: str, name: str) -> Iterator[str]:
    with _administrator(server_url) as db:
        db.execute(text(f'create database "{name}" template "{template}"'))
    yield _address(server_url, name)
    with _administrator(server_url) as db:
        db.execute(text(f'drop database "{name}" with (force)'))


def _address(server_url: str, database: str) -> str:
    return make_url(server_url).set(database=database).render_as_string(hide_password=False)


def _databases(db: Connection) -> list[str]:
    return list(db.execute(text("select datname from pg_database where datname like 'run\\_%'")).scalars())


def _drop_databases_of_ended_runs(db: Connection) -> None:
    """A run that was killed leaves its databases behind, and every run its template."""
    for name in _databases(db):
        if not _is_alive(int(name.split("_")[1])):
            db.execute(text(f'drop database if exists "{name}" with (force)'))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's own Chromium, one for all tests of a worker: Playwright allows no second one beside it."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("没有 chromium，请运行 apt-get install chromium fonts-noto-cjk")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()
