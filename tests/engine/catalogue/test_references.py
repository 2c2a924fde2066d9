"""References between the files of a catalogue: one that does not hold is named, with the nearest word."""

from collections.abc import Callable

import pytest

from forms.mistakes import Mistake

Faults = Callable[..., tuple[Mistake, ...]]

DEPARTMENTS = "processes/departments.yaml"
FOOD = "processes/items/food_operation.yaml"
GUIDE = "processes/restaurant/guide.yaml"
INDUSTRY = "processes/restaurant/industry.yaml"
MATERIALS = "processes/materials.yaml"
REGIONS = "processes/regions.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "element", "do"),
    [
        (FOOD, "reviewer: market", "reviewer: markets", "reviewer", "您是不是要写“market”？"),
        (FOOD, "premises_proof", "premise_proof", "materials.3", "您是不是要写“premises_proof”？"),
        (FOOD, "scope_from: [food_items]", "scope_from: [food_item]", "licence.scope_from.0", "“food_items”"),
        (FOOD, "form: food_operation", "form: food_operatoin", "form", "food_operation"),
        (FOOD, "number: market.food", "number: martket.food", "licence", "您是不是要写“market”？"),
        (GUIDE, "field: area", "field: areas", "questions.1.field", "您是不是要写“area”？"),
        (INDUSTRY, "lead: market", 'lead: market\nopen_in: ["370302", "370399"]', "open_in.1", "3703"),
        (INDUSTRY, "group: 餐饮食品", "group: 餐饮食物", "group", "您是不是要写“餐饮食品”？"),
        (INDUSTRY, "lead: market", "lead: markt", "lead", "您是不是要写“market”？"),
        (
            MATERIALS,
            "merged_into: floor_plan",
            "merged_into: flour_plan",
            "materials.",
            "floor_plan",
        ),
        (
            DEPARTMENTS,
            "消防救援大队: {department: fire",
            "消防救援大队: {department: fires",
            "lanes.消防",
            "fire",
        ),
        (
            REGIONS,
            "combined_limit: longest_path\n",
            "combined_limit: longest_part\n",
            "regions.0",
            "longest_path",
        ),
    ],
)
def test_a_name_that_is_not_defined_is_found_and_the_nearest_offered(
    faults: Faults, path: str, old: str, new: str, element: str, do: str
) -> None:
    mistake = faults(path, old, new)[0]
    assert mistake.file == path
    assert mistake.element.startswith(element)
    assert do in mistake.do


def test_a_shared_material_says_where_it_comes_from(faults: Faults) -> None:
    (mistake,) = faults(MATERIALS, "    from: 人口信息共享数据\n", "")
    assert "from" in mistake.says


def test_a_region_that_opens_twice_is_refused(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, "lead: market", 'lead: market\nopen_in: ["370303", "370303"]')
    assert mistake.says == "“370303”写了两次。"


def test_a_guide_that_never_asks_where_the_shop_is_is_refused(faults: Faults) -> None:
    (mistake,) = faults(GUIDE, "kind: region", "kind: yes_no")
    assert "店在哪里" in mistake.says


def test_several_broken_references_are_all_named(faults: Faults) -> None:
    assert (
        len(faults(FOOD, "reviewer: market", "reviewer: markets", GUIDE, "field: area", "field: areas")) == 2
    )
