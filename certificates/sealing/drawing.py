"""Promises the round seal of an office as lines and outlines in the operators of PDF.

As for seals of state organs (国发〔1999〕25号): 42 mm across, a star in the middle, the name around it from
left to right. Red on nothing: what lies below stays readable.
"""

import math
from functools import lru_cache
from itertools import pairwise

from fontTools.misc.transform import Transform

from certificates.sealing.outlines import outline

SIDE = 42 / 25.4 * 72  # points
RED = "0.78 0.07 0.09"
# All that follows in units of which the seal has 200 across, its middle at 0, up being positive.
RING, RING_WIDTH = 96.5, 5.2
STAR = 31.0
NAME_RADIUS, NAME_HEIGHT, NAME_MIDDLE = (
    73.5,
    27.0,
    0.38,
)  # the middle of a character above its baseline, in em
WIDEST_ARC, ARC_OF_ONE = 268.0, 24.0  # degrees
BELOW_HEIGHT, BELOW_BASELINE = 15.0, -81.0
ROUND = 0.5523  # how far a Bézier's handles reach that draws a quarter of a circle


@lru_cache(maxsize=64)
def seal_drawing(name: str, below: str = "") -> bytes:
    """The seal with this name, in a square of SIDE; `below` stands at its foot.

    Raises MissingGlyph for a character that no font has.
    """
    shapes = " ".join([*_around(name), *_line(below)])
    half = SIDE / 200
    middle = SIDE / 2
    return (
        f"q {half:.4f} 0 0 {half:.4f} {middle:.3f} {middle:.3f} cm {RED} RG {RED} rg "
        f"{RING_WIDTH} w {_circle(RING)} S {_star(STAR)} f 0.9 w 1 j {shapes} B Q"
    ).encode()


def _circle(radius: float) -> str:
    handle = radius * ROUND
    corners = [(radius, 0.0), (0.0, radius), (-radius, 0.0), (0.0, -radius), (radius, 0.0)]
    parts = [f"{radius} 0 m"]
    for (x, y), (to_x, to_y) in pairwise(corners):
        first = (x - y / radius * handle, y + x / radius * handle)
        second = (to_x + to_y / radius * handle, to_y - to_x / radius * handle)
        parts.append("{:.2f} {:.2f} {:.2f} {:.2f} {:.2f} {:.2f} c".format(*first, *second, to_x, to_y))
    return " ".join([*parts, "h"])


def _star(radius: float) -> str:
    """A star of five points, one of them up; its inner corners lie where the lines of a pentagram cross."""
    corners = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.381966
        angle = math.pi * corner / 5
        corners.append(f"{reach * math.sin(angle):.2f} {reach * math.cos(angle):.2f}")
    return f"{corners[0]} m " + " ".join(f"{each} l" for each in corners[1:]) + " h"


def _around(name: str) -> list[str]:
    """The characters on their arc, narrower the more there are."""
    span = min(WIDEST_ARC, ARC_OF_ONE * len(name))
    step = span / max(1, len(name) - 1)
    width = min(NAME_HEIGHT * 0.86, math.radians(step) * NAME_RADIUS * 0.94)
    drawn = []
    for place, character in enumerate(name):
        turned = math.radians(span / 2 - step * place) if len(name) > 1 else 0.0
        placed = Transform().rotate(turned).translate(0, NAME_RADIUS).scale(width, NAME_HEIGHT)
        drawn.append(outline(character, placed.translate(-0.5, -NAME_MIDDLE)))
    return drawn


def _line(text: str) -> list[str]:
    left = -len(text) / 2 * BELOW_HEIGHT
    return [
        outline(
            character,
            Transform(BELOW_HEIGHT, 0, 0, BELOW_HEIGHT, left + place * BELOW_HEIGHT, BELOW_BASELINE),
        )
        for place, character in enumerate(text)
    ]
