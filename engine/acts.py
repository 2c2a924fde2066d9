"""What a clerk's form says about the case: each act turns cleaned values into words about items."""

from collections.abc import Callable, Mapping

from engine.cases import Case, CaseItem
from engine.catalogue import Catalogue, Item
from engine.errors import Invalid
from engine.points import POINTS, points_of
from engine.receipt import accept
from engine.said import FAIL, PASS, Said, Values, item_of
from engine.workflow import Step
from forms.checklist import findings


def review(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The reviewing department agrees or disagrees with granting one item."""
    opinion = str(values["opinion"])
    return Said(opinion, {item_of(step): {"opinion": opinion}})


def inspect(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The joint visit finds for each item it looked at: an item fails when one of its points fails."""
    results = values[POINTS]
    assert isinstance(results, Mapping)
    found = findings(points_of(case, step, catalogue), results)
    outcome = FAIL if FAIL in found.values() else PASS
    return Said(outcome, {item: {"finding": finding} for item, finding in found.items()})


def announce(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority tells the public of the application for one item (第四十六条); it says nothing yet."""
    if str(values["last_day"]) < str(values["first_day"]):
        raise Invalid({"last_day": "公示的最后一天早于第一天，请核对。"})
    return Said("announced")


def hear(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority holds a hearing about one item (第四十八条); the decision rests on its minutes."""
    return Said(str(values["conclusion"]))


def decide(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority grants or refuses one item, in writing and with reasons when it refuses (第三十八条)."""
    item, outcome = catalogue.item(item_of(step)), str(values["outcome"])
    reasons = str(values.get("reasons") or "")
    if outcome == "granted":
        _refuse_without_what_it_needs(case, item, catalogue)
        if why := _unsupported(case.items[item.id], item):
            _refuse_without_a_special_step(why, item)
            if not reasons:
                raise Invalid({"reasons": f"{why}如仍决定准予，请写明理由。"})
    return Said(outcome, {item.id: {"outcome": outcome, "reasons": reasons or None}})


ACTS: Mapping[str, Callable[[Case, Step, Values, Catalogue], Said]] = {
    "accept": accept,
    "review": review,
    "inspect": inspect,
    "announce": announce,
    "hear": hear,
    "decide": decide,
}


def _refuse_without_what_it_needs(case: Case, item: Item, catalogue: Catalogue) -> None:
    """An item that rests on another of the same case is granted only after that one was."""
    for needed in (case.items[name] for name in item.needs if name in case.items):
        name = catalogue.item(needed.item).name
        if needed.outcome is None:
            raise Invalid({"outcome": f"“{item.name}”以“{name}”为前提，要等它作出决定。请先办理“{name}”。"})
        if needed.outcome != "granted":
            raise Invalid(
                {
                    "outcome": f"“{item.name}”以“{name}”为前提，而“{name}”没有获得准予，不能准予。"
                    "请选择“不予许可”，并把这一点写进理由。"
                }
            )


def _refuse_without_a_special_step(why: str, item: Item) -> None:
    """What the law wants before a grant was not held in a case that nothing supports, so no words help."""
    if wanted := "、".join(each.name for each in item.special if each.before_granting):
        raise Invalid({"outcome": f"{why}没有经过{wanted}，不能准予。请选择“不予许可”，并写明理由。"})


def _unsupported(said: CaseItem, item: Item) -> str:
    """Why nothing in the case supports granting an item, as a sentence; "" when something does."""
    if said.opinion == "disagree" or said.finding == FAIL:
        return "审查意见或踏勘结果不支持准予。"
    if said.opinion is None and item.phases.review:
        return "这个事项没有经过审查。"
    if said.finding is None and said.visit:
        return "这个事项应当现场踏勘，但没有踏勘。"
    return ""
