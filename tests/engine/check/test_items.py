"""What an item's own file says of its steps holds in every diagram: limits, level, licence, what it needs."""

from collections.abc import Mapping

import pytest

from engine.check import KnownItem
from tests.engine.check.models import ITEMS, found, model

FOOD, FIRE = "food_operation", "fire_check"
SETTINGS = {
    "t1": {"act": "review", "item": FOOD, "form": "review"},
    "t2": {"act": "review", "item": FIRE, "form": "review"},
    "t3": {"act": "decide", "item": FOOD, "form": "decide"},
    "t4": {"act": "decide", "item": FIRE, "form": "decide"},
    "v4": {"act": "license", "item": FIRE, "handler": "license"},
    "v5": {"act": "license", "item": FIRE, "handler": "license"},
    "t5": {"act": "accept", "form": "accept"},
    "t6": {"act": "accept", "form": "accept"},
}
PLACES = {
    "市场监督管理局": ["t1"],
    "行政审批服务局": ["t3"],
    "消防救援大队": ["t2", "t4", "v4", "v5"],
}
GRANTED = f'outcomes["{FIRE}"] == "granted"'
REFUSED = f'outcomes["{FIRE}"] == "refused"'


def drawn(*lines: str, process: str = "main", calls: Mapping[str, str] | None = None) -> str:
    """A diagram of these steps; `calls`: call activity → the process it calls."""
    called = {node: f'calledElement="{process}"' for node, process in (calls or {}).items()}
    return model(*lines, process=process, settings=SETTINGS, lanes=PLACES, attributes=called)


def needing(act: str) -> Mapping[str, KnownItem]:
    """The items, of which food waits with this act for the fire check."""
    return {**ITEMS, FOOD: KnownItem("approval", "market", needs={FIRE: act}, licensed=False)}


LICENSED = {**ITEMS, FIRE: KnownItem("fire", "fire")}
GATED = (f"x1 > v4 ? {GRANTED}", "x1 > e1 default")
SOMETIMES = ("x3 > v4 ? accepted", "x3 > e1 default")
BOTH_AT_ONCE = ("s1 > o1", f'o1 > t3 ? "{FOOD}" in items', f'o1 > t4 ? "{FIRE}" in items')
ONE_AFTER_THE_OTHER = (
    "s1 > x1",
    f'x1 > t4 ? "{FIRE}" in items',
    "x1 > x2 default",
    "t4 > x2",
    "x2 > x3",
    f'x3 > t3 ? "{FOOD}" in items',
    "x3 > x4 default",
    "t3 > x4",
    "x4 > e1",
)


def test_a_decision_beside_the_one_it_needs_is_told() -> None:
    text = drawn(*BOTH_AT_ONCE, "t3 > o2", "t4 > o2", "o2 > e1")
    assert found(text) == set()
    assert found(text, needing("decide")) == {("order-wrong", "t3")}


def test_a_decision_after_the_one_it_needs_is_right() -> None:
    assert found(drawn(*ONE_AFTER_THE_OTHER), needing("decide")) == set()


def test_a_decision_before_the_one_it_needs_is_told() -> None:
    assert found(drawn("s1 > t3 > t4 > e1"), needing("decide")) == {("order-wrong", "t3")}


def test_a_review_beside_the_decision_it_needs_is_told_and_may_be_so_where_only_the_decision_waits() -> None:
    text = drawn("s1 > p1", "p1 > t1 > p2", "p1 > t4 > p2", "p2 > t3 > e1")
    assert found(text, needing("decide")) == set()
    assert found(text, needing("review")) == {("order-wrong", "t1")}


def test_a_way_round_the_waiting_review_must_wait_with_the_decision() -> None:
    round_it = ("s1 > x1", "x1 > t4 ? accepted", "x1 > p1 default", "t4 > t1 > t3 > e1", "p1 > t6 > e2")
    assert ("order-wrong", "t1") not in found(drawn(*round_it), needing("review"))
    early = drawn(
        "s1 > x1", "x1 > t4 ? accepted", "x1 > t6 default", "t4 > t1 > x2", "t6 > x2", "x2 > t3 > e1"
    )
    assert ("order-wrong", "t1") in found(early, needing("review"))


@pytest.mark.parametrize("way", ["c1 > c2", "c2 > c1"])
def test_the_order_of_called_processes_counts(way: str) -> None:
    text = drawn(f"s1 > {way} > e1", calls={"c1": FIRE, "c2": FOOD})
    fire = drawn("s2 > t5 > t4 > e2", process=FIRE)
    food = drawn("s3 > t6 > t3 > e3", process=FOOD)
    told = {("order-wrong", "t3")} if way == "c2 > c1" else set()
    assert found(text, needing("decide"), fire_check=fire, food_operation=food) == told


