"""Who does a task follows from its item: its reviewer examines, its authority decides, at its level."""

from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.workflow import Step

REVIEW = "review"
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
    department = item.reviewer if step.act == REVIEW else item.authority
    return Office(CLERK, department, catalogue.region_for(step.item, region))
