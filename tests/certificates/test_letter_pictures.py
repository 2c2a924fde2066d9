"""A letter shows its pictures over their words, prints the same again, and sees no picture but its own."""

import hashlib
import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from sqlalchemy import Connection, update

from certificates.letter import render_letter
from certificates.letter_rendering import print_letter
from certificates.typesetting import NotTypeset
from engine.blobs import read_blob, write_blob
from engine.inspections.strokes import svg_of
from engine.letters.content import Content, Paragraph, Picture, pictures_in
from engine.letters.reading import LAYOUT
from engine.tables import letters
from tests.certificates.pdf_a import faults
from tests.certificates.test_letter import URL, text_of
from tests.certificates.test_letter_rendering import BASE, refused
from tests.certificates.test_register import NOW
from tests.engine.letters.samples import happened, letter
from tests.filing import files
from tests.sealing import trial_seal


def a_photo(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (480, 360), colour).save(made, "JPEG")
    return made.getvalue()


PHOTOS = {hashlib.sha256(each).hexdigest(): each for each in map(a_photo, ("red", "green", "blue", "grey"))}
SIGNATURE = svg_of([[(100, 100), (300, 200), (500, 120)], [(600, 90)]])


def with_pictures() -> Content:
    """A letter with four photos and a signature behind its words."""
    content = letter("refusal", happened("refused"))
    photos = [Picture(caption=f"第{n}项 甲", sha256=each, svg="") for n, each in enumerate(PHOTOS, 1)]
    signed = [Picture(caption="王勘察（张店区行政审批服务局）", sha256="", svg=SIGNATURE)]
    body = [
        *content["body"],
        *(Paragraph(text="", head=[], widths=[], rows=[], pictures=each) for each in (photos, signed)),
    ]
    return Content(**{**content, "body": body})


def printed(content: Content) -> bytes:
    return render_letter(content, files()[LAYOUT], url=URL, pictures=PHOTOS).pdf


def test_photos_and_signatures_stand_over_their_words_in_pdf_a() -> None:
    pdf = printed(with_pictures())
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert faults(pdf) == []
    photos = [image for page in reader.pages for image in page.images if image.name.endswith(".jpg")]
    assert len(photos) == 4
    assert "第4项甲" in text_of(pdf) and "王勘察（张店区行政审批服务局）" in text_of(pdf)


def test_who_signed_on_paper_stands_among_the_signatures_with_a_photo() -> None:
    content = with_pictures()
    content["body"][-1]["pictures"].insert(0, Picture(caption="李现场", sha256=next(iter(PHOTOS)), svg=""))
    assert faults(pdf := printed(content)) == []
    assert "李现场" in text_of(pdf)


def test_a_letter_with_pictures_gives_the_same_bytes_again() -> None:
    assert printed(with_pictures()) == printed(with_pictures())


def test_a_letter_sees_no_pictures_of_another_letter() -> None:
    printed(with_pictures())
    one = next(iter(PHOTOS))
    with pytest.raises(NotTypeset):
        render_letter(
            letter("refusal", happened("refused")), f'{files()[LAYOUT]}\n#image("/{one}.jpg")', url=URL
        )


def test_the_pictures_of_a_letter_come_from_the_store_when_it_is_printed(
    db: Connection, tmp_path: Path
) -> None:
    written = refused(db)
    content = with_pictures()
    db.execute(update(letters).where(letters.c.id == written.id).values(content=content))
    with pytest.raises(FileNotFoundError):
        print_letter(db, written.id, blobs=tmp_path, base_url=BASE, seal=trial_seal(), now=NOW)
    for each in PHOTOS.values():
        write_blob(tmp_path, each)
    pdf = read_blob(
        tmp_path, print_letter(db, written.id, blobs=tmp_path, base_url=BASE, seal=trial_seal(), now=NOW)
    )
    assert pictures_in(content) == set(PHOTOS)
    assert len([image for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for image in page.images]) >= 4