def test_called_processes_side_by_side_have_no_order() -> None:
    text = drawn("s1 > p1", "p1 > c1 > p2", "p1 > c2 > p2", "p2 > e1", calls={"c1": FIRE, "c2": FOOD})
    fire = drawn("s2 > t5 > t4 > e2", process=FIRE)
    food = drawn("s3 > t6 > t3 > e3", process=FOOD)
    told = found(text, needing("decide"), fire_check=fire, food_operation=food)
    assert told == {("order-wrong", "t3")}


def test_a_granted_item_that_is_licensed_just_then_is_right() -> None:
    text = drawn("s1 > t4 > x1", f"x1 > v4 ? {GRANTED}", "x1 > x2 default", "v4 > x2", "x2 > e1")
    assert found(text, LICENSED) == set()
    other = drawn("s1 > t4 > x1", "x1 > v4 default", f"x1 > x2 ? {REFUSED}", "v4 > x2", "x2 > e1")
    assert found(other, LICENSED) == set()


@pytest.mark.parametrize(
    ("element", "lines"),
    [
        ("t4", ["s1 > t4 > e1"]),
        ("v4", ["s1 > t4 > v4 > e1"]),
        ("v4", ["s1 > t4 > x1", f"x1 > v4 ? {REFUSED}", "x1 > x2 default", "v4 > x2", "x2 > e1"]),
        ("v5", ["s1 > t4 > x1", f"x1 > v4 ? {GRANTED}", "x1 > e1 default", "v4 > v5 > e1"]),
        ("v4", ["s1 > t4 > x1", f"x1 > x3 ? {GRANTED}", "x1 > e1 default", *SOMETIMES, "v4 > e1"]),
        ("v4", ["s1 > t4 > x3", "x3 > x1 ? accepted", "x3 > e1 default", *GATED, "v4 > e1"]),
    ],
    ids=["none", "ungated", "when refused", "twice", "not always", "not asked"],
)
def test_a_licence_that_does_not_follow_the_grant_is_told(element: str, lines: list[str]) -> None:
    assert found(drawn(*lines), LICENSED) == {("licence-wrong", element)}


def test_an_item_that_is_only_a_stage_has_no_licence() -> None:
    text = drawn("s1 > t4 > x1", f"x1 > v4 ? {GRANTED}", "x1 > x2 default", "v4 > x2", "x2 > e1")
    assert found(text) == {("licence-wrong", "v4")}


def test_the_licence_stands_where_the_decision_stands() -> None:
    text = drawn(
        "s1 > c1 > x1", f"x1 > v4 ? {GRANTED}", "x1 > x2 default", "v4 > x2", "x2 > e1", calls={"c1": FIRE}
    )
    assert found(text, LICENSED, fire_check=drawn("s2 > t4 > e2", process=FIRE)) == {("licence-wrong", "t4")}


@pytest.mark.parametrize(
    ("limit", "days", "right"),
    [("3", 3, True), ("2", 3, False), (None, 3, False), (None, 0, True), ("1", 0, False)],
)
def test_a_limit_is_the_item_s_days_for_the_phase(limit: str | None, days: int, right: bool) -> None:
    settings = {"act": "decide", "item": FIRE, "form": "decide"} | ({"limit": limit} if limit else {})
    text = model("s1 > t4 > e1", settings={"t4": settings}, lanes=PLACES)
    items = {**ITEMS, FIRE: KnownItem("fire", "fire", days={"decide": days}, licensed=False)}
    assert found(text, items) == (set() if right else {("limit-differs", "t4")})


@pytest.mark.parametrize(("lane", "right"), [("市场监督管理局", False), ("市市场监督管理局", True)])
def test_a_city_s_item_stands_in_a_lane_of_the_city(lane: str, right: bool) -> None:
    settings = {"t1": SETTINGS["t1"], "t3": SETTINGS["t3"]}
    items = {**ITEMS, FOOD: KnownItem("market", "market", "city", licensed=False)}
    text = model("s1 > t1 > t3 > e1", settings=settings, lanes={lane: ["t1", "t3"]})
    assert found(text, items) == (set() if right else {("lane-wrong", "t1"), ("lane-wrong", "t3")})


def test_an_item_s_process_is_named_after_it() -> None:
    text = drawn("s1 > c1 > e1", calls={"c1": "fire"})
    told = found(text, **{FIRE: drawn("s2 > t4 > e2", process="fire")})
    assert told == {("item-process", "fire")}


def test_an_item_s_process_is_about_that_item_alone() -> None:
    text = drawn("s1 > c1 > t3 > e1", calls={"c1": FIRE})
    told = found(text, fire_check=drawn("s2 > t1 > t4 > e2", process=FIRE))
    assert told == {("item-process", "t1")}
