"""Each department says from when to when its licences hold, for what, and what they are called."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.reading import read_sheets
from engine.departments.registry import (
    Days,
    NameTaken,
    NotDated,
    Term,
    UnknownName,
    Wording,
    document_rule,
    find_document,
    find_scope,
    find_validity,
    rules_by_key,
    scope_rule,
    validity_rule,
)
from engine.files import industries_in
from tests.filing import files

DECIDED = date(2026, 11, 23)
DAYS = st.dates(date(2004, 1, 1), date(2060, 12, 31))


def days(rule: str, years: int | None = 5, previous_end: date | None = None, **answers: object) -> Days:
    return find_validity(rule)(Term(DECIDED, years, answers, previous_end))


def test_a_licence_holds_whole_years_from_the_decision() -> None:
    assert days("usual.validity") == (DECIDED, date(2031, 11, 22))
    assert days("usual.validity", None) == (DECIDED, None)


def test_a_renewed_licence_goes_on_where_the_one_before_it_ends() -> None:
    assert days("usual.validity", previous_end=date(2026, 12, 31)) == (date(2027, 1, 1), date(2031, 12, 31))


def test_a_renewed_food_licence_counts_from_its_own_decision() -> None:
    assert days("market.from_decision", previous_end=date(2026, 12, 31)) == (DECIDED, date(2031, 11, 22))


@given(DAYS, st.integers(1, 20))
def test_a_term_and_the_next_one_leave_no_day_out_and_count_none_twice(start: date, years: int) -> None:
    rule = find_validity("usual.validity")
    _first, end = rule(Term(start, years))
    assert end is not None and end > start
    following, _last = rule(Term(start, years, {}, end))
    assert (following - end).days == 1


def test_who_sells_seeds_for_another_is_on_file_until_the_contract_ends() -> None:
    assert days("agriculture.seed_contract", None) == (DECIDED, None)
    assert days("agriculture.seed_contract", None, seed_until="2027-06-30") == (DECIDED, date(2027, 6, 30))
    with pytest.raises(NotDated, match="已经期满"):
        days("agriculture.seed_contract", None, seed_until="2026-11-22")


def test_a_scope_lists_the_answers_in_their_order() -> None:
    words = Wording("证", words={"经营项目": "热食类制售、冷食类制售", "空着的": "", "另一项": "甲"})
    assert find_scope("usual.scope")(words) == "热食类制售、冷食类制售；甲"


def test_a_licence_for_devices_states_how_and_what_is_sold() -> None:
    words = Wording("证", words={"经营方式": "零售", "经营范围": "16 眼科器械"})
    assert find_scope("market.device_scope")(words) == "经营方式：零售。经营范围：16 眼科器械"


@pytest.mark.parametrize(
    ("answers", "scope"),
    [
        ({}, "图书、期刊零售"),
        ({"pub_rental": True, "pub_online": False}, "图书、期刊零售；出租"),
        ({"pub_rental": True, "pub_online": True}, "图书、期刊零售；出租；网络销售"),
    ],
)
def test_a_bookshop_s_licence_says_in_which_ways_it_sells(answers: dict[str, object], scope: str) -> None:
    words = Wording("证", answers, {"卖哪些出版物": "图书、期刊"})
    assert find_scope("press.publication_scope")(words) == scope


def test_a_licence_for_pesticides_leaves_out_those_of_restricted_use() -> None:
    assert find_scope("agriculture.pesticide_scope")(Wording("证")) == "农药（限制使用农药除外）"


@pytest.mark.parametrize(
    ("kind", "document"),
    [("中医诊所", "中医诊所备案证"), ("口腔诊所", "诊所备案凭证"), (None, "诊所备案凭证")],
)
def test_a_clinic_of_chinese_medicine_has_a_document_of_its_own(kind: str | None, document: str) -> None:
    assert find_document("health.clinic_title")(Wording("诊所备案凭证", {"med_kind": kind})) == document
    assert find_document("usual.title")(Wording("诊所备案凭证", {"med_kind": kind})) == "诊所备案凭证"


@pytest.mark.parametrize("find", [find_validity, find_scope, find_document])
def test_a_name_that_no_department_knows_is_refused(find: Callable[[str], object]) -> None:
    with pytest.raises(UnknownName, match="usual"):
        find("usual.validty" if find is find_validity else "usual.nothing")


@pytest.mark.parametrize(
    ("register", "name"),
    [
        (validity_rule, "usual.validity"),
        (scope_rule, "usual.scope"),
        (document_rule, "usual.title"),
    ],
)
def test_a_name_is_taken_once(register: Callable[[str], Callable[[object], object]], name: str) -> None:
    with pytest.raises(NameTaken):
        register(name)(lambda given: "")


def test_every_rule_but_those_of_numbers_is_named_by_an_item() -> None:
    found = [read_sheets(files(), industry) for industry in industries_in(files())]
    licences = [item.licence for each in found for item in each.items.values() if item.licence]
    for key in ("validity", "scope", "title"):
        assert rules_by_key()[key] == {getattr(licence, key) for licence in licences}
