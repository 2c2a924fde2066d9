"""The days of a whole case, by each rule that a region may set."""

from engine.catalogue import Catalogue
from engine.catalogue.combined import committed_days, statutory_days


def test_along_the_longest_path_each_stage_takes_as_long_as_its_longest_item(restaurant: Catalogue) -> None:
    food, tobacco = restaurant.item("food_operation"), restaurant.item("tobacco_retail")
    assert committed_days([food], "longest_path") == 3
    assert committed_days([food, tobacco], "longest_path") == 7
    assert committed_days(list(restaurant.items.values()), "longest_path") == 7


def test_the_longest_path_is_never_shorter_than_the_longest_item(restaurant: Catalogue) -> None:
    items = list(restaurant.items.values())
    assert committed_days(items, "longest_path") >= committed_days(items, "longest_item") == 7


def test_the_shortest_item_may_be_made_the_rule(restaurant: Catalogue) -> None:
    assert committed_days(list(restaurant.items.values()), "shortest_item") == 1


def test_the_law_allows_as_long_as_its_longest_item(restaurant: Catalogue) -> None:
    assert statutory_days(list(restaurant.items.values())) == 20


def test_a_case_without_items_takes_no_time() -> None:
    assert committed_days([], "longest_path") == statutory_days([]) == 0
