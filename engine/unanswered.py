"""What silence says: a window that did not answer has accepted, an applicant who did not has withdrawn."""

from collections.abc import Callable, Mapping

from engine.cases import Case
from engine.inspections.acts import RECTIFICATION
from engine.said import WITHDRAWN, Said

NOT_CORRECTED = "逾期没有补正，视为撤回申请。"


def accepted(case: Case) -> Said:
    """Five working days without an answer: accepted from the day of receipt (行政许可法第三十二条)."""
    return Said("accepted_by_silence", accepted=True, case={"receipt": "silence"})


def lapsed(case: Case) -> Said:
    """The notice of what is missing was not answered in time: all that is undecided counts as withdrawn."""
    words = {item: {"outcome": WITHDRAWN, "reasons": NOT_CORRECTED} for item in undecided(case)}
    return Said("lapsed", words, accepted=False, case={"receipt": "lapsed"})


def agreed(case: Case) -> Said:
    """Who did not answer in time comes at the date that was offered first."""
    return Said("agreed_by_silence")


def unrectified(case: Case) -> Said:
    """Nothing was put right in time: what failed stays as it was found."""
    return Said("not_rectified", case={RECTIFICATION: "lapsed"})


def undecided(case: Case) -> tuple[str, ...]:
    """The items that have no outcome yet, by id."""
    return tuple(item for item in sorted(case.items) if case.items[item].outcome is None)


# What a step that the system does by itself says about a case, by its act; all others say nothing.
BY_ITSELF: Mapping[str, Callable[[Case], Said]] = {
    "silence": accepted,
    "lapse": lapsed,
    "agree": agreed,
    "unrectified": unrectified,
}
