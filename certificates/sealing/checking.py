"""Promises what is to be thought of the seal of a file, in one word and a sentence.

Decided on the whole judgement of pyHanko (`bottom_line`), never on a part of it, and only where the signature
covers the entire file: pyHanko accepts some later additions, and a sealed paper has none.
"""

import io
import logging
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.sealing.apart import apart
from certificates.sealing.signer import is_trial
from certificates.sealing.trust import Trust

log = logging.getLogger(__name__)
GOOD, NONE, ALTERED, FOREIGN, REVOKED, UNCERTAIN = (
    "good",
    "none",
    "altered",
    "foreign",
    "revoked",
    "uncertain",
)


@dataclass(frozen=True)
class SealCheck:
    """One of the six words, and why, in Chinese."""

    word: str
    says: str


def check_seal(content: bytes, trust: Trust, *, at: datetime, now: datetime) -> SealCheck:
    """The seal of a PDF, its certificate judged as of `at`: when the register says it was set, else now."""
    try:
        signatures = PdfFileReader(io.BytesIO(content)).embedded_signatures
        if not signatures:
            return SealCheck(NONE, "文件没有电子签章。")
        stamps = _context(Trust(trust.stamp_roots), at)
        status = apart(lambda: validate_pdf_signature(signatures[0], _context(trust, at), stamps))
    except Exception:  # a damaged file can break its reader in any way
        log.info("a seal cannot be read", exc_info=True)
        return SealCheck(ALTERED, "电子签章已损坏，读不出来。")
    return _judge(status, signatures[0], trust, now)


def _judge(
    status: PdfSignatureStatus, signature: EmbeddedPdfSignature, trust: Trust, now: datetime
) -> SealCheck:
    if not (status.intact and status.valid):
        return SealCheck(ALTERED, "签章以后内容被改动过，签章已失效。")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return SealCheck(ALTERED, "签章以后文件里又追加了内容。")
    if status.revoked:
        return SealCheck(REVOKED, "印章的证书已被吊销。")
    if not trust.roots:
        return SealCheck(UNCERTAIN, "本机没有印章的根证书，无法确认签章。")
    if trust.revocations and trust.is_stale(now):
        return SealCheck(UNCERTAIN, "印章证书的吊销列表已经过期，无法确认印章现在是否有效。")
    if not status.trusted:
        return SealCheck(FOREIGN, "签章用的不是本系统信任的印章证书。")
    if not status.bottom_line:
        return SealCheck(UNCERTAIN, "签章的时间戳不可信，无法确认签章时间。")
    trial = "（试用印章，没有法律效力）" if is_trial(signature.signer_cert) else ""
    return SealCheck(GOOD, f"电子签章有效{trial}。")


def _context(trust: Trust, at: datetime) -> ValidationContext:
    """Nothing is fetched from the network. A list made later tells about earlier days as well."""
    return ValidationContext(
        trust_roots=list(trust.roots),
        crls=list(trust.revocations),
        revocation_mode="require" if trust.revocations else "soft-fail",
        allow_fetching=False,
        retroactive_revinfo=True,
        moment=at,
    )
