"""A file arrives as it was sent, to the byte, wherever its body was cut on the way."""

import io

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import Site
from web.multipart import TAIL, Request, WholeEnd

CHUNK = 65_536  # bytes that Werkzeug reads at once
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW1"


class Arriving(io.RawIOBase):
    """A body of which each read gets at most so many bytes, as from a network."""

    def __init__(self, body: bytes, cuts: list[int]) -> None:
        self.rest, self.cuts = body, cuts

    def read(self, size: int = -1) -> bytes:
        most = self.cuts.pop() if self.cuts else size
        given, self.rest = self.rest[: min(size, most)], self.rest[min(size, most) :]
        return given


@given(st.binary(max_size=3000), st.lists(st.integers(1, 900), max_size=20), st.integers(TAIL + 1, 1200))
def test_whatever_is_read_at_once_nothing_is_lost_and_the_end_comes_whole(
    body: bytes, cuts: list[int], size: int
) -> None:
    whole, pieces = WholeEnd(Arriving(body, cuts)), []
    while piece := whole.read(size):
        assert len(piece) <= size
        pieces.append(piece)
    assert b"".join(pieces) == body
    assert not body or len(pieces[-1]) >= min(TAIL, len(body))


def arrived(app: Flask, files: list[bytes]) -> list[bytes]:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n'.encode() + each
        for each in files
    ]
    body = b"\r\n".join(parts) + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    with app.test_request_context("/", method="POST", data=body, content_type=kind):
        return [each.read() for each in request.files.getlist("f")]


@pytest.mark.parametrize("end", [b"%%EOF\n", b"%%EOF", b"\r", b"\r\n"])
def test_a_file_is_the_same_at_whatever_byte_a_chunk_ends(site: Site, end: bytes) -> None:
    assert site.app.request_class is Request
    head = len(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n')
    for length in range(CHUNK - head - 120, CHUNK - head + 5):
        one = b"a" * (length - len(end)) + end
        for files in ([one], [one, b"%PDF"]):
            assert arrived(site.app, files) == files, (length, len(files))
