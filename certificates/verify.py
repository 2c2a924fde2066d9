"""Promises a plain verdict on a certificate, by what the register holds of it now: its file, number or code.

A letter and a licence's own sheet are known by their files, too: they are what was issued, byte by byte.

A file is judged by its bytes: their SHA-256 is the one that the register kept when it was printed, or it
is not what was issued. Its seal must hold as well, and tells what was done to a file not in the register.
What the file says of itself only tells what to compare it with.
"""

import hashlib
import io
import json
from dataclasses import replace
from datetime import datetime

from pypdf import PdfReader
from sqlalchemy import ColumnElement, Connection, Row, or_, select

from certificates.checked import Checked, check, paper_of
from certificates.code.address import parts_of
from certificates.code.ring import Ring
from certificates.letter_verdict import judge_letter, letter_that
from certificates.public import (
    CANCELLED,
    CHANGED,
    EXPIRED,
    IN_FORCE,
    PARTLY_VALID,
    SUSPENDED,
    VALID,
    PublicCertificate,
    read_public,
)
from certificates.sealing.checking import check_seal
from certificates.sealing.trust import Trust
from certificates.sheet_verdict import SHEET, judge_as_sheet, judge_sheet, sheet_with
from certificates.verdict import (
    ALTERED,
    AS_REGISTERED,
    CANNOT_TELL,
    ENDED,
    GOOD,
    UNKNOWN,
    Verdict,
    judged_with_seal,
)
from engine.tables import certificate_issues, certificates, letters, licences

CERTIFICATE, LETTER = "证照", "文书"
LONGEST = 100  # characters of a number
ATTACHED = {"certificate.json": CERTIFICATE, "licence.json": SHEET, "letter.json": LETTER}
# The state of a certificate, or of a paper of it (Checked.state) → the verdict on it.
BY_STATE = {
    VALID: GOOD,
    CHANGED: ALTERED,
    PARTLY_VALID: ALTERED,
    SUSPENDED: ENDED,
    CANCELLED: ENDED,
    EXPIRED: ENDED,
}


def verify_text(db: Connection, given: str, now: datetime, ring: Ring) -> Verdict:
    """The verdict on a certificate named by its number, a licence's number, its code or its address.

    An address with a signed token is judged by that paper, too: forged, or an earlier issue. A licence that
    is not in force is judged by itself, however well its certificate stands without it.
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
    return _ended(checked.found, wanted) or _held(checked)


def verify_file(db: Connection, content: bytes, now: datetime, *, trust: Trust) -> Verdict:
    """The verdict on a PDF, by its bytes and its seal; cannot_tell where there is nothing to compare with."""
    sha256 = hashlib.sha256(content).hexdigest()
    if issue := _issue(db, certificate_issues.c.pdf_sha256 == sha256):
        seal = check_seal(content, trust, at=issue.rendered_at or now, now=now)
        return judged_with_seal(_printed(db, issue, now), seal)
    if sheet := sheet_with(db, sha256):
        seal = check_seal(content, trust, at=sheet.rendered_at or now, now=now)
        return judged_with_seal(judge_sheet(db, sheet, now), seal)
    if letter := letter_that(db, letters.c.pdf_sha256 == sha256):
        seal = check_seal(content, trust, at=letter.rendered_at or now, now=now)
        return judged_with_seal(judge_letter(db, letter, now), seal)
    try:
        attached = _attached(content)
    except Exception:  # a damaged file can break its reader in any way
        return Verdict(CANNOT_TELL, ("这不是能读的 PDF 文件。请换一份完整的文件。",))
    if attached is None:
        return Verdict(UNKNOWN, ("文件里没有证照或文书的数据，登记簿里也没有这个文件。它不是本系统签发的。",))
    found, seal = _registered(db, *attached), check_seal(content, trust, at=now, now=now)
    return replace(found, reasons=(*found.reasons, seal.says), as_issued=False)


def _registered(db: Connection, kind: str, number: str) -> Verdict:
    """The verdict on a file that says which paper it is, and is not what was issued."""
    if kind == SHEET:
        return judge_as_sheet(db, number)
    called = f"{kind} {number}"
    certificate = _issue(db, certificates.c.number == number) if kind == CERTIFICATE else None
    named = certificate or (letter_that(db, letters.c.number == number) if kind == LETTER else None)
    if named is None:
        return Verdict(UNKNOWN, (f"文件自称是{called}，但登记簿里没有这个编号。",), number)
    public_id = certificate.public_id if certificate else None
    if named.pdf_sha256 is None:
        reason = f"{called} 的文件还没有生成，没有可以比对的内容。请稍后再试。"
        return Verdict(CANNOT_TELL, (reason,), number, public_id)
    reason = f"文件与登记簿里的{called}不一致，可能被改动过。请以扫码查询结果为准。"
    return Verdict(ALTERED, (reason,), number, public_id)


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
    said = _held(Checked(found, paper_of(db, found, printed.issue)))
    return replace(said, reasons=(AS_REGISTERED, *said.reasons))


def _ended(found: PublicCertificate, number: str) -> Verdict | None:
    """The verdict on the licence that was named by its number; None for one in force, and for no licence."""
    for line in (*found.licences, *found.earlier):
        if line.number == number and line.state not in IN_FORCE:
            named = f"许可 {number}（{line.item}）：{line.state}。"
            whole = f"它所在的证照 {found.number} 现在：{found.state}。"
            return Verdict(ENDED, (named, whole), number, found.public_id)
    return None


def _held(checked: Checked) -> Verdict:
    """The verdict on the paper at hand, by the licences that it states; without one, on the certificate."""
    found, paper = checked.found, checked.paper
    if paper is not None and paper.wrong:
        return Verdict(ALTERED, (paper.wrong, "请不要采信这张证。"), found.number, found.public_id)
    now_said, verdict = _state(found), BY_STATE[checked.state]
    if paper is None or not checked.is_old:
        return now_said
    replaced = f"这是第{paper.issue}版，已被第{found.issue}版代替。请使用新的一版。"
    ended = ("这一版写的许可现在都无效。",) if verdict == ENDED else ()
    return replace(now_said, verdict=verdict, reasons=(replaced, *paper.changed, *ended, *now_said.reasons))


def _state(found: PublicCertificate) -> Verdict:
    """The verdict on a certificate by its licences as they now stand, naming those not as granted."""
    reasons = [f"证照状态：{found.state}。"]
    for line in found.licences:
        if line.state != VALID:
            reasons.append(f"{line.item}（{line.number}）：{line.state}。")
    return Verdict(BY_STATE[found.state], tuple(reasons), found.number, found.public_id)


def _attached(content: bytes) -> tuple[str, str] | None:
    """What the file says of itself, as every issued PDF does: its kind and number.

    None as well for a number that no database could hold: who made such a file wants to break something.
    """
    attachments = PdfReader(io.BytesIO(content)).attachments
    for name, kind in ATTACHED.items():
        if attached := attachments.get(name):
            facts = json.loads(attached[0])
            number = facts.get("number") if isinstance(facts, dict) else None
            if isinstance(number, str) and number.isprintable() and len(number) <= LONGEST:
                return kind, number
    return None
