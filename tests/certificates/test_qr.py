"""The QR code on the printed page opens the certificate's own address."""

import itertools
import secrets

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from certificates.document import render
from certificates.qr import ALPHABET, new_public_id, qr_svg
from tests.certificates.examples import URL, certificate


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    """The page as a scanner of 150 dpi sees it."""
    with pypdfium2.PdfDocument(render(certificate(), url=URL).pdf) as document:
        return document[0].render(scale=150 / 72).to_pil().convert("L")


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("degrees", [0, 4, 30, 90, 180, 263])
def test_the_code_is_read_at_150_dpi_however_the_paper_lies(paper: Image.Image, degrees: int) -> None:
    assert read(paper.rotate(degrees, expand=True, fillcolor=255)) == [URL]


def test_a_long_address_is_read_too(paper: Image.Image) -> None:
    url = "https://permit.a-rather-long-name-of-a-city.example.gov.cn/v/k7m2p9xq4w"
    with pypdfium2.PdfDocument(render(certificate(), url=url).pdf) as document:
        assert read(document[0].render(scale=150 / 72).to_pil()) == [url]


def test_the_code_is_vector_paths_with_a_quiet_zone() -> None:
    drawn = qr_svg(URL)
    assert "<image" not in drawn
    assert 'd="M4 4h7v1h-7z' in drawn


def test_a_public_id_is_ten_characters_without_look_alikes() -> None:
    made = new_public_id(secrets.token_bytes)
    assert len(made) == 10
    assert set(made) <= set(ALPHABET)
    assert not set("01lo") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32


def test_every_character_of_a_public_id_is_equally_likely() -> None:
    counter = itertools.count()

    def all_bytes_in_turn(count: int) -> bytes:
        return bytes(next(counter) % 256 for _ in range(count))

    drawn = "".join(new_public_id(all_bytes_in_turn) for _ in range(128))
    assert {drawn.count(character) for character in ALPHABET} == {40}
