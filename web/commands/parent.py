"""A child process of `onepermit demo` ends when its parent is gone, however the parent went."""

import os
import signal
import threading

import click

with_parent_option = click.option("--with-parent", is_flag=True, hidden=True)


def end_with_parent() -> None:
    """Send this process SIGTERM once its standard input ends: the parent holds the other end of that pipe."""

    def wait() -> None:
        while os.read(0, 1024):  # not sys.stdin, whose lock would break the end of the interpreter
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()
