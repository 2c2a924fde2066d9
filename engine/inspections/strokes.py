"""Promises a signature on a screen as lines of points and nothing else: no image that somebody else made.

A signature is a list of lines, a line a list of points [x, y]: whole numbers from 0 to 1000, y downwards,
both in the same unit, so that the pad's shape makes no difference.
"""

from collections.abc import Sequence

Strokes = tuple[tuple[tuple[int, int], ...], ...]

MOST_STROKES = 200
MOST_POINTS = 5_000  # of all lines together
FARTHEST = 1_000
MARGIN = 20  # around the lines, in their unit
PEN = 9  # width of a line, in the same unit


def read_strokes(raw: object) -> Strokes | None:
    """The lines as sent by a page, or None for anything that is no signature within the bounds."""
    if not isinstance(raw, list) or not 0 < len(raw) <= MOST_STROKES:
        return None
    if not all(isinstance(line, list) and line for line in raw) or sum(map(len, raw)) > MOST_POINTS:
        return None
    if not all(_is_point(point) for line in raw for point in line):
        return None
    return tuple(tuple((point[0], point[1]) for point in line) for line in raw)


def svg_of(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """The signature as an SVG that is as large as its lines; the same lines give the same text."""
    across, down = ([point[axis] for line in strokes for point in line] for axis in (0, 1))
    left, top = min(across) - MARGIN, min(down) - MARGIN
    width, height = max(across) - left + MARGIN, max(down) - top + MARGIN
    lines = "".join(f'<polyline points="{_points(line)}"/>' for line in strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" width="{width}" '
        f'height="{height}" fill="none" stroke="#1d2022" stroke-width="{PEN}" stroke-linecap="round" '
        f'stroke-linejoin="round">{lines}</svg>'
    )


def _is_point(point: object) -> bool:
    return isinstance(point, list) and len(point) == 2 and all(map(_is_within, point))


def _is_within(value: object) -> bool:
    return type(value) is int and 0 <= value <= FARTHEST


def _points(line: Sequence[Sequence[int]]) -> str:
    """A dot is drawn as a line of one unit, for one without length may show nothing."""
    drawn = line if len(line) > 1 else [*line, (line[0][0] + 1, line[0][1])]
    return " ".join(f"{point[0]},{point[1]}" for point in drawn)
