"""Promises that a letter is printed and sealed once, kept under its hash, and never worded anew."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update

from certificates.letter import render_letter
from certificates.printer import Printed, printer
from certificates.sealing.opening import seal_opener
from certificates.sealing.pades import sealed
from certificates.sealing.signer import Seal
from engine.blobs import read_blob, write_blob
from engine.deployments import load
from engine.errors import NotFound
from engine.incidents import LETTER
from engine.letters.content import pictures_in
from engine.letters.reading import LAYOUT
from engine.settings import Settings
from engine.tables import cases, letters


def print_letter(
    db: Connection, letter_id: int, *, blobs: Path, base_url: str, seal: Seal, now: datetime
) -> str:
    """Print a letter in the layout of its case's deployment and seal it in the name of its issuer.

    Returns the SHA-256 (hex) of the PDF. One that was printed before is left alone. NotFound without such a
    letter, MissingGlyph when a character cannot be drawn, NotTypeset when the layout is wrong, WrongSeal when
    the seal cannot be used.
    """
    query = (
        select(letters, cases.c.deployment_id, cases.c.number.label("case_number"))
        .join_from(letters, cases)
        .where(letters.c.id == letter_id)
    )
    found = db.execute(query.with_for_update(of=letters)).one_or_none()
    if found is None:
        raise NotFound("没有这份文书。")
    if found.pdf_sha256 is not None:
        return str(found.pdf_sha256)
    layout = load(db, found.deployment_id).files[LAYOUT]
    pictures = {each: read_blob(blobs, each) for each in pictures_in(found.content)}
    url = case_url(base_url, found.case_number)
    paper = render_letter(found.content, layout, url=url, pictures=pictures)
    reason = f"《{found.name}》{found.number}"
    sha256 = write_blob(blobs, sealed(paper, seal, issuer=found.issuer, reason=reason, at=now))
    this = update(letters).where(letters.c.id == letter_id)
    db.execute(this.values(pdf_sha256=sha256, rendered_at=now))
    return sha256


def case_url(base_url: str, number: str) -> str:
    """The address that a letter's QR code opens: the case, for its applicant."""
    return f"{base_url.rstrip('/')}/cases/{number}"


def letter_printer(settings: Settings) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to print a letter, with this machine's folder, address and seal (see printer)."""
    seal = seal_opener(settings)

    def print_one(db: Connection, letter_id: int, now: datetime) -> None:
        print_letter(db, letter_id, blobs=settings.blobs, base_url=settings.base_url, seal=seal(now), now=now)

    return printer(LETTER, print_one, _about)


def _about(db: Connection, letter_id: int) -> Printed:
    columns = (letters.c.case_id, letters.c.name, letters.c.number)
    found = db.execute(select(*columns).where(letters.c.id == letter_id)).one()
    return Printed(found.case_id, f"《{found.name}》（{found.number}）的文件")
