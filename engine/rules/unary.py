"""Reads the cell of a decision table as a test of its column's input, and lets the one evaluator run it.

A cell is one of the unary tests of DMN 1.3 (chapter 9, S-FEEL): `-`, a value, several values with commas, a
comparison `< 5`, an interval `[1..5)`, or `not(…)` around any of them. It is rewritten into an expression of
forms.expressions over the input, so that nothing runs here that could not run in any other condition.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.expressions import Expression, UnsafeExpression, compile_expression

# How FEEL writes the plain words that Python's syntax writes with a capital.
WORDS: Mapping[str, object] = {"true": True, "false": False, "null": None}

_INTERVAL = re.compile(r"([\[\](])(.+?)\.\.(.+)([\[\])])", re.DOTALL)
_COMPARISON = re.compile(r"(<=|>=|<|>|=)(?!=)(.+)", re.DOTALL)
_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_OPENS, _CLOSES, _QUOTES = "([", ")]", "\"'"


@dataclass(frozen=True)
class Test:
    """One cell, by its element's id: an expression that says yes or no; `always` when it asks nothing."""

    element: str
    expression: Expression
    always: bool

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether the cell fits these facts. Raises CannotEvaluate."""
        return self.expression.evaluate({**WORDS, **facts}) is True


def read_value(text: str) -> object:
    """What an output says: true, false, null, a number or a text in quotes. Raises UnsafeExpression."""
    expression = compile_expression(text)
    if expression.names - WORDS.keys():
        raise UnsafeExpression(f"“{text}”不是一个值：文字要加引号，是和否写 true、false。")
    return expression.evaluate(WORDS)


def read_test(element: str, input: str, cell: str) -> Test:
    """The test that the cell `element` puts to the expression `input`. Raises UnsafeExpression."""
    compile_expression(input)
    if cell.strip() in ("", "-"):
        return Test(element, compile_expression("True"), always=True)
    return Test(element, compile_expression(_alternatives(f"({input})", cell.strip())), always=False)


def _alternatives(input: str, cell: str) -> str:
    if negated := _NOT.fullmatch(cell):
        return f"not ({_alternatives(input, negated[1])})"
    return " or ".join(f"({_single(input, part)})" for part in _parts(cell))


def _single(input: str, part: str) -> str:
    if interval := _INTERVAL.fullmatch(part):
        opens, low, high, closes = interval.groups()
        from_, to = ("<=" if opens == "[" else "<"), ("<=" if closes == "]" else "<")
        return f"{_value(low)} {from_} {input} {to} {_value(high)}"
    if compared := _COMPARISON.fullmatch(part):
        sign, value = compared.groups()
        return f"{input} {'==' if sign == '=' else sign} {_value(value)}"
    return f"{input} == {_value(part)}"


def _value(text: str) -> str:
    """A value, checked on its own first so that it cannot close the brackets that are put around it."""
    compile_expression(text)
    return f"({text.strip()})"


def _parts(cell: str) -> Iterator[str]:
    """The parts between the commas that stand outside quotes and brackets; an interval may open with `]`."""
    part, depth, quote = "", 0, ""
    for sign in cell:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in _QUOTES:
            quote = sign
        elif sign in _OPENS:
            depth += 1
        elif sign in _CLOSES:
            depth -= 1
        elif sign == "," and depth == 0:
            yield part.strip()
            part = ""
            continue
        part += sign
    yield part.strip()
