"""Promises that an issue of a certificate is printed and sealed once, and kept under its hash."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from certificates.code.address import code_url, without_token
from certificates.code.ring import Ring, open_ring
from certificates.document import render
from certificates.facts import read_facts
from certificates.printer import Printed, printer
from certificates.sealing.opening import seal_opener
from certificates.sealing.pades import sealed
from certificates.sealing.signer import Seal
from certificates.sheets import print_sheets
from engine.blobs import write_blob
from engine.errors import NotFound
from engine.incidents import RENDERING
from engine.settings import Settings
from engine.tables import certificate_issues, certificates


def render_issue(
    db: Connection, issue_id: int, *, blobs: Path, ring: Ring, base_url: str, seal: Seal, now: datetime
) -> str:
    """Print and seal an issue; the PDF stays under `blobs`, its SHA-256 (hex) in the register.

    Its QR code is signed by the newest key of `ring`, whose number the register keeps. An issue that was
    printed before is left alone. NotFound without such an issue, MissingGlyph when a character cannot be
    drawn, WrongSeal when the seal cannot be used.
    """
    query = (
        select(certificate_issues, certificates.c.public_id, certificates.c.list_index)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .where(certificate_issues.c.id == issue_id)
        .with_for_update(of=certificate_issues)
    )
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound("没有这一版证照。")
    if found.pdf_sha256 is not None:
        return str(found.pdf_sha256)
    stated = read_facts(found.content)
    code = code_url(ring, base_url, found.public_id, stated, found.list_index)
    paper = render(stated, url=without_token(code), code=code)
    reason = f"{stated.title} {stated.number} 第{stated.issue}版"
    print_sheets(db, issue_id, url=without_token(code), blobs=blobs, seal=seal, now=now)
    sha256 = write_blob(blobs, sealed(paper, seal, issuer=stated.issuer, reason=reason, at=now))
    this = update(certificate_issues).where(certificate_issues.c.id == issue_id)
    db.execute(this.values(pdf_sha256=sha256, rendered_at=now, kid=ring.kid))
    return sha256


def renderer(settings: Settings) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to print an issue, with this machine's folder, address and seal (see printer)."""
    seal = seal_opener(settings)

    def print_one(db: Connection, issue_id: int, now: datetime) -> None:
        ring, base_url = open_ring(settings.keys), settings.base_url
        render_issue(
            db, issue_id, blobs=settings.blobs, ring=ring, base_url=base_url, seal=seal(now), now=now
        )

    return printer(RENDERING, print_one, _about)


def _about(db: Connection, issue_id: int) -> Printed:
    columns = (certificates.c.case_id, certificates.c.number, certificate_issues.c.issue)
    query = select(*columns).join_from(certificate_issues, certificates)
    found = db.execute(query.where(certificate_issues.c.id == issue_id)).one()
    return Printed(found.case_id, f"证照 {found.number} 第{found.issue}版")
