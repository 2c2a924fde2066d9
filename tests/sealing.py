"""A seal to print with in tests, made once a run; and authorities of a test, with their revocation lists."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from certificates.sealing.file_key import FileKey
from certificates.sealing.opening import open_seal
from certificates.sealing.signer import Seal
from certificates.sealing.trial import certificate_of
from certificates.sealing.trust import Trust, read_trust
from engine.settings import Settings

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def trial_seal() -> Seal:
    return open_seal(Settings(var=_var()), LONG_AGO)


@cache
def trust() -> Trust:
    trial_seal()
    return read_trust(Settings(var=_var()))


@cache
def _var() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="seal-")
    _kept.append(folder)
    return Path(folder.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []


@dataclass(frozen=True)
class Authority:
    """A root with one seal under it; `revoke` makes its list."""

    root: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    own: x509.Certificate
    seal: Seal

    @property
    def trust(self) -> Trust:
        return Trust([of(self.root)])

    def revocations(self, *, revoked_at: datetime | None, until: datetime) -> crl.CertificateList:
        """The root's list, which names the seal's certificate if that was revoked, and is good until then."""
        made = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        made = made.last_update(LONG_AGO).next_update(until)
        if revoked_at:
            one = x509.RevokedCertificateBuilder().serial_number(self.own.serial_number)
            made = made.add_revoked_certificate(one.revocation_date(revoked_at).build())
        return crl.CertificateList.load(made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER))


def authority(name: str = "某根") -> Authority:
    key, own_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate_of(named(name), key, None, LONG_AGO)
    own = certificate_of(named("某印章"), own_key, (root, key), LONG_AGO)
    return Authority(root, key, own, Seal(FileKey(own_key, of(own), [of(root)])))


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def of(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def later(days: int) -> datetime:
    return LONG_AGO + timedelta(days=days)
