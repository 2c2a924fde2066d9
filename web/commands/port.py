"""Whether a port may be listened on, asked before anything is started."""

import socket

from engine.errors import Refusal


class PortTaken(Refusal):
    """Another program listens on the port."""


def require_free(host: str, port: int) -> None:
    """Raise PortTaken when nothing can listen on `host`:`port`."""
    with socket.socket() as probe:
        # As a server does: the last run's connections in TIME_WAIT do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"端口 {port} 不能使用（{error.strerror}）。什么都没有启动。",
                f"请换一个端口，例如：make demo PORT={port + 1 if port < 65535 else 8000}\n"
                f"Port {port} is taken; nothing was started. Choose another one with PORT=.",
            ) from error
