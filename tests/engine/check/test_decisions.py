"""Every item that a case asks for is decided exactly once, whichever way the case takes."""

from collections.abc import Mapping

import pytest

from engine.check import KnownItem, check_model, rule_of
from tests.engine.check.models import FORMS, ITEMS, LANES, found, model

FOOD, FIRE = "food_operation", "fire_check"
SETTINGS = {
    "t1": {"act": "review", "item": FOOD, "form": "review"},
    "t2": {"act": "review", "item": FIRE, "form": "review"},
    "t3": {"act": "decide", "item": FOOD, "form": "decide"},
    "t4": {"act": "decide", "item": FIRE, "form": "decide", "limit": "2"},
    "t5": {"act": "decide", "item": FIRE, "form": "decide"},
}
PLACES = {"市场监督管理局": ["t1"], "行政审批服务局": ["t3"], "消防救援大队": ["t2", "t4", "t5"]}
REVIEWS = ("s1 > o1", f'o1 > t1 ? "{FOOD}" in items', f'o1 > t2 ? "{FIRE}" in items', "t1 > o2", "t2 > o2")
DECIDES = (f'o3 > t3 ? "{FOOD}" in items', f'o3 > t4 ? "{FIRE}" in items', "t3 > o4", "t4 > o4", "o4 > e1")


def drawn(*lines: str, **others: Mapping[str, str]) -> str:
    """A diagram with these reviews (t1, t2) and decisions (t3, t4, t5)."""
    attributes, inner = others.get("attributes"), others.get("inner")
    return model(*lines, settings=SETTINGS, lanes=PLACES, attributes=attributes, inner=inner)


def test_reviews_and_decisions_of_the_items_asked_for_are_right() -> None:
    assert found(drawn(*REVIEWS, "o2 > o3", *DECIDES)) == set()


def test_a_review_without_a_decision_is_told() -> None:
    assert found(drawn(*REVIEWS, "o2 > t3 > e1")) >= {("item-undecided", "o1_t2")}


def test_a_way_round_the_decision_is_told() -> None:
    text = drawn(*REVIEWS, "o2 > x1", "x1 > o3 ? accepted", "x1 > e2 default", *DECIDES)
    assert found(text) == {("item-undecided", "o1_t1"), ("item-undecided", "o1_t2")}


def test_a_way_that_asks_for_nothing_needs_no_decision() -> None:
    text = drawn("s1 > x1", "x1 > o1 ? accepted", "x1 > e2 default", *REVIEWS[1:], "o2 > o3", *DECIDES)
    assert found(text) == set()


def test_two_decisions_one_after_the_other_are_told() -> None:
    assert found(drawn("s1 > t4 > t5 > e1")) == {("item-twice", "t5")}


def test_two_decisions_beside_each_other_are_told() -> None:
    text = drawn("s1 > p1", "p1 > t4 > p2", "p1 > t5 > p2", "p2 > e1")
    assert found(text) == {("item-twice", "t5")}


def test_one_of_two_decisions_by_choice_is_right() -> None:
    text = drawn("s1 > x1", "x1 > t4 ? accepted", "x1 > t5 default", "t4 > e1", "t5 > e2")
    assert found(text) == set()


def test_a_decision_in_a_loop_is_told() -> None:
    text = drawn("s1 > x1", "x1 > t4 > x2", "x2 > e1 ? accepted", "x2 > x1 default")
    assert found(text) == {("item-twice", "t4")}


def test_a_decision_that_a_timer_breaks_off_is_told() -> None:
    timer = '<bpmn:timerEventDefinition><bpmn:timeDate>due["t4"]</bpmn:timeDate></bpmn:timerEventDefinition>'
    attached = {"b1": 'attachedToRef="t4"'}
    text = drawn("s1 > t2 > t4 > e1", "b1 > e2", attributes=attached, inner={"b1": timer})
    assert found(text) == {("item-undecided", "t2")}


def test_a_decision_in_a_called_process_counts() -> None:
    call = {"c1": 'calledElement="part"'}
    part = model("s2 > t4 > e2", process="part", settings=SETTINGS, lanes={"消防救援大队": ["t4"]})
    once = model("s1 > t2 > c1 > e1", settings=SETTINGS, lanes={"消防救援大队": ["t2"]}, attributes=call)
    assert found(once, part=part) == set()
    twice = model("s1 > t5 > c1 > e1", settings=SETTINGS, lanes={"消防救援大队": ["t5"]}, attributes=call)
    assert {rule for rule, _ in found(twice, part=part)} == {"item-twice"}


def test_an_item_that_the_industry_asks_for_needs_a_decision_though_no_step_names_it() -> None:
    told = check_model(
        {"a.bpmn": drawn("s1 > t4 > e1")},
        "main",
        lanes=LANES,
        items=ITEMS,
        facts=("items",),
        forms=FORMS,
        handlers=(),
        asked=(FOOD, FIRE),
    )
    assert [(rule_of(each), "food_operation" in each.says) for each in told] == [("item-undecided", True)]


@pytest.mark.parametrize(("always", "right"), [([], False), ([FIRE], True), (["signboard"], False)])
def test_a_split_needs_a_default_unless_one_of_its_items_is_in_every_case(
    always: list[str], right: bool
) -> None:
    """A case may ask for an item that the split does not know: it must not stop there."""
    settings = {**SETTINGS, "t5": {"act": "decide", "item": "signboard", "form": "decide"}}
    text = model(*REVIEWS, "o2 > o3", *DECIDES[:-1], "o4 > t5 > e1", settings=settings, lanes=PLACES)
    told = check_model(
        {"a.bpmn": text},
        "main",
        lanes=LANES,
        items={**ITEMS, "signboard": KnownItem("fire", "urban", licensed=False)},
        facts=("items", "due"),
        forms=FORMS,
        handlers=(),
        asked=(FOOD, FIRE, "signboard"),
        always=always,
    )
    splits = {each.element for each in told if rule_of(each) == "default-missing"}
    assert splits == (set() if right else {"o1", "o3"})
