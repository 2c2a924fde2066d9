"""Expressions compute what designers need and refuse everything else."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import CannotEvaluate, UnknownName, UnsafeExpression, compile_expression

FACTS: dict[str, object] = {
    "items": ["food_operation", "fire_check"],
    "area": 320,
    "accepted": True,
    "outcomes": {"food_operation": "granted"},
    "nothing": None,
}


def value(text: str) -> object:
    return compile_expression(text).evaluate(FACTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"food_operation" in items', True),
        ('"signboard" not in items', True),
        ('outcomes["food_operation"] == "granted"', True),
        ("accepted and area >= 300", True),
        ("not accepted or area < 300", False),
        ("0 < area < 320", False),
        ("len(items) * 2 + 1", 5),
        ("-area % 7", 2),
        ("max(area, 500) / 2", 250),
        ('"大" if area > 300 else "小"', "大"),
        ("nothing is None", True),
        ('any(["x" in items, accepted])', True),
        ("area in {320, 500}", True),
        ("items[0]", "food_operation"),
        ("'第' + str(area)", "第320"),
    ],
)
def test_an_expression_gives_what_it_says(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "items.append(1)",
        "().__class__.__base__.__subclasses__()",
        "__import__('os')",
        "open('x')",
        "[x for x in items]",
        "lambda: 1",
        "(x := 1)",
        "f'{area}'",
        "area ** 9",
        "area << 9",
        "items[0:1]",
        "max(*items)",
        "max(items, key=str)",
        "b'x'",
        "1j",
        "...",
        "{'a': 1}",
        "~area",
        "import os",
        "area = 1",
        "",
        "(",
        "a b",
        "\0",
        "(" * 300,
        "not " * 400 + "area",
        "-" * 1500 + "1",
        "1" + "+1" * 900,
        "x" * 3000,
        "a" + ".b" * 900,
    ],
)
def test_everything_else_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(UnsafeExpression):
        compile_expression(text)


def test_a_missing_fact_is_named() -> None:
    with pytest.raises(UnknownName) as caught:
        value("aera > 3")
    assert caught.value.name == "aera"
    assert "aera" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        'area > "x"',
        'outcomes["signboard"]',
        "area / 0",
        "items[9]",
        '"%9999999d" % 1',
        '"x" * 99',
        "int('x')",
    ],
)
def test_an_expression_without_a_value_says_so(text: str) -> None:
    with pytest.raises(CannotEvaluate):
        value(text)


def test_joined_text_has_a_limit() -> None:
    with pytest.raises(CannotEvaluate, match="太长"):
        compile_expression("a + a").evaluate({"a": "x" * 60_000})


def test_only_the_branch_that_is_needed_is_computed() -> None:
    assert value("accepted or unknown") is True
    assert value("1 if accepted else unknown") == 1


def test_the_names_and_texts_of_an_expression_are_known_without_running_it() -> None:
    expression = compile_expression('len(items) > 1 and outcomes["food_operation"] == "granted"')
    assert expression.names == {"items", "outcomes"}
    assert expression.constants == {"food_operation", "granted"}


@given(st.text(max_size=80))
def test_no_text_brings_anything_but_a_clear_error(text: str) -> None:
    with contextlib.suppress(UnsafeExpression, CannotEvaluate):
        compile_expression(text).evaluate(FACTS)
