"""Promises characters as outlines in the operators of PDF, so that a seal needs no font where it is shown."""

from functools import cache
from threading import Lock

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from certificates.fonts import MissingGlyph, font_files

_alone = Lock()  # a font reads its tables when they are first wanted, which two threads may not do at once


class OperatorPen(BasePen):  # type: ignore[misc]  # fontTools has no annotations
    """Draws what fontTools tells it as path operators (ISO 32000, 8.5.2)."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self.operators.append("{:.2f} {:.2f} m".format(*point))

    def _lineTo(self, point: tuple[float, float]) -> None:
        self.operators.append("{:.2f} {:.2f} l".format(*point))

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        numbers = " ".join(f"{x:.2f} {y:.2f}" for x, y in points)
        self.operators.append(f"{numbers} c")

    def _closePath(self) -> None:
        self.operators.append("h")


def outline(character: str, placed: Transform) -> str:
    """The outline of a character whose em is 1, `placed` on the page. Raises MissingGlyph."""
    with _alone:
        for font in _fonts():
            if name := font.getBestCmap().get(ord(character)):
                glyphs = font.getGlyphSet()
                pen = OperatorPen(glyphs)
                em = 1 / font["head"].unitsPerEm
                glyphs[name].draw(TransformPen(pen, placed.scale(em, em)))
                return " ".join(pen.operators)
    raise MissingGlyph(character)


@cache
def _fonts() -> tuple[TTFont, ...]:
    """The fonts in their order, open for as long as the process lives; of a collection the first member."""
    return tuple(TTFont(path, lazy=True, fontNumber=0) for path in font_files())
