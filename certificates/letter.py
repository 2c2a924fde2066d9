"""Promises a letter on paper: its words as frozen, in the layout of its deployment, as PDF/A-3a.

The layout is the designers' text and is not trusted: it sees its data, its day and a QR code, a folder with
nothing but the letter's own pictures, and the fonts that came with the program. Where it marks the place, the
signature draws the seal.
"""

import json
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from certificates.document import chinese_day, printed
from certificates.fonts import require_drawable, typst_fonts
from certificates.notice import texts_in
from certificates.paper import Paper
from certificates.qr import qr_svg
from certificates.typesetting import NotTypeset, inputs, place_in, set_as_pdf
from engine.letters.content import Content
from engine.letters.layout import forbidden_in

ATTACHED = "letter.json"
VERBATIM = ("sha256", "svg")  # parts of a picture that are no words
NO_PICTURES: Mapping[str, bytes] = {}
_own = threading.local()


def render_letter(
    content: Content, layout: str, *, url: str, pictures: Mapping[str, bytes] = NO_PICTURES
) -> Paper:
    """The letter as PDF/A-3a, its content attached as JSON; the same content and layout give the same bytes.

    `url` is where its QR code leads, `pictures` are its JPEGs by SHA-256. Raises MissingGlyph with the first
    character that the fonts cannot draw, NotTypeset for a layout that is wrong or reaches for what it was not
    given.
    """
    require_drawable(*texts_in(dict(content)), url)
    if found := next(forbidden_in(layout), None):
        raise NotTypeset(f"line {found[0]} of the layout uses {found[1]!r}")
    made_on = date.fromisoformat(content["issued_on"])
    values = {**_printed(content), "issued_on": chinese_day(made_on), "url": url}
    values["attachment"] = json.dumps(
        {"format": "onepermit.letter.1", **content}, ensure_ascii=False, indent=2
    )
    images = {"qr": qr_svg(url)}
    with _folder(pictures) as folder:
        pdf = set_as_pdf(_compiler(folder), layout.encode(), values, made_on, **images)
        return Paper(pdf, place_in(_marks(layout, folder, inputs(values, made_on, **images))))


def _marks(layout: str, folder: Path, given: dict[str, str]) -> str:
    """The layout's places for a seal, as typst tells; what was set just now is not set again for it."""
    return typst.query(layout.encode(), "<seal>", field="value", sys_inputs=given, **_world(folder))


def _printed(content: Content) -> dict[str, object]:
    """The content with places to break inside words too long for a line."""

    def within(value: object) -> object:
        if isinstance(value, str):
            return "\n".join(map(printed, value.splitlines()))
        if isinstance(value, Mapping):
            return {name: each if name in VERBATIM else within(each) for name, each in value.items()}
        return [within(each) for each in value] if isinstance(value, list) else value

    return {name: within(value) for name, value in content.items()}


@contextmanager
def _folder(pictures: Mapping[str, bytes]) -> Iterator[Path]:
    """The folder that the layout may read: these pictures and nothing else."""
    if not pictures:
        yield _nothing()
        return
    with tempfile.TemporaryDirectory(prefix="letter-") as folder:
        for sha256, content in pictures.items():
            (Path(folder) / f"{sha256}.jpg").write_bytes(content)
        yield Path(folder)


def _compiler(folder: Path) -> typst.Compiler:
    """A compiler whose whole world is this folder; of the empty one it is this thread's own."""
    if folder != _nothing():
        return typst.Compiler(**_world(folder))
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(**_world(folder))
    kept: typst.Compiler = _own.compiler
    return kept


def _world(folder: Path) -> dict[str, Any]:
    """All that a layout may reach: our fonts, and this folder."""
    places = {"root": folder, "package_path": _nothing(), "package_cache_path": _nothing()}
    return {**places, "font_paths": typst_fonts(), "ignore_system_fonts": True}


@cache
def _nothing() -> Path:
    """An empty folder, for as long as the process lives."""
    folder = tempfile.TemporaryDirectory(prefix="letters-")
    _kept.append(folder)
    return Path(folder.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []
