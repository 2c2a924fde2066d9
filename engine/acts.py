"""What a clerk's form says about the case: each act turns cleaned values into words about items."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.cases import Case, CaseItem
from engine.catalogue import Catalogue, Item
from engine.errors import Invalid
from engine.workflow import Step
from forms.checklist import Point, findings, merge_points

Values = Mapping[str, object]
Words = Mapping[str, str | None]
PASS, FAIL = "pass", "fail"
POINTS = "points"  # the checklist question of a step's form


@dataclass(frozen=True)
class Said:
    """The outcome of a task, and what it says: item → column of case_items → value."""

    outcome: str
    items: Mapping[str, Words] = field(default_factory=dict)
    accepted: bool | None = None


def accept(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The window accepts the application, or refuses it with reasons (行政许可法第三十二条)."""
    outcome = str(values["outcome"])
    return Said(outcome, accepted=outcome == "accept")


def review(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The reviewing department agrees or disagrees with granting one item."""
    opinion = str(values["opinion"])
    return Said(opinion, {_item(step): {"opinion": opinion}})


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
    item, outcome = catalogue.item(_item(step)), str(values["outcome"])
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


def points_of(case: Case, step: Step, catalogue: Catalogue) -> tuple[Point, ...]:
    """The checklist of a step: its item's, or for the joint visit the merged one of all items it looks at."""
    items = [step.item] if step.item else visited(case)
    return merge_points(
        Point(point.id, point.text, point.basis, (item,))
        for item in items
        for point in catalogue.item(item).checklist
    )


def visited(case: Case) -> list[str]:
    """The items that the joint visit looks at: those that need one and that no reviewer opposed."""
    return sorted(i.item for i in case.items.values() if i.visit and i.opinion != "disagree")


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


def _item(step: Step) -> str:
    if step.item is None:
        raise Invalid({}, f"环节“{step.title}”没有写明事项，请联系流程设计人员。")
    return step.item
