"""The world outside as programs of their own: a mail server and a gateway for short messages, both tiny.

As a program (`smtp` or `sms`, a port or 0, a folder): writes its port into `port`, and a line of JSON into
`received` for each message it takes. While the folder holds `failing`, it answers the number in it.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

PATIENCE = 20.0  # seconds until a program must be there


@dataclass
class Outside:
    """One of the programs, from outside: where it listens, what it took, and whether it fails."""

    folder: Path
    port: int

    @property
    def received(self) -> list[dict[str, Any]]:
        path = self.folder / "received"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def fail_with(self, code: int) -> None:
        (self.folder / "failing").write_text(str(code))

    def recover(self) -> None:
        (self.folder / "failing").unlink()


@contextmanager
def running(kind: str, folder: Path, port: int = 0) -> Iterator[Outside]:
    """The program `kind` on a port, a free one for 0; it is ended with the block."""
    folder.mkdir(exist_ok=True)
    (folder / "port").unlink(missing_ok=True)
    program = subprocess.Popen([sys.executable, __file__, kind, str(port), str(folder)])
    try:
        limit = time.monotonic() + PATIENCE
        while not (folder / "port").exists():
            assert program.poll() is None and time.monotonic() < limit, f"no {kind} server"
            time.sleep(0.02)
        yield Outside(folder, int((folder / "port").read_text()))
    finally:
        program.terminate()
        program.wait(PATIENCE)


def _keep(folder: Path, entry: dict[str, Any]) -> None:
    with (folder / "received").open("a") as file:
        file.write(json.dumps(entry) + "\n")


def _failing(folder: Path) -> int:
    path = folder / "failing"
    return int(path.read_text()) if path.exists() else 0


class Mail(StreamRequestHandler):
    """As much of RFC 5321 as takes a mail; it offers no STARTTLS."""

    folder: Path

    def handle(self) -> None:
        self.say("220 ready")
        to = ""
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "EHLO":
                self.say("250 here")
            elif word == "RCPT":
                code, to = _failing(self.folder), line.split(":", 1)[1].strip("<>")
                self.say(f"{code} no <{to}>" if code else "250 ok")
            elif word == "DATA":
                self.say("354 go on")
                self.take(to)
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def take(self, to: str) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        text = mail.get_content()
        headers = {name.lower(): str(value) for name, value in mail.items()}
        _keep(self.folder, {"to": to, "text": text, **headers})


class Gateway(BaseHTTPRequestHandler):
    """Takes {to, text, id} as JSON."""

    folder: Path

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        code = _failing(self.folder)
        entry = {**body, "path": self.path, "authorization": self.headers.get("Authorization", "")}
        _keep(self.folder, {**entry, "answered": code or 200})
        self.send_response(code or 200)
        if code in (301, 302):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main(kind: str, port: int, folder: Path) -> None:
    """Listen until ended."""
    handler = {"smtp": Mail, "sms": Gateway}[kind]
    handler.folder = folder  # type: ignore[attr-defined]  # both classes have it
    serving: type[ThreadingTCPServer] = ThreadingHTTPServer if kind == "sms" else ThreadingTCPServer
    serving.allow_reuse_address = True
    with serving(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        (folder / "port.new").write_text(str(server.server_address[1]))
        (folder / "port.new").rename(folder / "port")
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
