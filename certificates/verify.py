"""Promises a plain verdict on a certificate, by what the register holds of it now: its file, number or code.

A letter is known by its file, too: it is what was issued, byte by byte.

A file is judged by its bytes: their SHA-256 is the one that the register kept when the issue was printed, or
the file is not what was issued. What the file says of itself only tells which certificate to compare with.
"""

import hashlib
import io
import json
from dataclasses import dataclass, replace
from datetime import datetime

from pypdf import PdfReader
from sqlalchemy import ColumnElement, Connection, Row, or_, select

from certificates.checked import Checked, check
from certificates.code.address import parts_of
from certificates.code.ring import Ring
from certificates.public import (
    CANCELLED,
    CHANGED,
    EXPIRED,
    PARTLY_VALID,
    SUSPENDED,
    VALID,
    PublicCertificate,
    read_public,
)
from engine.tables import certificate_issues, certificates, letters, licences

GOOD, ALTERED, ENDED, UNKNOWN, CANNOT_TELL = "valid", "changed", "revoked", "unknown", "cannot_tell"
ATTACHED = "certificate.json"
# The certificate's own state → the verdict on it.
BY_STATE = {
    VALID: GOOD,
    CHANGED: ALTERED,
    PARTLY_VALID: ALTERED,
    SUSPENDED: ENDED,
    CANCELLED: ENDED,
    EXPIRED: ENDED,
}


@dataclass(frozen=True)
class Verdict:
    """What is to be thought of it: one of the five words, and why, in Chinese; `number` where it is known."""

    verdict: str
    reasons: tuple[str, ...]
    number: str | None = None
    public_id: str | None = None


def verify_text(db: Connection, given: str, now: datetime, ring: Ring) -> Verdict:
    """The verdict on a certificate named by its number, a licence's number, its code or its address.

    An address with a signed token is judged by that paper, too: forged, or an earlier issue.
    """
    wanted = given.strip()
    code, token = parts_of(wanted)
    by_number = select(licences.c.certificate_id).where(licences.c.number == wanted)
    match = or_(
        certificates.c.number == wanted,
        certificates.c.public_id == code,
        certificates.c.id.in_(by_number),
    )
    public_id = db.execute(select(certificates.c.public_id).where(match)).scalars().first()
    checked = check(db, ring, public_id, token, now) if public_id else None
    if checked is None:
        return Verdict(UNKNOWN, (f"登记簿里没有“{wanted}”。请核对编号、核验码或网址。",))
    return _held(checked)


def verify_file(db: Connection, content: bytes, now: datetime) -> Verdict:
    """The verdict on a PDF, by its bytes; cannot_tell where the register has nothing to compare them with."""
    sha256 = hashlib.sha256(content).hexdigest()
    printed = _issue(db, certificate_issues.c.pdf_sha256 == sha256)
    if printed is not None:
        return _printed(db, printed, now)
    if letter := _letter(db, sha256):
        return letter
    try:
        number = _number_in(content)
    except Exception as error:  # a damaged file can break its reader in any way
        return Verdict(CANNOT_TELL, (f"这不是能读的 PDF 文件（{error}）。请换一份完整的文件。",))
    if number is None:
        return Verdict(UNKNOWN, ("文件里没有综合许可证的数据，登记簿里也没有这个文件。它不是本系统签发的。",))
    named = _issue(db, certificates.c.number == number)
    if named is None:
        return Verdict(UNKNOWN, (f"文件自称是证照 {number}，但登记簿里没有这个编号。",), number)
    if named.pdf_sha256 is None:
        reason = f"证照 {number} 的文件还没有生成，没有可以比对的内容。请稍后再试。"
        return Verdict(CANNOT_TELL, (reason,), number, named.public_id)
    reason = f"文件内容与证照 {number} 登记的不一致，可能被改动过。请以扫码查询结果为准。"
    return Verdict(ALTERED, (reason,), number, named.public_id)


def _letter(db: Connection, sha256: str) -> Verdict | None:
    """The verdict on a file that is exactly a letter that was issued; None when it is none."""
    query = select(letters.c.number, letters.c.name, letters.c.issuer).where(letters.c.pdf_sha256 == sha256)
    found = db.execute(query).one_or_none()
    if found is None:
        return None
    reasons = ("文件与登记的一致。", f"文书：{found.issuer}《{found.name}》。")
    return Verdict(GOOD, reasons, found.number)


def _issue(db: Connection, match: ColumnElement[bool]) -> Row[tuple[object, ...]] | None:
    """The newest issue that fits, with its certificate."""
    query = (
        select(certificate_issues, certificates.c.public_id, certificates.c.number)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .where(match)
        .order_by(certificate_issues.c.issue.desc())
        .limit(1)
    )
    return db.execute(query).one_or_none()


def _printed(db: Connection, printed: Row[tuple[object, ...]], now: datetime) -> Verdict:
    """The verdict on a file that is exactly what was once issued."""
    found = read_public(db, printed.public_id, now)
    if found is None:
        raise LookupError("an issue without its certificate")
    now_said = _state(found)
    if now_said.verdict == GOOD and printed.issue < found.issue:
        reason = f"这是第{printed.issue}次签发的文件，已被第{found.issue}次签发代替。请使用新的证照。"
        return Verdict(ALTERED, (reason,), found.number, found.public_id)
    return Verdict(now_said.verdict, ("文件与登记的一致。", *now_said.reasons), found.number, found.public_id)


def _held(checked: Checked) -> Verdict:
    """The verdict on the paper whose code came along, else on the certificate."""
    found, paper = checked.found, checked.paper
    if paper is not None and paper.wrong:
        return Verdict(ALTERED, (paper.wrong, "请不要采信这张证。"), found.number, found.public_id)
    now_said = _state(found)
    if paper is None or not checked.is_old:
        return now_said
    reason = f"这是第{paper.issue}版，已被第{found.issue}版代替。"
    verdict = ALTERED if now_said.verdict == GOOD else now_said.verdict
    return replace(now_said, verdict=verdict, reasons=(reason, *paper.changed, *now_said.reasons))


def _state(found: PublicCertificate) -> Verdict:
    """The verdict on a certificate by its licences as they now stand, naming those not as granted."""
    reasons = [f"证照状态：{found.state}。"]
    for line in found.licences:
        if line.state != VALID:
            reasons.append(f"{line.item}（{line.number}）：{line.state}。")
    return Verdict(BY_STATE[found.state], tuple(reasons), found.number, found.public_id)


def _number_in(content: bytes) -> str | None:
    """The number in the facts that every issued PDF carries, None without such facts."""
    attached = PdfReader(io.BytesIO(content)).attachments.get(ATTACHED)
    if not attached:
        return None
    facts = json.loads(attached[0])
    number = facts.get("number") if isinstance(facts, dict) else None
    return number if isinstance(number, str) else None
