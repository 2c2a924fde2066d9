"""Promises that a letter is printed once, kept under the hash of its bytes, and never worded anew."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, select, update

from certificates.letter import render_letter
from engine.blobs import read_blob, write_blob
from engine.database import transaction
from engine.deployments import load
from engine.errors import NotFound, Refusal
from engine.incidents import LETTER, close_incidents, explained, open_incident
from engine.letters.content import pictures_in
from engine.letters.reading import LAYOUT
from engine.settings import Settings
from engine.tables import cases, letters


def print_letter(db: Connection, letter_id: int, *, blobs: Path, base_url: str, now: datetime) -> str:
    """Print a letter in the layout of its case's deployment; returns the SHA-256 (hex) of the PDF.

    One that was printed before is left alone. NotFound without such a letter, MissingGlyph when a character
    cannot be drawn, NotTypeset when the layout is wrong.
    """
    found = _letter(db, letter_id, lock=True)
    if found.pdf_sha256 is not None:
        return str(found.pdf_sha256)
    layout = load(db, found.deployment_id).files[LAYOUT]
    pictures = {each: read_blob(blobs, each) for each in pictures_in(found.content)}
    pdf = render_letter(found.content, layout, url=case_url(base_url, found.case_number), pictures=pictures)
    sha256 = write_blob(blobs, pdf)
    this = update(letters).where(letters.c.id == letter_id)
    db.execute(this.values(pdf_sha256=sha256, rendered_at=now))
    return sha256


def case_url(base_url: str, number: str) -> str:
    """The address that a letter's QR code opens: the case, for its applicant."""
    return f"{base_url.rstrip('/')}/cases/{number}"


def letter_printer(settings: Settings) -> Callable[[Engine, int, datetime], None]:
    """What the worker calls to print a letter, with this machine's folder and address.

    A failure becomes an incident of the case, the letter's id its task; printing it later closes that.
    """

    def print_one(engine: Engine, letter_id: int, now: datetime) -> None:
        try:
            with transaction(engine) as db:
                print_letter(db, letter_id, blobs=settings.blobs, base_url=settings.base_url, now=now)
                case_id = _letter(db, letter_id).case_id
                close_incidents(db, case_id, LETTER, now, task_id=str(letter_id))
        except NotFound:
            raise  # no letter, so no case that an incident could be of
        except Exception as error:
            with transaction(engine) as db:
                _note(db, letter_id, error, now)
            raise

    return print_one


def _letter(db: Connection, letter_id: int, *, lock: bool = False) -> Row[Any]:
    query = (
        select(letters, cases.c.deployment_id, cases.c.number.label("case_number"))
        .join_from(letters, cases)
        .where(letters.c.id == letter_id)
    )
    found = db.execute(query.with_for_update(of=letters) if lock else query).one_or_none()
    if found is None:
        raise NotFound("没有这份文书。")
    return found


def _note(db: Connection, letter_id: int, error: Exception, now: datetime) -> None:
    found = _letter(db, letter_id)
    reason = f"{error.says}{error.do}" if isinstance(error, Refusal) else "系统会再试；也可以由督查人员重试。"
    says = f"《{found.name}》（{found.number}）的文件没有生成。{reason}"
    open_incident(db, found.case_id, str(letter_id), LETTER, says, explained(error), now)
