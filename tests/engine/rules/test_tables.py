"""A decision table answers one thing for the facts of an applicant, or says why it cannot."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules import Rules, Table, read_table
from forms.expressions import CannotEvaluate, compile_expression
from tests.engine.rules.tables import PATH, dmn

REST = ("-", "false")


def table(rows: Sequence[Sequence[str]], policy: str | None = "FIRST", default: str | None = None) -> Table:
    return read_table(dmn(rows, policy=policy, default=default), PATH)


def answer(rows: Sequence[Sequence[str]], **facts: object) -> object:
    return table(rows).answer(facts)


@pytest.mark.parametrize(
    ("cell", "fits", "fits_not"),
    [
        ("5", [5, 5.0], [4, 6]),
        ("5, 7,9", [5, 7, 9], [6, 8]),
        ('"370322", "370323"', ["370322", "370323"], ["370302", ""]),
        ('"a, b"', ["a, b"], ["a"]),
        ("< 5", [4, 4.99], [5, 6]),
        ("<= 5", [5], [5.01]),
        ("> 5", [6], [5]),
        (">=5", [5], [4.99]),
        ("= 5", [5], [6]),
        ("[1..5)", [1, 4.9], [0.9, 5]),
        ("(1..5]", [1.1, 5], [1, 5.1]),
        ("]1..5[", [2], [1, 5]),
        ("[1..2], [4..5]", [1, 2, 4, 5], [3]),
        ("not(5)", [4], [5]),
        ("not(5, 7)", [6], [5, 7]),
        ("not([1..5))", [5, 0], [1, 4]),
        ("true", [True], [False]),
        ("null", [None], [0, ""]),
        ("-1", [-1], [1]),
        ('settings["small"]', [50], [51]),
        ('< settings["small"] + 1', [50], [51]),
    ],
)
def test_a_cell_fits_what_dmn_says_it_fits(cell: str, fits: list[object], fits_not: list[object]) -> None:
    for value in fits:
        assert answer([(cell, "true"), REST], area=value, settings={"small": 50}) is True, value
    for value in fits_not:
        assert answer([(cell, "true"), REST], area=value, settings={"small": 50}) is False, value


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_an_interval_holds_its_ends_as_its_brackets_say(low: int, high: int, value: int) -> None:
    for opens, closes in ("[]", "[)", "(]", "()"):
        inside = (low <= value if opens == "[" else low < value) and (
            value <= high if closes == "]" else value < high
        )
        assert answer([(f"{opens}{low}..{high}{closes}", "true"), REST], area=value) is inside


@given(st.lists(st.integers(0, 9), max_size=4), st.integers(0, 9))
def test_not_is_the_opposite_of_what_stands_in_it(values: list[int], value: int) -> None:
    cell = ", ".join(map(str, values)) or "< 0"
    plain = answer([(cell, "true"), REST], area=value)
    assert answer([(f"not({cell})", "true"), REST], area=value) is not plain


@pytest.mark.parametrize(("text", "value"), [("true", True), ("-3", -3), ("2.5", 2.5), ('"城区"', "城区")])
def test_an_output_is_a_plain_value(text: str, value: object) -> None:
    assert answer([("-", text)], area=1) == value


def test_the_first_row_that_fits_answers() -> None:
    rows = [("< 10", '"small"'), ("< 100", '"middle"'), ("-", '"large"')]
    assert [answer(rows, area=size) for size in (5, 50, 500)] == ["small", "middle", "large"]


def test_of_rows_that_exclude_each_other_the_one_that_fits_answers() -> None:
    found = table([("< 10", "true"), (">= 10", "false")], policy=None, default="false")
    assert (found.answer({"area": 9}), found.answer({"area": 10})) == (True, False)


def test_two_rows_that_should_exclude_each_other_but_fit_both_give_no_answer() -> None:
    with pytest.raises(CannotEvaluate, match="r0、r1"):
        table([("< 10", "true"), ("< 20", "true")], "UNIQUE", "false").answer({"area": 5})


def test_rows_that_may_fit_together_must_agree() -> None:
    agreeing = table([("< 10", "true"), ("< 20", "true"), ("> 50", "false")], "ANY", "false")
    assert agreeing.answer({"area": 5}) is True
    quarrelling = table([("< 10", "true"), ("< 20", "false")], "ANY", "false")
    with pytest.raises(CannotEvaluate, match="结论不同"):
        quarrelling.answer({"area": 5})


def test_what_no_row_fits_has_the_default() -> None:
    assert table([("< 10", "true")], "UNIQUE", "false").answer({"area": 11}) is False


def test_a_missing_fact_or_one_of_another_kind_is_no_answer() -> None:
    facts: Mapping[str, object]
    for facts in ({}, {"area": "many"}):
        with pytest.raises(CannotEvaluate):
            table([("< 10", "true"), REST]).answer(facts)


def test_a_condition_asks_a_table_only_when_it_needs_it() -> None:
    rules = Rules({"permit": table([("< 10", "true"), REST])}, {"area": 5})
    assert compile_expression('rules["permit"] and len(rules) == 1').evaluate({"rules": rules}) is True
    broken = Rules({"permit": table([("< 10", "true"), REST])}, {})
    assert compile_expression('False and rules["permit"]').evaluate({"rules": broken}) is False


@pytest.mark.parametrize("text", ['rules["lost"]', '"lost" in rules', 'not rules["lost"]'])
def test_a_lost_table_is_never_taken_for_a_no(text: str) -> None:
    with pytest.raises(CannotEvaluate):
        compile_expression(text).evaluate({"rules": Rules({}, {})})
