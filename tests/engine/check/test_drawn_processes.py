"""The processes that ship are free of mistakes and drawn so that a person likes to read them."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from lxml import etree

from engine.checking import check_industry
from engine.diagram import DI, read_diagram
from engine.files import industries_in
from tests.filing import files

ALL = files()
FILES = {path: text for path, text in ALL.items() if path.endswith(".bpmn")}
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
Box = tuple[float, float, float, float]  # left, top, right, bottom
Line = tuple[float, float, float, float]


@pytest.mark.parametrize("industry", industries_in(ALL))
def test_an_industry_and_all_it_calls_are_free_of_mistakes(industry: str) -> None:
    assert [str(each) for each in check_industry(ALL, industry)] == []


@pytest.mark.parametrize("file", FILES)
def test_everything_has_a_chinese_name(file: str) -> None:
    drawn = read_diagram(FILES[file], file)
    leaving = [flow.source for flow in drawn.flows]
    for node in drawn.nodes:
        asks = node.kind in ("exclusiveGateway", "inclusiveGateway") and leaving.count(node.id) > 1
        if asks or not node.kind.endswith("Gateway"):
            assert any("一" <= sign <= "鿿" for sign in node.name), node.id
        if asks:
            assert node.name.endswith("？"), node.id


@pytest.mark.parametrize("file", FILES)
def test_flows_run_straight_and_boxes_keep_clear_of_each_other(file: str) -> None:
    shapes, lines, _ = _drawing(FILES[file])
    for x1, y1, x2, y2 in lines:
        assert x1 == x2 or y1 == y2, (x1, y1, x2, y2)
    boxes = list(shapes.items())
    for number, (one, here) in enumerate(boxes):
        for other, there in boxes[number + 1 :]:
            assert not _overlap(here, there), (one, other)


@pytest.mark.parametrize("file", FILES)
def test_labels_keep_clear_of_flows_and_boxes(file: str) -> None:
    shapes, lines, labels = _drawing(FILES[file])
    for name, label in labels.items():
        assert not [line for line in lines if _overlap(label, _thick(line))], name
        assert not [other for other, box in shapes.items() if _overlap(label, box)], name


@pytest.mark.parametrize("file", FILES)
def test_a_diagram_fits_one_screen(file: str) -> None:
    shapes, _, _ = _drawing(FILES[file])
    width = max(box[2] for box in shapes.values()) - min(box[0] for box in shapes.values())
    height = max(box[3] for box in shapes.values()) - min(box[1] for box in shapes.values())
    assert width < 1800 and height < 1000


def _drawing(text: str) -> tuple[dict[str, Box], list[Line], dict[str, Box]]:
    """Boxes of the nodes (boundary events, which sit on a border, left out), pieces of flows, labels."""
    root = etree.fromstring(text.encode())
    kinds = {node.id: node.kind for node in read_diagram(text).nodes}
    shapes = {
        shape.get("bpmnElement", ""): _box(shape)
        for shape in root.iter(f"{{{DI}}}BPMNShape")
        if kinds.get(shape.get("bpmnElement", ""), "boundaryEvent") != "boundaryEvent"
    }
    labels = {str(label.getparent().get("id")): _box(label) for label in root.iter(f"{{{DI}}}BPMNLabel")}
    lines = [line for edge in root.iter(f"{{{DI}}}BPMNEdge") for line in _pieces(edge)]
    return shapes, lines, labels


def _box(element: etree._Element) -> Box:
    bounds = element.find(f"{DC}Bounds")
    assert bounds is not None
    x, y, width, height = (float(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _pieces(edge: etree._Element) -> Iterator[Line]:
    points = [(float(p.get("x", "")), float(p.get("y", ""))) for p in edge.iter(WAYPOINT)]
    yield from ((*a, *b) for a, b in pairwise(points))


def _thick(line: Line) -> Box:
    x1, y1, x2, y2 = line
    return min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
