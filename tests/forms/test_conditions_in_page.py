"""The page's script and the server agree on which questions are asked."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expression_tree import tree
from forms.expressions import Expression, compile_expression
from forms.fields import Field
from forms.library import FormLibrary

SCRIPT = Path(__file__).parent / "evaluate_conditions.mjs"
NODE = Path(sys.executable).parent / "node"
UNKNOWN = "ask the server"
InPage = Callable[[str, dict[str, object]], object]

numbers = st.integers(-50, 400) | st.sampled_from([0.5, -2.25, 300.0])
texts = st.sampled_from(["", "是", "网络", "网络销售", "A", "b", "𠮷"])
simple = st.none() | st.booleans() | numbers | texts
values = simple | st.lists(simple, max_size=3) | st.dictionaries(texts, simple, max_size=2)
facts = st.fixed_dictionaries({name: values for name in ("a", "b", "c")})
atoms = st.sampled_from(["a", "b", "c", "missing"]) | simple.map(repr)
comparisons = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of smaller ones, in every way that designers may write."""
    two = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(inner, comparisons, inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(inner, comparisons, inner, comparisons, inner).map(lambda p: f"({' '.join(p)})"),
        st.tuples(inner, st.sampled_from(["and", "or", "+", "-", "*", "/", "%"]), inner).map(
            lambda p: f"({p[0]} {p[1]} {p[2]})"
        ),
        inner.map(lambda one: f"(not {one})"),
        inner.map(lambda one: f"(-{one})"),
        two.map(lambda p: f"[{p[0]}, {p[1]}]"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} in {{{p[1]}, {p[2]}}})"),
        st.tuples(inner, inner, inner).map(lambda p: f"({p[0]} if {p[1]} else {p[2]})"),
        two.map(lambda p: f"{p[0]}[{p[1]}]"),
        st.tuples(st.sampled_from(["len", "any", "all", "min", "sum", "abs", "str", "int"]), inner).map(
            lambda p: f"{p[0]}({p[1]})"
        ),
    )


expressions = st.recursive(atoms, larger, max_leaves=8)


@pytest.fixture(scope="module")
def in_page() -> Iterator[InPage]:
    """Asks the page's script, which runs beside the tests."""
    with subprocess.Popen(
        [NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as node:
        sending, receiving = node.stdin, node.stdout
        assert sending and receiving

        def ask(text: str, known: dict[str, object]) -> object:
            sending.write(json.dumps({"tree": tree(compile_expression(text)), "facts": known}) + "\n")
            sending.flush()
            return json.loads(receiving.readline())

        yield ask
        sending.close()


def on_server(text: str, known: dict[str, object]) -> bool:
    condition = compile_expression(text)
    question = Field("it", "它", "text", visible_if=condition)
    return question.is_visible({name: None for name in condition.names} | known)


@settings(max_examples=500)
@given(text=expressions, known=facts)
def test_the_page_and_the_server_come_to_the_same(
    in_page: InPage, text: str, known: dict[str, object]
) -> None:
    answer = in_page(text, known)
    assert answer in (UNKNOWN, on_server(text, known))


@pytest.mark.parametrize(
    ("text", "known", "asked"),
    [
        ('way == "邮寄"', {"way": "邮寄"}, True),
        ('way == "邮寄"', {"way": None}, False),
        ('"网络" in ways', {"ways": ["网络", "门店"]}, True),
        ('"网络" in ways', {"ways": None}, True),  # nothing chosen yet: asked once too often, not forgotten
        ("agent", {"agent": None}, False),
        ("answers", {"answers": {}}, False),
        ("not (area > 300)", {"area": 300}, True),
        ("1 < area <= 300 and many", {"area": 300, "many": []}, False),
        ('answers["area"] == 5', {"answers": {"area": 5.0}}, True),
        ("(0 - 7) % 3 == 2", {}, True),
        ("area / 0 > 1", {"area": 1}, True),
    ],
)
def test_what_designers_write(in_page: InPage, text: str, known: dict[str, object], asked: bool) -> None:
    assert in_page(text, known) is asked is on_server(text, known)


def test_every_condition_of_the_forms_is_understood_in_the_page(
    in_page: InPage, library: FormLibrary
) -> None:
    conditions = [
        field.visible_if for field in library.fields.values() if isinstance(field.visible_if, Expression)
    ]
    assert conditions
    for condition in conditions:
        assert in_page(condition.text, {}) in (True, False), condition.text
