"""Other commands of `onepermit` run as child processes that end together with this one."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

PATIENCE = 10.0  # seconds a child gets to end by itself


class Children:
    """Child processes, each in a session of its own: Ctrl-C reaches only the parent, which ends them."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, command: str, environment: Mapping[str, str]) -> None:
        """Run `onepermit <command>`; it ends by itself when this process is gone."""
        self._running[command] = subprocess.Popen(
            [sys.executable, "-m", "web.cli", command, "--with-parent"],
            stdin=subprocess.PIPE,
            env=dict(environment),
            start_new_session=True,
        )

    def ended(self) -> Sequence[str]:
        """The commands that have ended, which none should before `stop`."""
        return [command for command, process in self._running.items() if process.poll() is not None]

    def stop(self) -> None:
        """End all of them: politely, and after ten seconds hard."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        limit = time.monotonic() + PATIENCE
        for process in self._running.values():
            try:
                process.wait(max(0.0, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
