"""What is looked at, on paper and on the spot: the checklists of a case's items, each point once."""

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.said import COMMITMENT
from engine.workflow import Step
from forms.checklist import Point, merge_points

POINTS = "points"  # the checklist question of a step's form


def points_of(case: Case, step: Step, catalogue: Catalogue) -> tuple[Point, ...]:
    """The checklist of a step: its item's, or for the joint visit the merged one of all items it looks at."""
    items = [step.item] if step.item else visited(case)
    return merge_points(
        Point(point.id, point.text, point.basis, (item,))
        for item in items
        for point in catalogue.item(item).checklist
    )


def visited(case: Case) -> list[str]:
    """The items that the joint visit looks at: undecided ones that need it and that no reviewer opposed.

    What was promised is looked at after the decision (国办发〔2020〕42号), not by this visit.
    """
    return sorted(
        i.item
        for i in case.items.values()
        if i.visit and i.opinion != "disagree" and i.outcome is None and i.way != COMMITMENT
    )
