"""Promises each licence on a sheet of its own for holders who want that beside the certificate.

The sheet carries its facts as `licence.json`, so that a changed file still tells which licence it is about.
A licence gets a new sheet when what it states differs from the issue before, and with each further copy.
"""

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from certificates.document import as_printed
from certificates.facts import CertificateData, LicenceLine, read_facts, write_facts
from certificates.fonts import require_drawable
from certificates.paper import Paper
from certificates.qr import qr_svg
from certificates.sealing.pades import sealed
from certificates.sealing.signer import Seal
from certificates.typesetting import typeset_for_seal
from engine.blobs import write_blob
from engine.tables import licence_sheets, licences


def add_sheets(
    db: Connection,
    certificate_id: int,
    issue_id: int,
    stated: CertificateData,
    before: CertificateData | None,
    now: datetime,
) -> None:
    """A sheet for each licence that this issue states otherwise than the last; for a further copy all."""
    changed = _changed(stated, before) or stated.licences
    numbers = [line.number for line in changed]
    match = (licences.c.certificate_id == certificate_id, licences.c.number.in_(numbers))
    query = select(licences.c.id, licences.c.number, licences.c.document).where(*match)
    found = {row.number: row for row in db.execute(query)}
    rows = [
        {
            "licence_id": found[line.number].id,
            "issue_id": issue_id,
            "content": write_facts(replace(stated, title=found[line.number].document, licences=(line,))),
            "issued_at": now,
        }
        for line in changed
    ]
    db.execute(insert(licence_sheets), rows)


def print_sheets(db: Connection, issue_id: int, *, url: str, blobs: Path, seal: Seal, now: datetime) -> None:
    """Print and seal an issue's sheets that are not printed yet; MissingGlyph for what cannot be drawn."""
    query = select(licence_sheets.c.id, licence_sheets.c.content)
    waiting = query.where(licence_sheets.c.issue_id == issue_id, licence_sheets.c.pdf_sha256.is_(None))
    for row in db.execute(waiting.order_by(licence_sheets.c.id)).all():
        stated = read_facts(row.content)
        (line,) = stated.licences
        reason = f"{stated.title} {line.number}"
        paper = render_sheet(stated, url=url)
        sha256 = write_blob(blobs, sealed(paper, seal, issuer=line.decider, reason=reason, at=now))
        this = update(licence_sheets).where(licence_sheets.c.id == row.id)
        db.execute(this.values(pdf_sha256=sha256, rendered_at=now))


def render_sheet(stated: CertificateData, *, url: str) -> Paper:
    """The only licence of `stated` as PDF/A-3a on one sheet of A4, whose QR code opens `url`."""
    require_drawable(*stated.texts(), url)
    values = {**as_printed(stated), "url": url, "attachment": _attachment(stated, url=url)}
    return typeset_for_seal("sheet.typ", values, stated.issued_on, qr=qr_svg(url))


def _attachment(stated: CertificateData, *, url: str) -> str:
    """The text of `licence.json`: the sheet's facts for machines, days as ISO 8601."""
    (line,) = stated.licences
    face = ("issue", "issued_on", "operator", "legal_representative", "address", "uscc")
    facts = {
        "format": "onepermit.licence.1",
        "title": stated.title,
        **asdict(line),
        "certificate": stated.number,
        **{name: getattr(stated, name) for name in face},
        "verify_at": url,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2, default=date.isoformat) + "\n"


def _changed(stated: CertificateData, before: CertificateData | None) -> tuple[LicenceLine, ...]:
    """The licences that are new or stated otherwise; all of them when what stands above them differs."""
    if before is None or _face(stated) != _face(before):
        return stated.licences
    return tuple(line for line in stated.licences if line not in before.licences)


def _face(stated: CertificateData) -> CertificateData:
    return replace(stated, licences=(), issue=1, issued_on=date.min)
