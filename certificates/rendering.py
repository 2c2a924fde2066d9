"""Promises that an issue of a certificate is printed once and kept under the hash of its bytes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from certificates.document import render
from certificates.facts import read_facts
from certificates.sheets import print_sheets
from engine.blobs import write_blob
from engine.database import transaction
from engine.errors import NotFound, Refusal
from engine.incidents import RENDERING, close_incidents, explained, open_incident
from engine.settings import Settings
from engine.tables import certificate_issues, certificates


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
    print_sheets(db, issue_id, url=public_url(base_url, found.public_id), blobs=blobs, now=now)
    sha256 = write_blob(blobs, render(read_facts(found.content), url=public_url(base_url, found.public_id)))
    this = update(certificate_issues).where(certificate_issues.c.id == issue_id)
    db.execute(this.values(pdf_sha256=sha256, rendered_at=now))
    return sha256


def public_url(base_url: str, public_id: str) -> str:
    """The address that a certificate's QR code opens."""
    return f"{base_url.rstrip('/')}/v/{public_id}"


def renderer(settings: Settings) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to print an issue, with this machine's folder and address.

    A failure becomes an incident of the case, the issue's id its task; printing it later closes that.
    """

    def print_issue(engine: Engine, issue_id: int, now: datetime) -> None:
        try:
            with transaction(engine) as db:
                render_issue(db, issue_id, blobs=settings.blobs, base_url=settings.base_url, now=now)
                found = _issue(db, issue_id)
                close_incidents(db, found.case_id, RENDERING, now, task_id=str(issue_id))
        except NotFound:
            raise  # no issue, so no case that an incident could be of
        except Exception as error:
            with transaction(engine) as db:
                _note(db, issue_id, error, now)
            raise

    return print_issue


def _issue(db: Connection, issue_id: int) -> Row[Any, Any, Any]:
    columns = (certificates.c.case_id, certificates.c.number, certificate_issues.c.issue)
    query = select(*columns).join_from(certificate_issues, certificates)
    return db.execute(query.where(certificate_issues.c.id == issue_id)).one()


def _note(db: Connection, issue_id: int, error: Exception, now: datetime) -> None:
    found = _issue(db, issue_id)
    reason = f"{error.says}{error.do}" if isinstance(error, Refusal) else "系统会再试；也可以由督查人员重试。"
    says = f"证照 {found.number} 第{found.issue}次签发没有生成。{reason}"
    open_incident(db, found.case_id, str(issue_id), RENDERING, says, explained(error), now)
