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
        if not [
            each.serial_number for each in found
        ]:  # read now: another file's content fails here, not in use
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
        if not [each.issuer for each in lists]:
            raise ValueError("no revocation list")
        return lists
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WrongSeal(f"读不出吊销列表 {path}：{error}。") from error
