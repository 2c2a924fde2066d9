"""Promises what a seal needs of a key, wherever the key lies, and the seal that papers are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from asn1crypto import x509
from pyhanko.sign.timestamps import TimeStamper

from engine.errors import Refusal

TRIAL = "试用印章，没有法律效力"  # in the subject of every certificate that this program made by itself


class WrongSeal(Refusal):
    """Key and certificate of the seal are missing, do not belong together, or cannot be used."""

    do = "请按 docs/operators/running.md 的“Seal and signature”一节检查 SEAL 目录和 PKCS11_ 各项设置。"


class Signer(Protocol):
    """A private key that signs and stays where it is: in a file, in an HSM.

    `algorithm` is what CMS calls it (`sha256_ecdsa`); `sign` gives the signature as CMS has it. SM2 would be
    one more class of this kind, with an algorithm of its own.
    """

    @property
    def algorithm(self) -> str:
        """The name of digest and signature in CMS."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the key."""

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """The certificates that lead from it to a root, as far as they are known."""

    def sign(self, content: bytes) -> bytes:
        """The signature over `content`. Raises WrongSeal when the key cannot be reached."""


@dataclass(frozen=True)
class Seal:
    """What one installation seals with: a key, and a time stamp where one is set."""

    signer: Signer
    stamps: TimeStamper | None = None

    @property
    def trial(self) -> bool:
        """Whether this is the key that the program made by itself, which is to be replaced."""
        return is_trial(self.signer.certificate)


def is_trial(certificate: x509.Certificate) -> bool:
    """Whether the program made this certificate by itself."""
    return TRIAL in certificate.subject.native.values()
