"""The window's answer to an application: accepted, sent back once for correction, or refused item by item."""

from collections.abc import Collection, Mapping

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.errors import Invalid
from engine.said import NOT_ACCEPTED, Said, Values
from engine.workflow import Step

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
