"""The days of a whole case, by each rule that a region may set."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import Catalogue, Item, Phases
from engine.catalogue.combined import committed_days, needed_first, statutory_days
from tests.engine.catalogue.made import item

days = st.integers(0, 9)


@st.composite
def some_items(draw: st.DrawFn) -> list[Item]:
    """Items of which each may need the decisions of earlier ones."""
    made: list[Item] = []
    for number in range(draw(st.integers(1, 6))):
        earlier = [each.id for each in made]
        needs = (
            draw(st.dictionaries(st.sampled_from(earlier), st.sampled_from(["review", "decide"])))
            if earlier
            else {}
        )
        phases = Phases(draw(days), draw(st.integers(0, 3)), draw(days))
        made.append(item(f"item{number}", phases, needs))
    return made


def longest_path(items: Sequence[Item]) -> int:
    return committed_days(items, "longest_path")


def test_along_the_longest_path_each_stage_takes_as_long_as_its_longest_item(restaurant: Catalogue) -> None:
    food, tobacco = restaurant.item("food_operation"), restaurant.item("tobacco_retail")
    assert longest_path([food]) == 3
    assert longest_path([food, tobacco]) == 7
    assert longest_path(list(restaurant.items.values())) == 7


def test_a_decision_that_needs_another_comes_after_it() -> None:
    fire = item("fire", Phases(2, 2, 1))
    hotel = item("hotel", Phases(2, 1, 3), {"fire": "decide"})
    assert longest_path([fire, hotel]) == 2 + 2 + 1 + 3
    assert longest_path([hotel]) == 2 + 1 + 3, "the fire check is done already"


def test_an_item_that_a_review_waits_for_comes_first_with_all_that_it_needs_itself() -> None:
    land = item("land", Phases(1, 0, 1))
    plan = item("plan", Phases(2, 0, 1), {"land": "decide"})
    final = item("final", Phases(3, 1, 1), {"plan": "review"})
    beside = item("beside", Phases(4, 0, 0))
    assert needed_first([final, beside, plan, land]) == {"plan", "land"}
    assert longest_path([final, beside, plan, land]) == 2 + 3 + (4 + 1 + 1)


def test_only_items_that_need_each_other_add_up_their_statutory_days() -> None:
    fire = replace(item("fire", Phases(0, 0, 0)), statutory_days=13)
    hotel = replace(item("hotel", Phases(0, 0, 0), {"fire": "decide"}), statutory_days=20)
    food = replace(item("food", Phases(0, 0, 0)), statutory_days=10)
    assert statutory_days([fire, hotel, food]) == 33
    assert statutory_days([hotel, food]) == 20


def test_the_longest_or_the_shortest_item_may_be_made_the_rule(restaurant: Catalogue) -> None:
    items = list(restaurant.items.values())
    assert committed_days(items, "longest_item") == 7
    assert committed_days(items, "shortest_item") == 1


def test_the_one_published_figure_may_be_made_the_rule(restaurant: Catalogue) -> None:
    items = list(restaurant.items.values())
    assert committed_days(items, "fixed", 5) == 5
    assert committed_days(items, "longest_path", 5) == 7
    assert committed_days(items, "fixed") == 7, "no figure published"


def test_the_law_allows_as_long_as_its_longest_item(restaurant: Catalogue) -> None:
    assert statutory_days(list(restaurant.items.values())) == 20


def test_a_case_without_items_takes_no_time() -> None:
    assert committed_days([], "longest_path") == committed_days([], "fixed", 5) == statutory_days([]) == 0


@given(some_items().flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_of_the_items_makes_no_difference_to_the_days(
    orders: tuple[list[Item], list[Item]],
) -> None:
    one, other = orders
    assert longest_path(one) == longest_path(other)
    assert statutory_days(one) == statutory_days(other)


@given(some_items(), st.data())
def test_one_more_item_never_makes_a_case_shorter(items: list[Item], data: st.DataObject) -> None:
    more = data.draw(st.sampled_from(items))
    fewer = [each for each in items if each is not more]
    assert longest_path(fewer) <= longest_path(items)
    assert statutory_days(fewer) <= statutory_days(items)


@given(st.lists(st.tuples(days, days, st.sampled_from(["review", "decide"])), min_size=1, max_size=5))
def test_a_chain_takes_at_least_the_days_of_all_its_decisions(links: list[tuple[int, int, str]]) -> None:
    chain = [
        item(f"item{n}", Phases(review, 0, decide), {f"item{n - 1}": phase} if n else {})
        for n, (review, decide, phase) in enumerate(links)
    ]
    assert longest_path(chain) >= sum(each.phases.decide for each in chain)
    assert longest_path(chain) >= max(each.committed_days for each in chain)
