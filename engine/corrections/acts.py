"""What a correction's tasks say about the case: the applicant's reply, and the second look of who asked."""

from collections.abc import Mapping

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.corrections.points import NOT_OK, OK
from engine.points import POINTS
from engine.said import Said, Values
from engine.workflow import Step

CORRECTED = "corrected"


def correct(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The applicant has replied to the notice: the receipt begins anew (行政许可法第三十二条)."""
    return Said(CORRECTED, case={"receipt": None, "correction_ends": None})


def recheck(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """A department that asked has looked again; the window reads it and decides on receipt."""
    results = values.get(POINTS)
    assert isinstance(results, Mapping)
    return Said(NOT_OK if any(each["result"] == NOT_OK for each in results.values()) else OK)
