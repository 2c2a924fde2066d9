"""Promises that an issue of a certificate is printed once and kept under the hash of its bytes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from certificates.document import render
from certificates.facts import read_facts
from engine.blobs import write_blob
from engine.database import transaction
from engine.errors import NotFound
from engine.settings import Settings
from engine.tables import certificate_issues, certificates

BLOBS = "blobs"


def render_issue(db: Connection, issue_id: int, *, blobs: Path, base_url: str, now: datetime) -> str:
    """Print an issue, keep the PDF under `blobs` and its SHA-256 (hex) in the register; the hash is returned.

    An issue that was printed before is left alone. NotFound without such an issue, MissingGlyph when a
    character cannot be drawn.
    """
    query = (
        select(certificate_issues, certificates.c.public_id)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .where(certificate_issues.c.id == issue_id)
        .with_for_update(of=certificate_issues)
    )
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound("没有这一次签发。")
    if found.pdf_sha256 is not None:
        return str(found.pdf_sha256)
    sha256 = write_blob(blobs, render(read_facts(found.content), url=public_url(base_url, found.public_id)))
    this = update(certificate_issues).where(certificate_issues.c.id == issue_id)
    db.execute(this.values(pdf_sha256=sha256, rendered_at=now))
    return sha256


def public_url(base_url: str, public_id: str) -> str:
    """The address that a certificate's QR code opens."""
    return f"{base_url.rstrip('/')}/v/{public_id}"


def renderer(settings: Settings) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to print an issue, with this machine's folder and address."""

    def print_issue(engine: Engine, issue_id: int, now: datetime) -> None:
        with transaction(engine) as db:
            render_issue(db, issue_id, blobs=settings.var / BLOBS, base_url=settings.base_url, now=now)

    return print_issue
