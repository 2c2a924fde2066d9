"""Promises a seal's key in a file: P-256, PEM, readable by its owner only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from certificates.sealing.files import CERTIFICATE, KEY, read_certificates
from certificates.sealing.signer import WrongSeal


@dataclass(frozen=True)
class FileKey:
    """A key in the memory of this process (see Signer)."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: Sequence[x509.Certificate]
    algorithm: str = "sha256_ecdsa"

    def sign(self, content: bytes) -> bytes:
        """The ECDSA signature over the SHA-256 of `content`, in DER."""
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))


def read_file_key(folder: Path) -> FileKey:
    """Key and certificate of the folder. Raises WrongSeal unless others are kept from it and both fit."""
    path = folder / KEY
    try:
        if path.stat().st_mode & 0o077:
            raise WrongSeal(f"私钥文件 {path} 别人也能读。", f"请运行 chmod 600 {path}，并考虑换一把密钥。")
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise WrongSeal(f"读不出私钥文件 {path}：{error}。") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise WrongSeal(f"私钥文件 {path} 不是 P-256 密钥。")
    certificate, *chain = read_certificates(folder / CERTIFICATE)
    if public_der(key) != certificate.public_key.dump():
        raise WrongSeal(f"{path} 与 {folder / CERTIFICATE} 里的第一张证书不是一对。")
    return FileKey(key, certificate, chain)


def public_der(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, as certificates carry it."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.DER, form)
