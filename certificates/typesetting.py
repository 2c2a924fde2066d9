"""Promises PDF/A-3a bytes from a template beside this module and a dict of plain values.

The values travel to typst as JSON, never as markup, so that nothing a person typed can act in the template.
"""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

import typst

from certificates.fonts import MissingGlyph, typst_fonts
from certificates.paper import Paper, Place

TEMPLATES = Path(__file__).parent
Template = TypeVar("Template", Path, bytes)
# typst speaks English; this is how it names the first character that no font draws.
NO_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

_own = threading.local()


class NotTypeset(RuntimeError):
    """A template could not be set as PDF/A: a fault of the program, not of the person."""


def compiler() -> typst.Compiler:
    """This thread's compiler: one that two threads share refuses the second."""
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(root=TEMPLATES, font_paths=typst_fonts(), ignore_system_fonts=True)
    kept: typst.Compiler = _own.compiler
    return kept


def typeset(template: str, values: Mapping[str, object], made_on: date, **images: str) -> bytes:
    """The PDF/A-3a of `template` (a file name), with `values` as its data and `images` as named SVG texts.

    The same values and day give the same bytes. Raises `MissingGlyph` for a character no font draws.
    """
    return set_as_pdf(compiler(), TEMPLATES / template, values, made_on, **images)


def typeset_for_seal(template: str, values: Mapping[str, object], made_on: date, **images: str) -> Paper:
    """The same, with the place that the template marks for the seal (`<seal>`)."""
    pdf = typeset(template, values, made_on, **images)
    return Paper(pdf, place_in(compiler().query("<seal>", field="value")))


def place_in(marks: str) -> Place | None:
    """The place of the last mark in a query's JSON (here().position() of typst); None without one."""
    found = json.loads(marks)
    if not found:
        return None
    return Place(found[-1]["page"], *(float(found[-1][axis].removesuffix("pt")) for axis in ("x", "y")))


def set_as_pdf(
    compiler: typst.Compiler,
    template: Template,
    values: Mapping[str, object],
    made_on: date,
    **images: str,
) -> bytes:
    """The same of a template's file or text, by a compiler that sees no more than it should."""
    day = datetime.combine(made_on, time(), UTC)
    given = inputs(values, made_on, **images)
    try:
        pdf = compiler.compile(template, format="pdf", sys_inputs=given, pdf_standards="a-3a", timestamp=day)
    except typst.TypstError as error:
        raise _plain(error) from error
    if not isinstance(pdf, bytes):
        raise NotTypeset("the template gave no PDF")
    return pdf


def inputs(values: Mapping[str, object], made_on: date, **images: str) -> dict[str, str]:
    """What a template finds in sys.inputs: its data as JSON, its day, its images."""
    return {"data": json.dumps(values, ensure_ascii=False), "made_on": made_on.isoformat(), **images}


def _plain(error: typst.TypstError) -> Exception:
    """The error as the rest of the program knows it."""
    if found := NO_GLYPH.search(error.message):
        text = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])
        return MissingGlyph(text[0], text)
    return NotTypeset(f"{error.message}\n{error.diagnostic}")
