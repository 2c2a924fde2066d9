"""What a visit looks at: the points of all its items, the same clause once, and whose part each is."""

from collections.abc import Iterable

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.inspections.inspection import VISIT, Inspection
from engine.points import visited
from forms.checklist import Point, merge_points

FAILED = "failed_points"  # the word of a case that names what the re-check looks at
Office = tuple[str, str]  # department, region


def points_for(case: Case, catalogue: Catalogue, inspection: Inspection) -> tuple[Point, ...]:
    """The visit's points, each with the items that it counts for; a re-check has those that had failed.

    While it is open, items that were dropped or decided meanwhile are left out; afterwards it keeps the
    points that it had.
    """
    points = merge_points(
        Point(point.id, point.text, point.basis, (item,))
        for item in _items(case, inspection)
        for point in catalogue.item(item).checklist
    )
    if inspection.round == VISIT:
        return points
    failed = case.words.get(FAILED)
    wanted = failed if isinstance(failed, list | tuple) else ()
    return tuple(point for point in points if point.id in wanted)


def offices_of(point: Point, inspection: Inspection) -> frozenset[Office]:
    """The offices whose part a point is: those that look at one of its items."""
    return frozenset(
        (office.department, office.region)
        for office in inspection.offices
        if not {*point.items}.isdisjoint(office.items)
    )


def _items(case: Case, inspection: Inspection) -> Iterable[str]:
    asked = {item for office in inspection.offices for item in office.items if item in case.items}
    if not inspection.is_open:
        return sorted([item for item in asked if case.items[item].finding is not None] or asked)
    if inspection.round == VISIT:
        return sorted(asked & set(visited(case)))
    return sorted(item for item in asked if case.items[item].outcome is None)
