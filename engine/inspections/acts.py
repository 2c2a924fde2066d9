"""What the steps of a joint visit say: a date is offered and answered, the place looked at, once more."""

from collections.abc import Mapping

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.points import FAILED, POINTS, by_office, points_of, visited
from engine.said import FAIL, PASS, Said, Values
from engine.workflow import Step
from forms.checklist import findings

ARRANGE, CONFIRM, NAME = "arrange", "confirm", "name"
INSPECT, RECTIFY, REINSPECT = "inspect", "rectify", "reinspect"
ARRANGED, OTHER, CANNOT = "arranged", "other", "cannot"
RECTIFICATION, ANSWERED = "rectification", "answered"  # the word of a case, and what it then is


def arrange(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The lead offers a date to the applicant and to every office that looks at an item of the visit."""
    offices = by_office(visited(case), catalogue, case.region)
    asked = [items[0] for items in offices.values()]
    return Said(ARRANGED, case={"asked_offices": asked, "visit_again": False, "answers_end": None})


def confirm(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The applicant takes an offered date, or asks for another one."""
    answer = str(values["answer"])
    return Said(answer, case={"visit_again": True} if answer == OTHER else {})


def name(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """An office says whether it can come."""
    answer = str(values["answer"])
    return Said(answer, case={"visit_again": True} if answer == CANNOT else {})


def inspect(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The joint visit finds for each item it looked at: an item fails when one of its points fails."""
    said = _found(case, step, values, catalogue)
    failed = [point for point, found in _results(values).items() if found["result"] == FAIL]
    return Said(said.outcome, said.items, case={FAILED: sorted(failed)} if failed else {})


def rectify(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The applicant says that what failed has been put right: it is looked at once more."""
    return Said("rectified", case={RECTIFICATION: ANSWERED})


def reinspect(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """Only what failed is looked at again: an item passes when all its failed points pass now."""
    return _found(case, step, values, catalogue)


def _found(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    found = findings(points_of(case, step, catalogue), _results(values))
    outcome = FAIL if FAIL in found.values() else PASS
    return Said(outcome, {item: {"finding": finding} for item, finding in found.items()})


def _results(values: Values) -> Mapping[str, Mapping[str, str]]:
    results = values[POINTS]
    assert isinstance(results, Mapping)
    return results
