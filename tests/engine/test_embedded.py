"""The embedded PostgreSQL starts anywhere, is shared, and ends with its last user."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from engine.embedded import EmbeddedPostgres, embedded_postgres

HOLD = """
import sys
from pathlib import Path
from engine.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
print(server.url(), flush=True)
sys.stdin.read()
"""


def answers(url: str) -> bool:
    engine = create_engine(url)
    with engine.connect() as db:
        answer = db.execute(text("select 1")).scalar_one()
    engine.dispose()
    return bool(answer == 1)


def is_running(folder: Path) -> bool:
    return (folder / "postmaster.pid").exists()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that uses the server in the folder pg."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "pg")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("postgresql+psycopg://")
    yield process
    end(process, signal.SIGKILL)


def end(process: "subprocess.Popen[str]", number: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(number)
        process.communicate()


def test_a_folder_below_a_missing_parent_gets_a_server_that_ends_with_the_block(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "pg"
    with embedded_postgres(folder) as server:
        assert answers(server.url())
        assert is_running(folder)
    assert not is_running(folder)


def test_a_path_too_long_for_a_socket_works(tmp_path: Path) -> None:
    folder = tmp_path / ("a-rather-long-name-of-a-checkout-" * 3) / ("below-another-" * 5) / "pg"
    with embedded_postgres(folder) as server:
        assert answers(server.url())


@pytest.mark.parametrize("below", ["pg", "a-rather-long-name-of-a-checkout-" * 4 + "/pg"])
def test_nobody_else_on_the_machine_reaches_its_socket(tmp_path: Path, below: str) -> None:
    with embedded_postgres(tmp_path / below) as server:
        address = make_url(server.url()).query
        socket = Path(str(address["host"]), f".s.PGSQL.{address['port']}")
        assert socket.stat().st_mode & 0o077 == 0


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    for statement in ("create table kept (n int)", "insert into kept values (1)"):
        with embedded_postgres(tmp_path / "pg") as server:
            engine = create_engine(server.url())
            with engine.begin() as db:
                db.execute(text(statement))
            engine.dispose()
    with embedded_postgres(tmp_path / "pg") as server:
        assert answers(server.url())


def test_the_server_stays_while_another_process_uses_it(
    tmp_path: Path, holder: "subprocess.Popen[str]"
) -> None:
    server = EmbeddedPostgres(tmp_path / "pg")
    server.leave()
    assert is_running(tmp_path / "pg")
    again = EmbeddedPostgres(tmp_path / "pg")
    end(holder, signal.SIGKILL)
    again.leave()
    assert not is_running(tmp_path / "pg")


def test_a_process_killed_hard_leaves_a_server_that_the_next_start_finds_and_stops(
    tmp_path: Path, holder: "subprocess.Popen[str]"
) -> None:
    end(holder, signal.SIGKILL)
    assert is_running(tmp_path / "pg")
    with embedded_postgres(tmp_path / "pg") as server:
        assert answers(server.url())
    assert not is_running(tmp_path / "pg")


def test_a_note_of_a_dead_server_whose_number_another_program_has_now_does_not_mislead(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "pg"
    with embedded_postgres(folder) as server:
        note = (folder / "postmaster.pid").read_text().splitlines()
    (folder / "postmaster.pid").write_text("\n".join([str(os.getppid()), *note[1:]]) + "\n")
    with embedded_postgres(folder) as server:
        assert answers(server.url())


def test_starting_says_nothing_about_runtime_folders() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
    code = "from engine.embedded import _library; _library()"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.returncode == 0
