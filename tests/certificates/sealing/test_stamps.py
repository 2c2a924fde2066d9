"""A time stamp of another's server is in the signature, believed by its own root, and never left out."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from certificates.document import render
from certificates.sealing.checking import SealCheck, check_seal
from certificates.sealing.pades import sealed
from certificates.sealing.stamps import HttpStamps
from certificates.sealing.trust import Trust
from tests.certificates.examples import URL, certificate
from tests.sealing import authority, named, of

NOW = datetime.now(UTC)  # the server puts its own clock's time into the stamp
OURS = authority()


class Stamping(HTTPServer):
    """A server that answers as told; by default with stamps of `clock`."""

    def __init__(self) -> None:
        self.clock, self.root = clock()
        self.kind, self.status = "application/timestamp-reply", 200
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Answer(BaseHTTPRequestHandler):
    server: Stamping

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        body = self.server.clock.request_tsa_response(asked).dump()
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def clock() -> tuple[DummyTimeStamper, x509.Certificate]:
    """A clock that stamps, with an RSA key (pyHanko's knows no other), and its certificate, its own root."""
    key = rsa.generate_private_key(65537, 2048)
    builder = (
        x509.CertificateBuilder(named("某钟"), named("某钟"), key.public_key(), x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )
    made = builder.sign(key, hashes.SHA256())
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(of(made), PrivateKeyInfo.load(der)), made


@pytest.fixture
def server() -> Iterator[Stamping]:
    with Stamping() as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def stamped(url: str) -> bytes:
    paper, seal = render(certificate(1), url=URL), replace(OURS.seal, stamps=HttpStamps(url))
    return sealed(paper, seal, issuer="某局", reason="签发", at=NOW)


def check(pdf: bytes, trusted: Trust) -> SealCheck:
    return check_seal(pdf, trusted, at=NOW, now=NOW)


def test_a_stamp_is_believed_by_its_own_root_and_not_by_that_of_seals(server: Stamping) -> None:
    pdf = stamped(server.url)
    assert check(pdf, replace(OURS.trust, stamp_roots=[of(server.root)])).word == "good"
    found = check(pdf, OURS.trust)
    assert found.word == "uncertain" and "时间戳不可信" in found.says
    # and who may stamp may not seal
    assert check(pdf, Trust([of(server.root)], OURS.trust.roots)).word == "foreign"


def test_without_a_stamp_there_is_no_signature(server: Stamping) -> None:
    server.kind = "text/html"
    with pytest.raises(OSError, match="did not answer with a time stamp"):
        stamped(server.url)
    server.status = 500
    with pytest.raises(OSError, match="500"):
        stamped(server.url)


def test_a_server_that_is_not_there_is_an_error_that_is_tried_again() -> None:
    with pytest.raises(OSError, match="refused"):
        stamped("http://127.0.0.1:9/")
