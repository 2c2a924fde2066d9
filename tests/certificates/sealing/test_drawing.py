"""The seal is drawn as shapes: round, with its star and its name, and refuses what no font draws."""

import io
import re
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from certificates.fonts import MissingGlyph
from certificates.sealing import outlines
from certificates.sealing.drawing import SIDE, seal_drawing


def seen(name: str, below: str = "") -> Image.Image:
    """The seal on a page of its own size, 420 pixels across."""
    writer, made = PdfFileWriter(), io.BytesIO()
    stream = writer.add_object(generic.StreamObject(stream_data=seal_drawing(name, below)))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, SIDE, SIDE)))
    writer.write(made)
    with pypdfium2.PdfDocument(made.getvalue()) as document:
        return document[0].render(scale=420 / SIDE).to_pil().convert("RGB").resize((420, 420))


def is_red(picture: Image.Image, x: int, y: int) -> bool:
    red, green, _ = picture.getpixel((x, y))  # type: ignore[misc]  # RGB gives three
    return bool(red > 150 and green < 100)


def test_the_seal_is_a_red_ring_around_a_star_on_nothing() -> None:
    picture = seen("张店区行政审批服务局")
    assert all(is_red(picture, *point) for point in ((210, 210), (7, 210), (413, 210), (210, 7), (210, 413)))
    assert not any(is_red(picture, *point) for point in ((2, 2), (210, 300), (418, 418)))


def test_the_name_stands_on_an_arc_and_every_character_of_it_is_drawn() -> None:
    name = "淄博市张店区行政审批服务局"
    assert len(set(name)) == len(name)
    shapes = [len(seal_drawing(name[:length])) for length in range(1, len(name) + 1)]
    assert shapes == sorted(set(shapes))
    words = re.sub(rb"[\d. \-]+", b"", seal_drawing(name))
    assert b"Tf" not in words and b"Do" not in words  # no font and no picture


def test_a_seal_for_trial_says_so_at_its_foot() -> None:
    plain, trial = seen("张店区行政审批服务局"), seen("张店区行政审批服务局", "试用")
    foot = (170, 355, 250, 395)
    assert not reddish(plain.crop(foot)) and reddish(trial.crop(foot))


def reddish(picture: Image.Image) -> bool:
    return any(is_red(picture, x, y) for x in range(0, picture.width, 2) for y in range(0, picture.height, 2))


def test_threads_that_draw_at_once_draw_what_one_draws() -> None:
    for font in outlines._fonts():
        font.close()
    outlines._fonts.cache_clear()  # as in a worker that has just begun
    names = [f"{each}区行政审批服务局" for each in "淄川张店博山临周"]
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(seal_drawing.__wrapped__, names))
    assert drawn == [seal_drawing(name) for name in names]


@pytest.mark.parametrize("name", ["某", "𠮷𰻝局", "淄博市" * 8])
def test_short_rare_and_long_names_are_drawn(name: str) -> None:
    assert seal_drawing(name).endswith(b"B Q")


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyph) as refused:
        seal_drawing("张店🍜局")
    assert refused.value.character == "🍜"
