"""Promises that a file arrives as it was sent, wherever the network cuts the body of the post.

Werkzeug up to 3.1.9 adds a CR to the last file when what it has read ends one dash before the end of the
closing boundary (pallets/werkzeug#3285): a genuine certificate then looks altered. Here the end of a body
is never read in two pieces. To go once Werkzeug reads it rightly.
"""

from typing import IO, Any, cast

import flask
from werkzeug.formparser import FormDataParser

MULTIPART = "multipart/form-data"
TAIL = 256  # bytes; a closing boundary has at most 78 (RFC 2046 §5.1.1), and little comes after it


class WholeEnd:
    """Reads a body so that its last TAIL bytes come in one piece."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body
        self._ahead = b""
        self._ended = False

    def read(self, size: int) -> bytes:
        """Up to `size` bytes (more than TAIL), b"" at the end."""
        while not self._ended and len(self._ahead) < size + TAIL:
            more = self._body.read(size + TAIL - len(self._ahead))
            self._ahead += more
            self._ended = not more
        fits = self._ended and len(self._ahead) <= size
        taken = len(self._ahead) if fits else min(size, len(self._ahead) - TAIL)
        given, self._ahead = self._ahead[:taken], self._ahead[taken:]
        return given


class _Parser(FormDataParser):
    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Any:
        """As Werkzeug reads a form, from a body whose end is whole."""
        whole = cast(IO[bytes], WholeEnd(stream)) if mimetype == MULTIPART else stream
        return super().parse(whole, mimetype, content_length, options)


class Request(flask.Request):
    """A request whose files arrive as they were sent."""

    form_data_parser_class = _Parser
