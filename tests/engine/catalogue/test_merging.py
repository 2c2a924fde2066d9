"""Merging the materials of several items: each once, whatever the order, and nothing lost."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import Catalogue, Material, MergedMaterial
from engine.catalogue.merging import merge
from engine.files import read_folder
from forms.expressions import compile_expression

RESTAURANT = Catalogue.read(read_folder(Path(__file__).parents[3]), "restaurant")
LIBRARY = RESTAURANT.materials
FACTS = RESTAURANT.facts({})

some_items = st.lists(st.sampled_from(list(RESTAURANT.items)), unique=True)


def merged(items: Sequence[str]) -> tuple[MergedMaterial, ...]:
    return merge([RESTAURANT.item(each) for each in items], LIBRARY, FACTS)


def result_material(name: str) -> Material:
    return replace(LIBRARY["fire_rules"], id=name, source="result", kind="result")


def test_the_fire_plan_is_drawn_on_the_floor_plan() -> None:
    found = merged(["food_operation", "fire_check"])
    plan = next(each for each in found if each.material.id == "floor_plan")
    assert plan.items == ("food_operation", "fire_check")
    assert [each.id for each in plan.instead_of] == ["fire_plan"]


def test_the_fire_check_alone_asks_for_the_one_plan_too() -> None:
    assert "floor_plan" in [each.material.id for each in merged(["fire_check"])]


def test_the_result_of_an_item_of_the_same_case_is_passed_on_inside() -> None:
    library = {**LIBRARY, "opinion": result_material("opinion")}
    needs_it = replace(RESTAURANT.item("food_operation"), materials=("opinion",))
    yields_it = replace(RESTAURANT.item("fire_check"), produces=("opinion",))
    (inside,) = [
        each for each in merge([needs_it, yields_it], library, FACTS) if each.material.id == "opinion"
    ]
    assert inside.source == "result" and "内部流转" in inside.where
    (asked,) = merge([needs_it], library, FACTS)
    assert asked.source == "applicant" and asked.where == "请您准备"


def test_a_material_with_a_condition_is_asked_for_only_when_it_holds() -> None:
    conditional = replace(LIBRARY["fire_rules"], when=compile_expression('answers["area"] > 1000'))
    library = {**LIBRARY, "fire_rules": conditional}
    fire = [RESTAURANT.item("fire_check")]
    for area, asked in ((400, False), (1200, True)):
        names = [each.material.id for each in merge(fire, library, RESTAURANT.facts({"area": area}))]
        assert ("fire_rules" in names) is asked


@given(some_items.flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_of_the_items_makes_no_difference_to_the_materials(
    orders: tuple[list[str], list[str]],
) -> None:
    one, other = (
        [(each.material.id, frozenset(each.items), each.instead_of, each.source) for each in merged(items)]
        for items in orders
    )
    assert one == other


@given(some_items, st.sampled_from(list(RESTAURANT.items)))
def test_one_more_item_never_removes_a_material_of_another(items: list[str], more: str) -> None:
    before = {each.material.id: set(each.items) for each in merged(items)}
    after = {each.material.id: set(each.items) for each in merged([*items, more])}
    assert all(needed <= after[name] for name, needed in before.items())


@given(some_items)
def test_every_material_has_an_item_that_needs_it_and_stands_there_once(items: list[str]) -> None:
    names = [each.material.id for each in merged(items)]
    assert len(names) == len(set(names))
    assert all(each.items for each in merged(items))
