"""Each department numbers its licences by its own rule, named as the item's file names it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from engine.departments.registry import (
    NameTaken,
    NotNumbered,
    Numbering,
    UnknownName,
    find_handler,
    find_rule,
    handler,
    number_rule,
    rules_by_key,
)

SERIALS = st.integers(1, 999_999)
REGIONS = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)


CATERING = {"food_biz_type": "餐饮服务经营者"}


def number(rule: str, serial: int = 1, region: str = "370303", **answers: object) -> str:
    return find_rule(rule).write(Numbering(region, 2026, serial, answers))


def test_a_food_licence_is_numbered_by_kind_of_business_region_and_turn() -> None:
    made = number("market.food_business", 1, **CATERING)
    assert made.startswith("JY2370303000001")
    assert len(made) == 16


def test_a_food_licence_says_whether_food_is_sold_or_served() -> None:
    assert number("market.food_business", food_biz_type="食品销售经营者").startswith("JY1")
    assert number("market.food_business", food_biz_type="集中用餐单位食堂").startswith("JY3")


@pytest.mark.parametrize("answers", [{}, {"food_biz_type": None}, {"food_biz_type": "流动摊贩"}])
def test_a_food_licence_without_a_known_kind_of_business_is_not_numbered(answers: dict[str, object]) -> None:
    with pytest.raises(NotNumbered, match="主体业态"):
        number("market.food_business", **answers)


@given(SERIALS, REGIONS)
def test_a_food_licence_ends_in_the_check_digit_of_the_others(serial: int, region: str) -> None:
    assert mod_11_10.is_valid(number("market.food_business", serial, region, **CATERING)[2:])


@given(SERIALS, SERIALS)
def test_two_food_licences_of_a_region_never_share_a_number(one: int, other: int) -> None:
    same = number("market.food_business", one, **CATERING) == number(
        "market.food_business", other, **CATERING
    )
    assert same == (one == other)


def test_a_tobacco_licence_has_twelve_digits_and_starts_with_the_region() -> None:
    assert number("tobacco.retail_licence", 17) == "370303000017"


@pytest.mark.parametrize(
    ("rule", "made"),
    [
        ("fire.check_opinion", "370303消安检字〔2026〕第0001号"),
        ("housing.drainage_permit", "370303排水字〔2026〕第0001号"),
        ("urban.signboard_filing", "370303招牌备字〔2026〕第0001号"),
        ("approval.permit", "370303审批许字〔2026〕第0001号"),
    ],
)
def test_other_documents_are_numbered_in_the_style_of_official_letters(rule: str, made: str) -> None:
    assert number(rule) == made


def test_a_rule_that_prints_no_year_counts_on_through_the_years() -> None:
    rule = find_rule("market.food_business")
    assert rule.series("370303", 2026) == rule.series("370303", 2027)
    assert rule.series("370303", 2026) != rule.series("370302", 2026)


def test_a_rule_that_prints_the_year_counts_each_year_from_one() -> None:
    rule = find_rule("fire.check_opinion")
    assert rule.series("370303", 2026) != rule.series("370303", 2027)


def test_a_running_number_that_no_longer_fits_is_an_error_and_no_wrong_number() -> None:
    with pytest.raises(NotNumbered, match="1000000"):
        number("tobacco.retail_licence", 1_000_000)


def test_an_unknown_rule_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match=r"market\.food_bussiness.*您是不是要写“market\.food_business”"):
        find_rule("market.food_bussiness")


def test_a_rule_like_no_other_is_answered_with_all_names() -> None:
    with pytest.raises(UnknownName, match=r"可用的有：.*tobacco\.retail_licence"):
        find_rule("nothing")


def test_an_unknown_handler_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownName, match="no_such_step"):
        find_handler("no_such_step")


def test_two_rules_cannot_share_a_name() -> None:
    with pytest.raises(NameTaken, match=r"market\.food_business"):
        number_rule("market.food_business", yearly=False)(lambda numbering: "")


def test_two_handlers_cannot_share_a_name() -> None:
    handler("a_test_of_names")(lambda db, task, now: "done")
    with pytest.raises(NameTaken, match="a_test_of_names"):
        handler("a_test_of_names")(lambda db, task, now: "done")


def test_each_rule_is_named_after_the_module_that_has_it() -> None:
    for name in rules_by_key()["number"]:
        assert find_rule(name).write.__module__ == f"engine.departments.{name.split('.')[0]}"
