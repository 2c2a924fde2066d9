"""Promises the certificate's fine-line ornament as SVG: one unbroken woven frame and a faint rosette.

All lengths are millimetres. The lines are computed, not drawn by hand, so that they stay sharp at any size
and a copier loses them; colours are plain (no transparency), which keeps the pages valid PDF/A.
"""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

Point = tuple[float, float]
Walk = Callable[[float], tuple[float, float, float, float]]  # distance → x, y and the outward normal

GOLD = "#c3a877"
CELADON = "#8fb0a6"
MIST = "#ece7d8"


def svg(width: float, height: float, body: str) -> str:
    """A whole SVG image whose user unit is one millimetre."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">{body}</svg>'
    )


def smooth_loop(at: Callable[[float], Point], points: int) -> str:
    """SVG path data of the closed curve `at` (0 to 1 is once round), as so many cubic Béziers.

    Each begins and ends in the curve's own direction, so four to a wave stay within 2 % of its height.
    """
    step, near = 1 / points, 1e-4 / points
    data = ["M{:.2f} {:.2f}C".format(*at(0.0))]

    def handle(lap: float) -> Point:
        (to_x, to_y), (from_x, from_y) = at((lap + near) % 1), at((lap - near) % 1)
        return (to_x - from_x) / (2 * near) * step / 3, (to_y - from_y) / (2 * near) * step / 3

    for i in range(points):
        begin, end = i * step, (i + 1) % points * step
        (x, y), (to_x, to_y) = at(begin), at(end)
        (out_x, out_y), (in_x, in_y) = handle(begin), handle(end)
        data.append(
            f"{x + out_x:.2f} {y + out_y:.2f} {to_x - in_x:.2f} {to_y - in_y:.2f} {to_x:.2f} {to_y:.2f} "
        )
    return "".join(data).rstrip() + "Z"


def stroke(paths: Iterable[str], colour: str, width: float) -> str:
    """One SVG path element of thin lines."""
    return f'<path d="{"".join(paths)}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def rounded_rectangle(
    left: float, top: float, right: float, bottom: float, radius: float
) -> tuple[float, Walk]:
    """The length of a rounded rectangle's outline, and a clockwise walk along it from its top left."""
    arc = math.pi / 2 * radius
    wide, high = right - left - 2 * radius, bottom - top - 2 * radius
    # Each side starts at a corner's end, runs straight, then turns clockwise about a centre.
    sides = (
        (wide, left + radius, top, 1.0, 0.0, right - radius, top + radius),
        (high, right, top + radius, 0.0, 1.0, right - radius, bottom - radius),
        (wide, right - radius, bottom, -1.0, 0.0, left + radius, bottom - radius),
        (high, left, bottom - radius, 0.0, -1.0, left + radius, top + radius),
    )

    def walk(distance: float) -> tuple[float, float, float, float]:
        for length, x, y, dx, dy, centre_x, centre_y in sides:
            if distance < length:
                return x + dx * distance, y + dy * distance, dy, -dx
            distance -= length
            if distance < arc:
                angle = distance / radius
                normal_x = dy * math.cos(angle) + dx * math.sin(angle)
                normal_y = -dx * math.cos(angle) + dy * math.sin(angle)
                return centre_x + radius * normal_x, centre_y + radius * normal_y, normal_x, normal_y
            distance -= arc
        return sides[0][1], sides[0][2], 0.0, -1.0

    return 2 * (wide + high) + 4 * arc, walk


def ribbon(
    outline: tuple[float, Walk],
    swing: Callable[[float], float],
    points: int,
) -> str:
    """A closed line that swings about an outline; `swing` maps one lap (0 to 1) to millimetres outward."""
    length, walk = outline

    def at(lap: float) -> Point:
        x, y, normal_x, normal_y = walk(lap * length)
        return x + normal_x * swing(lap), y + normal_y * swing(lap)

    return smooth_loop(at, points)


def wave(height: float, waves: int, phase: float) -> Callable[[float], float]:
    """A sine of `waves` whole periods a lap, so that the line closes on itself."""
    return lambda lap: height * math.sin(2 * math.pi * waves * lap + phase)


def outline_rect(inset: float, width: float, height: float, radius: float, colour: str, line: float) -> str:
    """A plain rounded rectangle `inset` from the page's edge."""
    return (
        f'<rect x="{inset:g}" y="{inset:g}" width="{width - 2 * inset:g}" height="{height - 2 * inset:g}" '
        f'rx="{radius:g}" fill="none" stroke="{colour}" stroke-width="{line:g}"/>'
    )


@lru_cache(maxsize=4)
def frame(width: float, height: float) -> str:
    """The frame of a page: two woven ribbons that run unbroken round the corners, between hairlines."""
    middle, half = 11.5, 3.0
    outline = rounded_rectangle(middle, middle, width - middle, height - middle, 7.0)
    waves = round(outline[0] / 11.0)
    wide = [ribbon(outline, wave(half - 0.5, waves, math.pi * k / 6), waves * 4) for k in range(6)]
    fine = [ribbon(outline, wave(half * 0.42, waves * 2, math.pi * k / 2), waves * 8) for k in range(4)]
    return svg(
        width,
        height,
        stroke(fine, CELADON, 0.12)
        + stroke(wide, GOLD, 0.12)
        + outline_rect(middle - half, width, height, 9.6, GOLD, 0.5)
        + outline_rect(middle - half - 1.1, width, height, 10.6, GOLD, 0.14)
        + outline_rect(middle + half, width, height, 4.4, GOLD, 0.32),
    )


@lru_cache(maxsize=4)
def rosette(width: float, height: float) -> str:
    """The faint rosette behind the text: turned copies of one petalled loop about the middle of the page."""
    centre_x, centre_y, reach = width / 2, height / 2, min(width, height) * 0.37

    def loop(petals: int, depth: float, size: float, turn: float) -> str:
        def at(lap: float) -> Point:
            angle = 2 * math.pi * lap
            radius = size * (1 - depth + depth * math.sin(petals * angle + turn))
            return centre_x + radius * math.cos(angle), centre_y + radius * math.sin(angle)

        return smooth_loop(at, petals * 8)

    outer = [loop(12, 0.16, reach, 2 * math.pi * k / 12) for k in range(12)]
    inner = [loop(8, 0.34, reach * 0.66, 2 * math.pi * k / 16) for k in range(16)]
    return svg(width, height, stroke(outer, MIST, 0.13) + stroke(inner, MIST, 0.13))
