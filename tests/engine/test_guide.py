"""One-time informing: the questions one at a time, the notice they lead to."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import Answer, Catalogue
from engine.errors import Invalid
from engine.files import read_folder
from engine.guide import (
    GuideResult,
    asked,
    clean_answer,
    next_question,
    result,
    usable,
)

FILES = read_folder(Path(__file__).parents[2])
RESTAURANT = Catalogue.read(FILES, "restaurant")
MONDAY = date(2026, 11, 23)
EVERYTHING: dict[str, Answer] = {
    "district": "370303",
    "area": 350,
    "cold_food": True,
    "greasy_water": True,
    "tobacco": True,
    "signboard": True,
}
NOTHING: dict[str, Answer] = {
    **EVERYTHING,
    "area": 80,
    "cold_food": False,
    "greasy_water": False,
    "tobacco": False,
    "signboard": False,
}

answers = st.fixed_dictionaries(
    {
        "district": st.sampled_from([region.code for region in RESTAURANT.regions_open()]),
        "area": st.integers(50, 100_000) | st.integers(5_000, 10_000_000).map(lambda cents: cents / 100),
        **{name: st.booleans() for name in ("cold_food", "greasy_water", "tobacco", "signboard")},
    }
)


def notice(catalogue: Catalogue = RESTAURANT, **changes: Answer) -> GuideResult:
    return result(catalogue, {**EVERYTHING, **changes}, MONDAY)


def with_change(path: str, old: str, new: str) -> Catalogue:
    assert old in FILES[path]
    return Catalogue.read({**FILES, path: FILES[path].replace(old, new)}, "restaurant")


# the questions


def test_the_questions_come_one_at_a_time_in_their_order() -> None:
    given_so_far: dict[str, Answer] = {}
    order = []
    while (question := next_question(RESTAURANT, given_so_far)) is not None:
        order.append(question.id)
        given_so_far[question.id] = EVERYTHING[question.id]
    assert order == list(EVERYTHING)


def test_a_question_with_a_condition_is_asked_only_when_it_holds() -> None:
    path = "processes/restaurant/guide.yaml"
    catalogue = with_change(path, "  - id: tobacco\n", "  - id: tobacco\n    show_if: area > 100\n")
    small, large = {**EVERYTHING, "area": 60}, {**EVERYTHING, "area": 160}
    assert "tobacco" not in [question.id for question in asked(catalogue, small)]
    assert "tobacco" in [question.id for question in asked(catalogue, large)]


def test_an_answer_that_the_question_no_longer_takes_is_asked_anew() -> None:
    old = {**EVERYTHING, "area": "large", "signboard": "yes", "gone": True}
    assert set(usable(RESTAURANT, old)) == set(EVERYTHING) - {"area", "signboard"}
    question = next_question(RESTAURANT, usable(RESTAURANT, old))
    assert question is not None and question.id == "area"


def test_only_regions_that_are_open_can_be_chosen() -> None:
    with pytest.raises(Invalid):
        clean_answer(RESTAURANT.question("district"), "370300")
    assert clean_answer(RESTAURANT.question("district"), "370303") == "370303"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("120", 120), (" 85.5 ", 85.5), ("３５０", 350), ("120平方米", 120), ("120 ㎡", 120), ("80平", 80)],
)
def test_a_number_is_understood_as_people_type_it(typed: str, value: float) -> None:
    assert clean_answer(RESTAURANT.question("area"), typed) == value


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请填写数字"),
        ("很大", "只填数字"),
        ("1e3", "只填数字"),
        ("12..5", "只填数字"),
        ("1,000", "只填数字"),
        ("٣٠٠", "只填数字"),
        ("-5", "负数"),
        ("0", "不能小于"),
        ("999999999", "不能大于"),
        ("9" * 10_000_000, "太长"),
        ("🍜", "只填数字"),
    ],
)
def test_an_impossible_area_is_told_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(Invalid) as raised:
        clean_answer(RESTAURANT.question("area"), typed)
    assert says in raised.value.errors["area"]


@pytest.mark.parametrize("typed", ["", "maybe", "YES", "true", "是" * 50])
def test_yes_or_no_is_one_of_the_two(typed: str) -> None:
    with pytest.raises(Invalid) as raised:
        clean_answer(RESTAURANT.question("tobacco"), typed)
    assert raised.value.errors == {"tobacco": "请选择“是”或“否”。"}


@given(st.text(max_size=120))
def test_whatever_is_typed_gives_an_answer_or_an_error_at_the_question(typed: str) -> None:
    for question in RESTAURANT.questions:
        try:
            assert question.accepts(clean_answer(question, typed))
        except Invalid as error:
            assert set(error.errors) == {question.id}


# the notice


def test_a_large_place_that_wants_everything_gets_all_five_items_with_why() -> None:
    items = notice().items
    assert [each.item.id for each in items] == list(RESTAURANT.items)
    assert items[1].why.startswith("您的店超过300平方米")
    assert [each.authority for each in items] == [
        "张店区行政审批服务局",
        "张店区消防救援大队",
        "张店区烟草专卖局",
        "张店区行政审批服务局",
        "张店区行政审批服务局",
    ]


def test_a_small_place_without_wishes_needs_the_food_licence_only_and_hears_why_not_the_others() -> None:
    found = result(RESTAURANT, NOTHING, MONDAY)
    assert [each.item.id for each in found.items] == ["food_operation"]
    assert len(found.not_needed) == 4
    assert "不超过300平方米" in found.not_needed[0].why
    assert {each.item.id for each in found.not_needed if each.optional} == {"tobacco_retail", "signboard"}


@pytest.mark.parametrize(("area", "needed"), [(300, False), (300.01, True)])
def test_the_fire_check_begins_above_the_area_that_the_region_sets(area: float, needed: bool) -> None:
    assert ("fire_check" in [each.item.id for each in notice(area=area).items]) is needed


def test_a_region_may_set_another_area_for_the_fire_check() -> None:
    old = 'parent: "370300"\n    settings: {centre: [36.50, 117.86], '
    catalogue = with_change("processes/regions.yaml", old, f"{old}fire_area: 200, ")
    found = notice(catalogue, district="370304", area=250)
    assert "您的店超过200平方米" in found.items[1].why
    assert "fire_check" not in [each.item.id for each in notice(catalogue, area=250).items]


def test_a_place_below_fifty_square_metres_is_told_about_small_catering() -> None:
    early: dict[str, Answer] = {"district": "370303", "area": 49.9}
    assert next_question(RESTAURANT, early) is None, "nothing more needs to be asked"
    found = result(RESTAURANT, early, MONDAY)
    assert found.ineligible is not None
    assert "属于小餐饮" in found.ineligible.because
    assert "张店区" in found.ineligible.instead and "小餐饮登记" in found.ineligible.instead
    assert not (found.items or found.materials or found.notes)
    assert found.committed_days == found.visits == found.fee_total == 0


def test_fifty_square_metres_are_enough() -> None:
    assert notice(area=50).ineligible is None


def test_the_materials_are_merged_and_few_are_left_to_bring() -> None:
    found = notice()
    assert (found.before_merge, len(found.materials), found.to_bring) == (24, 13, 6)


def test_the_days_follow_the_longest_path_and_are_compared_with_the_law() -> None:
    found = notice()
    assert (found.committed_days, found.committed_sum) == (7, 23)
    assert (found.statutory_days, found.statutory_sum) == (20, 73)
    assert found.done_by == date(2026, 12, 2) and not found.provisional


def test_a_date_in_a_year_without_announced_holidays_is_provisional() -> None:
    assert result(RESTAURANT, EVERYTHING, date(2030, 12, 31)).provisional


def test_a_region_may_count_the_days_by_another_rule() -> None:
    path = "processes/regions.yaml"
    catalogue = with_change(path, "combined_limit: longest_path\n", "combined_limit: shortest_item\n")
    assert (notice(catalogue).rule, notice(catalogue).committed_days) == ("shortest_item", 1)


def test_an_industry_may_publish_one_figure_for_the_whole() -> None:
    regions, industry = "processes/regions.yaml", "processes/restaurant/industry.yaml"
    fixed = FILES[regions].replace("combined_limit: longest_path\n", "combined_limit: fixed\n")
    figure = FILES[industry].replace("lead: market\n", "lead: market\nfixed_days: 6\n")
    catalogue = Catalogue.read({**FILES, regions: fixed, industry: figure}, "restaurant")
    assert (notice(catalogue).rule, notice(catalogue).committed_days) == ("fixed", 6)


def test_all_visits_become_one() -> None:
    assert (notice().visits_before, notice().visits) == (4, 1)


def test_fees_are_listed_singly_and_summed() -> None:
    catalogue = with_change("processes/items/drainage.yaml", "fee: 0", "fee: 120")
    found = notice(catalogue)
    assert [fee for _, fee in found.fees] == [0, 0, 0, 120, 0]
    assert found.fee_total == 120
    assert notice().fee_total == 0


def test_whoever_makes_cold_dishes_hears_of_the_room_for_them() -> None:
    assert any("专间" in note for note in notice().notes)
    assert not any("专间" in note for note in notice(cold_food=False).notes)


def test_there_is_no_notice_while_a_question_is_open() -> None:
    with pytest.raises(Invalid) as raised:
        result(RESTAURANT, {"district": "370303"}, MONDAY)
    assert set(raised.value.errors) == {"area"}


@given(answers)
def test_every_item_is_either_needed_or_not_and_says_why(given_answers: dict[str, Answer]) -> None:
    found = result(RESTAURANT, given_answers, MONDAY)
    needed = {each.item.id: each.why for each in found.items}
    not_needed = {each.item.id: each.why for each in found.not_needed}
    assert sorted([*needed, *not_needed]) == sorted(RESTAURANT.items)
    assert all(why and "{" not in why for why in (*needed.values(), *not_needed.values()))


@given(answers)
def test_the_whole_never_asks_for_more_nor_takes_longer(
    given_answers: dict[str, Answer],
) -> None:
    found = result(RESTAURANT, given_answers, MONDAY)
    assert found.to_bring <= len(found.materials) <= found.before_merge
    assert found.committed_days <= found.committed_sum
    assert found.committed_days <= found.statutory_days <= found.statutory_sum
