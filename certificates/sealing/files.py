"""Promises the certificates of the seal's folder, read whole or refused with the file's name."""

from collections.abc import Sequence
from pathlib import Path

from asn1crypto import crl, pem, x509

from certificates.sealing.signer import WrongSeal

KEY, CERTIFICATE = "key.pem", "certificate.pem"
ROOTS, STAMP_ROOTS = "roots.pem", "tsa.pem"


def read_certificates(path: Path) -> Sequence[x509.Certificate]:
    """The certificates of a PEM file, at least one. Raises WrongSeal."""
    try:
        found = [
            x509.Certificate.load(der, strict=True)
            for _, _, der in pem.unarmor(path.read_bytes(), multiple=True)
        ]
        for each in found:
            each.serial_number  # noqa: B018  # parses it: a file of something else fails here, not in use
        if not found:
            raise ValueError("no certificate")
        return found
    except (OSError, ValueError, TypeError) as error:
        raise WrongSeal(f"读不出证书文件 {path}：{error}。") from error


def read_revocations(path: Path) -> Sequence[crl.CertificateList]:
    """The revocation lists of a file, PEM or DER. Raises WrongSeal."""
    try:
        content = path.read_bytes()
        parts = (
            [der for _, _, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        )
        lists = [crl.CertificateList.load(der, strict=True) for der in parts]
        for each in lists:
            each.issuer  # noqa: B018  # parses it: a file of something else fails here and not when it is needed
        return lists
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WrongSeal(f"读不出吊销列表 {path}：{error}。") from error
