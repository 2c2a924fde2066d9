"""Who does a task follows from its item: its reviewer examines, its authority decides, at its level."""

from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.workflow import Step

REVIEWERS_ACTS = frozenset({"review", "recheck", "name", "examine"})
REGULATORS_ACTS = frozenset({"check"})
CLERK = "clerk"
CITY = "city"


@dataclass(frozen=True)
class Office:
    """The role, department and region that a task waits for; '' where the role has none."""

    role: str
    department: str
    region: str


def office_of(step: Step, catalogue: Catalogue, region: str) -> Office:
    """Where a task of `step` goes in a case of `region`; a step without an item goes where its lane says."""
    if step.item is None:
        lane = catalogue.lane(step.lane or "")
        whose = (lane.level == CITY and catalogue.region(region).parent) or region
        return Office(lane.role, lane.department or "", whose)
    item = catalogue.item(step.item)
    department = item.authority
    if step.act in REVIEWERS_ACTS:
        department = item.reviewer
    elif step.act in REGULATORS_ACTS:
        department = item.regulator
    return Office(CLERK, department, catalogue.region_for(step.item, region))
