"""What a clerk's form says about the case: each act turns cleaned values into words about items."""

from collections.abc import Callable, Mapping

from engine.cases import Case, CaseItem
from engine.catalogue import Catalogue, Item
from engine.commitments.acts import check, promise, revoke
from engine.corrections.acts import correct, recheck
from engine.decisions import decision
from engine.errors import Invalid
from engine.hearings.acts import announce, call, hear
from engine.inspections.acts import (
    ANSWERED,
    RECTIFICATION,
    arrange,
    confirm,
    inspect,
    name,
    rectify,
    reinspect,
)
from engine.lifecycle.acts import attest, settle
from engine.needed import refuse_without_what_it_needs
from engine.receipt import accept
from engine.said import FAIL, GRANTED, REFUSED, Said, Values, item_of
from engine.workflow import Step


def review(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The reviewing department agrees or disagrees with granting one item."""
    opinion = str(values["opinion"])
    return Said(opinion, {item_of(step): {"opinion": opinion}})


def decide(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority grants or refuses one item, in writing and with reasons when it refuses (第三十八条)."""
    item, outcome = catalogue.item(item_of(step)), str(values["outcome"])
    reasons = str(values.get("reasons") or "")
    if outcome == "granted":
        refuse_without_what_it_needs(case, item, catalogue)
        if why := _unsupported(case.items[item.id], item):
            _refuse_after_rectification(case, item)
            _refuse_without_a_special_step(why, item)
            if not reasons:
                raise Invalid({"reasons": f"{why}如仍决定{decision(item.kind, GRANTED)}，请写明理由。"})
    return Said(outcome, {item.id: {"outcome": outcome, "reasons": reasons or None}})


ACTS: Mapping[str, Callable[[Case, Step, Values, Catalogue], Said]] = {
    "accept": accept,
    "correct": correct,
    "recheck": recheck,
    "review": review,
    "arrange": arrange,
    "confirm": confirm,
    "name": name,
    "inspect": inspect,
    "rectify": rectify,
    "reinspect": reinspect,
    "announce": announce,
    "call": call,
    "hear": hear,
    "decide": decide,
    "promise": promise,
    "check": check,
    "revoke": revoke,
    "examine": review,
    "settle": settle,
    "attest": attest,
}


def _refuse_after_rectification(case: Case, item: Item) -> None:
    """What failed could be put right once, and was not: it does not meet the conditions (第三十八条)."""
    if case.items[item.id].finding == FAIL and (answer := case.words.get(RECTIFICATION)):
        why = "整改以后复查仍不合格" if answer == ANSWERED else "整改期满没有整改"
        refuse = decision(item.kind, REFUSED)
        raise Invalid({"outcome": f"踏勘不合格，{why}，不能准予。请选择“{refuse}”，并写明理由。"})


def _refuse_without_a_special_step(why: str, item: Item) -> None:
    """What the law wants before a grant was not held in a case that nothing supports, so no words help."""
    if wanted := "、".join(each.name for each in item.special if each.before_granting):
        refuse = decision(item.kind, REFUSED)
        raise Invalid({"outcome": f"{why}没有经过{wanted}，不能准予。请选择“{refuse}”，并写明理由。"})


def _unsupported(said: CaseItem, item: Item) -> str:
    """Why nothing in the case supports granting an item, as a sentence; "" when something does."""
    if said.opinion == "disagree" or said.finding == FAIL:
        return "审查意见或踏勘结果不支持准予。"
    if said.opinion is None and item.phases.review:
        return "这个事项没有经过审查。"
    if said.finding is None and said.visit:
        return "这个事项应当现场踏勘，但没有踏勘。"
    return ""
