"""Promises a seal's key in a hardware security module or token, reached through PKCS#11."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.util.ec import encode_ecdsa_signature

from certificates.sealing.files import CERTIFICATE, read_certificates
from certificates.sealing.signer import WrongSeal
from engine.settings import Settings


@dataclass(frozen=True)
class TokenKey:
    """A key that never leaves its token (see Signer); each signature opens a session of its own.

    So a module that was restarted, or whose session lapsed, is found again by the next attempt.
    """

    module: str
    token: str
    key: str
    pin: str
    certificate: x509.Certificate
    chain: Sequence[x509.Certificate]
    algorithm: str = "sha256_ecdsa"

    def sign(self, content: bytes) -> bytes:
        """The ECDSA signature over the SHA-256 of `content`, in DER."""
        digest = hashlib.sha256(content).digest()
        try:
            with pkcs11.lib(self.module).get_token(token_label=self.token).open(user_pin=self.pin) as session:
                key: Any = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self.key)
                # The hash is made here: not every module has ECDSA together with SHA-256.
                signature = encode_ecdsa_signature(key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA))
        except (pkcs11.PKCS11Error, RuntimeError, TypeError) as error:
            raise WrongSeal(f"密码机没有签名（{type(error).__name__} {error}）。") from error
        self._require_ours(signature, content)
        return signature

    def _require_ours(self, signature: bytes, content: bytes) -> None:
        public = serialization.load_der_public_key(self.certificate.public_key.dump())
        try:
            if not isinstance(public, ec.EllipticCurvePublicKey):
                raise InvalidSignature
            public.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise WrongSeal(f"令牌里的私钥 {self.key} 与证书不是一对。") from error


def read_token_key(folder: Path, settings: Settings) -> TokenKey:
    """The key that the PKCS11_ settings name, with its certificate from the folder. Raises WrongSeal."""
    certificate, *chain = read_certificates(folder / CERTIFICATE)
    named = (settings.pkcs11_module, settings.pkcs11_token, settings.pkcs11_key, settings.pkcs11_pin)
    return TokenKey(*named, certificate, chain)
