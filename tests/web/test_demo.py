"""`onepermit demo` brings everything up, keeps its data, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PATIENCE = 180.0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(port: int, var: Path) -> Iterator["subprocess.Popen[str]"]:
    """A demo of its own whose pages answer."""
    environment = os.environ | {"PORT": str(port), "VAR": str(var), "WORKERS": "1", "DATABASE_URL": ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "demo"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        until_answering(process, port)
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def until_answering(process: "subprocess.Popen[str]", port: int) -> None:
    limit = time.monotonic() + PATIENCE
    while not answers(port):
        assert process.poll() is None, "the demo ended"
        assert time.monotonic() < limit, "the pages do not answer"
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def gone(var: Path) -> bool:
    return not (var / "pg" / "postmaster.pid").exists()


def test_a_demo_killed_hard_takes_its_pages_along_starts_again_and_stops_at_ctrl_c(
    port: int, tmp_path: Path
) -> None:
    with running(port, tmp_path / "var") as killed:
        killed.kill()
        killed.communicate()
    limit = time.monotonic() + PATIENCE
    while answers(port):
        assert time.monotonic() < limit, "the pages outlived the demo"
        time.sleep(0.2)

    with running(port, tmp_path / "var") as demo:
        demo.send_signal(signal.SIGINT)
        said, _ = demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert "applicant" in said
    assert not answers(port)
    assert gone(tmp_path / "var")
