"""Promises the operating manual (标准化操作手册) on paper: the page's words as PDF/A-3a."""

from functools import lru_cache

from certificates.fonts import require_drawable
from certificates.notice import texts_in
from certificates.plain import plain
from certificates.typesetting import typeset
from engine.guide.manual import Manual

KEPT = 16


@lru_cache(maxsize=KEPT)
def manual_pdf(manual: Manual) -> bytes:
    """The manual on A4; the same manual gives the same bytes.

    Raises MissingGlyph naming the first character that the fonts cannot draw.
    """
    values = plain(manual)
    require_drawable(*texts_in(values))
    return typeset("manual.typ", values, manual.published_on)
