"""Promises a seal for trial: root, P-256 key and certificate, made once, which say so."""

import os
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from certificates.sealing.files import CERTIFICATE, KEY, ROOTS
from certificates.sealing.signer import TRIAL, WrongSeal

BEGINS = datetime(2020, 1, 1, tzinfo=UTC)  # made-up cases of earlier days are printed with it, too
LASTS = timedelta(days=3653)


def make_trial_seal(folder: Path, now: datetime) -> None:
    """Put key, certificate and root into `folder`, unless another process was quicker; then its own stay.

    Raises WrongSeal for a folder that holds something else: whose roots those are, only the operator knows.
    The root's key is thrown away: nobody makes a second seal with it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent))  # for its owner only, and so is all that comes into it
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate_of(_name("综合许可试用根证书"), root_key, None, now)
    own = certificate_of(_name("综合许可试用印章"), key, (root, root_key), now)
    _write(new / KEY, _pem(key))
    _write(new / CERTIFICATE, own.public_bytes(serialization.Encoding.PEM))
    _write(new / ROOTS, root.public_bytes(serialization.Encoding.PEM))
    with suppress(OSError):  # a folder with something in it is never replaced
        os.rename(new, folder)
        return
    for each in new.iterdir():
        each.unlink()
    new.rmdir()
    if not (folder / KEY).exists():
        raise WrongSeal(
            f"印章目录 {folder} 里有别的文件，却没有 {KEY} 和 {CERTIFICATE}，所以没有生成试用印章。",
            "请放入印章的私钥和证书；要先用试用印章，请把该目录移走，生成以后再放回其他文件。",
        )


def certificate_of(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None,
    now: datetime,
) -> x509.Certificate:
    """A certificate of this key: of a seal when it has an issuer, else of a root."""
    issued_by, signing = (issuer[0].subject, issuer[1]) if issuer else (name, key)
    identifier = x509.SubjectKeyIdentifier.from_public_key
    builder = (
        x509.CertificateBuilder(issued_by, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(_usage(of_seal=issuer is not None), critical=True)
        .add_extension(identifier(key.public_key()), critical=False)
    )
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
    return builder.add_extension(above, critical=False).sign(signing, hashes.SHA256())


def _usage(*, of_seal: bool) -> x509.KeyUsage:
    """A seal signs documents and answers for them; a root signs certificates and lists of revoked ones."""
    return x509.KeyUsage(
        digital_signature=of_seal,
        content_commitment=of_seal,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not of_seal,
        crl_sign=not of_seal,
        encipher_only=False,
        decipher_only=False,
    )


def _name(called: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TRIAL),
            x509.NameAttribute(NameOID.COMMON_NAME, called),
        ]
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
