"""Promises whom a seal is believed: roots of seals and of time stamps, and lists of revoked certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import crl, x509

from certificates.sealing.files import ROOTS, STAMP_ROOTS, read_certificates, read_revocations
from engine.settings import Settings


@dataclass(frozen=True)
class Trust:
    """Without `revocations` nobody asks whether a certificate was revoked."""

    roots: Sequence[x509.Certificate]
    stamp_roots: Sequence[x509.Certificate] = ()
    revocations: Sequence[crl.CertificateList] = ()

    def is_stale(self, now: datetime) -> bool:
        """Whether a list is older than it says that it may become."""
        ends = [each["tbs_cert_list"]["next_update"].native for each in self.revocations]
        return any(end is None or end < now for end in ends)


def read_trust(settings: Settings) -> Trust:
    """What the seal's folder and SEAL_CRL hold; no root where nothing was sealed yet. Raises WrongSeal."""
    folder = settings.seal_folder
    return Trust(
        _roots(folder / ROOTS),
        _roots(folder / STAMP_ROOTS),
        read_revocations(Path(settings.seal_crl)) if settings.seal_crl else (),
    )


def _roots(path: Path) -> Sequence[x509.Certificate]:
    return read_certificates(path) if path.exists() else ()
