"""Promises the signed summary of one issue that stands in a certificate's QR code, and its check.

A token is BASE32 (RFC 4648, no padding) of: version (1 byte), kid (1), CBOR (RFC 8949), r‖s (64). What is
signed begins with the certificate's public id, so that a token under another address does not hold.
"""

import base64
import io
from dataclasses import dataclass
from datetime import date

import cbor2

from certificates.code.packing import (
    cut,
    day_number,
    is_cut_of,
    numbered_day,
    pack,
    pack_licence,
    unpack,
    unpack_licences,
)
from certificates.code.ring import HALF, Ring
from certificates.facts import CertificateData

VERSION = 1
SIGNATURE = 2 * HALF
LONGEST = 1000  # characters; a token of fifty licences has fewer
# Longer names are cut, so that six licences stay within version 11 of QR codes (docs/decisions/codes.md).
NAME_BYTES, PERSON_BYTES = 36, 12
FEWEST_NAME_BYTES = 18  # nine Han: fewer would not tell two shops apart


class NotSigned(ValueError):
    """A token that nobody here signed, or not for this certificate; a Chinese sentence says how it fails."""


@dataclass(frozen=True)
class Summary:
    """What a token states; names may be cut, licences are mark of the name and last day."""

    issue: int
    number: str
    operator: str
    legal_representative: str
    uscc: str
    issued_on: date
    licences: tuple[tuple[bytes, date | None], ...]
    list_index: int

    def agrees_with(self, facts: CertificateData) -> bool:
        """Whether the frozen facts of an issue are those that this token was made of."""
        packed = b"".join(pack_licence(line.item, line.valid_until) for line in facts.licences)
        licences = unpack_licences(packed)  # days before 2020 and after 2199 have no room of their own
        return (
            (self.issue, self.number, self.uscc) == (facts.issue, facts.number, facts.uscc)
            and (self.issued_on, self.licences) == (facts.issued_on, licences)
            and is_cut_of(self.operator, facts.operator)
            and is_cut_of(self.legal_representative, facts.legal_representative)
        )


def write_token(
    ring: Ring, public_id: str, facts: CertificateData, list_index: int, name_bytes: int = NAME_BYTES
) -> str:
    """The token of one issue, signed by the newest key; the same facts and key give the same token.

    Of the operator's name it states at most so many bytes.
    """
    body = cbor2.dumps(
        [
            facts.issue,
            pack(facts.number),
            cut(facts.operator, name_bytes),
            cut(facts.legal_representative, PERSON_BYTES),
            pack(facts.uscc),
            day_number(facts.issued_on),
            b"".join(pack_licence(line.item, line.valid_until) for line in facts.licences),
            list_index,
        ]
    )
    signed = bytes((VERSION, ring.kid)) + body
    token = signed + ring.sign(_message(public_id, signed))
    return base64.b32encode(token).decode().rstrip("=")


def read_token(ring: Ring, public_id: str, token: str) -> Summary:
    """What the token of this certificate states. Raises NotSigned, never anything else."""
    raw = _bytes_of(token)
    signed, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    if len(signed) < 3 or signed[0] != VERSION:
        raise NotSigned("二维码里的数据不完整，或者不是本系统的。")
    if signed[1] not in ring.keys:
        raise NotSigned("二维码上写的签名密钥不是本系统的。")
    if ring.keys[signed[1]].withdrawn_at is not None:
        raise NotSigned("签这个二维码的密钥已经停用，不能再作为依据。")
    if not ring.holds(signed[1], _message(public_id, signed), signature):
        raise NotSigned("二维码的数字签名不对：内容被改过，或者是从别的证上搬来的。")
    return _summary(signed[2:])


def _message(public_id: str, signed: bytes) -> bytes:
    return f"onepermit code {public_id} ".encode() + signed


def _bytes_of(token: str) -> bytes:
    text = token.upper()
    try:
        if len(text) > LONGEST:
            raise ValueError
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
        if base64.b32encode(raw).decode().rstrip("=") != text:  # bits left over may hide a second spelling
            raise ValueError
    except ValueError:
        raise NotSigned("二维码里的数据不完整，或者不是本系统的。") from None
    return raw


def _summary(body: bytes) -> Summary:
    """Only what was signed here comes so far; a form that is not ours would be a fault of our own."""
    issue, number, operator, person, uscc, issued_on, licences, list_index = cbor2.load(io.BytesIO(body))
    return Summary(
        issue=issue,
        number=unpack(number),
        operator=operator.decode("gb18030"),
        legal_representative=person.decode("gb18030"),
        uscc=unpack(uscc),
        issued_on=numbered_day(issued_on),
        licences=unpack_licences(licences),
        list_index=list_index,
    )
