"""A signature is lines of points within bounds, and its picture is made of nothing else."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inspections.strokes import FARTHEST, MOST_POINTS, MOST_STROKES, read_strokes, svg_of

WITHIN = st.integers(0, FARTHEST)
LINES = st.lists(
    st.lists(st.tuples(WITHIN, WITHIN).map(list), min_size=1, max_size=9), min_size=1, max_size=9
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40)
@given(LINES)
def test_a_signature_is_drawn_whole_whatever_it_is(raw: list[list[list[int]]]) -> None:
    strokes = read_strokes(raw)
    assert strokes is not None
    drawn = ElementTree.fromstring(svg_of(strokes))
    left, top, width, height = map(int, drawn.attrib["viewBox"].split())
    lines = [each.attrib["points"].split() for each in drawn]
    assert len(lines) == len(raw)
    for x, y in (point.split(",") for line in lines for point in line):
        assert left < int(x) < left + width and top < int(y) < top + height


@settings(max_examples=60)
@given(ANYTHING)
def test_anything_else_is_no_signature(raw: object) -> None:
    found = read_strokes(raw)
    assert found is None or [[list(point) for point in line] for line in found] == raw


@pytest.mark.parametrize(
    "raw",
    [
        [],
        [[]],
        [[[0, 0]], []],
        [[[0, -1]]],
        [[[0, 1.5]]],
        [[[0, True]]],
        [[[0, 0, 0]]],
        [[[0, 0]]] * (MOST_STROKES + 1),
        [[[0, 0]] * (MOST_POINTS + 1)],
    ],
)
def test_what_is_out_of_bounds_is_no_signature(raw: object) -> None:
    assert read_strokes(raw) is None
