"""Promises how dense the QR codes of a site become, before the first is printed."""

from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric import ec

from certificates.code.address import code_url
from certificates.code.ring import ES256, Key, Ring
from certificates.facts import CertificateData, LicenceLine
from certificates.qr import PUBLIC_ID_LENGTH, qr_version

LARGEST_VERSION = 11  # at level M on 35 mm its modules have 0.5 mm: photographs of it are read
LICENCES = 6
DAY = date(2026, 11, 22)


def largest_code(base_url: str) -> int:
    """The version of the QR code of a certificate of six licences whose names fill their room."""
    lines = tuple(LicenceLine("许可", "", "", "", DAY, DAY) for _ in range(LICENCES))
    facts = CertificateData(
        title="",
        number="999999-YZ-2026-000001",
        issue=9,
        industry="",
        operator="店" * 40,
        legal_representative="人" * 20,
        address="",
        uscc="92370303MA3T00025N",
        issuer="",
        issued_on=DAY,
        licences=lines,
    )
    return qr_version(code_url(_any_ring(), base_url, "2" * PUBLIC_ID_LENGTH, facts, 131_071))


def _any_ring() -> Ring:
    """Any key: all signatures have one length."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_numbers()
    return Ring({0: Key(0, ES256, datetime(2026, 1, 1, tzinfo=UTC), public.x, public.y)}, lambda: private)
