"""The window's answer to an application: accepted, sent back once for correction, or refused item by item."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.days import NATIONAL, Calendar, end_of, local_day
from engine.errors import Invalid
from engine.said import NOT_ACCEPTED, Said, Values
from engine.workflow import Step

CORRECTION_DAYS, USUAL_CORRECTION_DAYS = "correction_days", 20  # a region's setting, and without one [A]
ACCEPT, CORRECT, REFUSE, SILENCE, LAPSED = "accept", "correct", "refuse", "silence", "lapsed"


def accept(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The window accepts, asks for a correction, or refuses some or all items, with reasons (第三十二条).

    A fault in one item does not keep the others from being accepted. Refusing each is refusing the whole.
    """
    outcome = str(values["outcome"])
    if outcome == CORRECT:
        return Said(CORRECT, case={"receipt": CORRECT})
    undecided = [item for item in sorted(case.items) if case.items[item].outcome is None]
    refused = undecided if outcome == REFUSE else _listed(values, undecided)
    if len(refused) == len(undecided):
        outcome = REFUSE
    refuse_without_what_needs_it(
        undecided, refused, catalogue, "refused_items", "不受理“{needed}”，“{name}”也就不能受理"
    )
    reasons = str(values.get("reasons") or "")
    return Said(
        outcome,
        {item: {"outcome": NOT_ACCEPTED, "reasons": reasons} for item in refused},
        accepted=outcome == ACCEPT,
        case={"receipt": outcome, **_grounds(values, refused)},
    )


def with_deadline(said: Said, days: int, now: datetime, calendar: Calendar = NATIONAL) -> Said:
    """What the window said, with the moment until which the applicant may correct, `days` working days on."""
    if said.outcome != CORRECT:
        return said
    ends = end_of(calendar.add_working_days(local_day(now), days)).isoformat()
    return replace(said, case={**said.case, "correction_ends": ends})


def correction_days(settings: Mapping[str, object]) -> int:
    """The working days that a region gives to correct an application."""
    found = settings.get(CORRECTION_DAYS, USUAL_CORRECTION_DAYS)
    return found if isinstance(found, int) else USUAL_CORRECTION_DAYS


def refuse_without_what_needs_it(
    undecided: Collection[str], chosen: Collection[str], catalogue: Catalogue, field: str, why: str
) -> None:
    """Invalid at `field` when an undecided item needs a chosen one and is not chosen itself.

    `why` is what follows, with {needed} and {name}: the one that goes, and the one that then cannot stay.
    """
    for item in undecided:
        for needed in catalogue.item(item).needs:
            if item not in chosen and needed in chosen:
                name, other = catalogue.item(item).name, catalogue.item(needed).name
                says = f"“{name}”以“{other}”为前提：{why.format(needed=other, name=name)}。"
                raise Invalid({field: f"{says}请两项都选，或者都不选。"})


def _listed(values: Values, undecided: Collection[str]) -> list[str]:
    listed = values.get("refused_items")
    return [item for item in undecided if item in listed] if isinstance(listed, list) else []


def _grounds(values: Values, refused: Collection[str]) -> Mapping[str, object]:
    """Why it was refused, and who is the right body when it is not this one."""
    given = {name: values.get(name) for name in ("ground", "right_body")} if refused else {}
    return {name: value for name, value in given.items() if value}
