"""What is looked at, on paper and on the spot: the checklists of a case's items, each point once."""

from collections.abc import Iterable, Mapping

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.said import COMMITMENT, FAIL
from engine.workflow import Step
from forms.checklist import Point, merge_points

POINTS = "points"  # the checklist question of a step's form
REINSPECT = "reinspect"
FAILED = "failed_points"  # the word of a case: the points that failed at its visit
Office = tuple[str, str]  # department, region


def points_of(case: Case, step: Step, catalogue: Catalogue) -> tuple[Point, ...]:
    """The checklist of a step: its item's, or for the joint visit the merged one of all items it looks at.

    The re-inspection looks at what failed, and at nothing else.
    """
    if step.act == REINSPECT:
        known = case.words.get(FAILED)
        failed = known if isinstance(known, list) else []
        return tuple(point for point in _merged(failing(case), catalogue) if point.id in failed)
    return _merged([step.item] if step.item else visited(case), catalogue)


def visited(case: Case) -> list[str]:
    """The items that the joint visit looks at: undecided ones that need it and that no reviewer opposed.

    What was promised is looked at after the decision (国办发〔2020〕42号), not by this visit.
    """
    return sorted(
        i.item
        for i in case.items.values()
        if i.visit and i.opinion != "disagree" and i.outcome is None and i.way != COMMITMENT
    )


def failing(case: Case) -> list[str]:
    """The items that failed at the visit and are not decided: what is wrong may be put right once."""
    return [item for item in visited(case) if case.items[item].finding == FAIL]


def by_office(items: Iterable[str], catalogue: Catalogue, region: str) -> Mapping[Office, tuple[str, ...]]:
    """The offices that look at these items in `region`, each with its own: reviewers, of their level."""
    found: dict[Office, tuple[str, ...]] = {}
    for item in items:
        office = (catalogue.item(item).reviewer, catalogue.region_for(item, region))
        found[office] = (*found.get(office, ()), item)
    return found


def _merged(items: Iterable[str], catalogue: Catalogue) -> tuple[Point, ...]:
    return merge_points(
        Point(point.id, point.text, point.basis, (item,))
        for item in items
        for point in catalogue.item(item).checklist
    )
