"""Reads the terms of an expression that its compiled form does not tell apart: items, outcomes, opposites."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache

from forms.expressions import UnsafeExpression, compile_expression

# Facts that hold one word an item, and the words that they can hold.
OUTCOMES: Mapping[str, frozenset[str]] = {
    "opinions": frozenset({"agree", "disagree"}),
    "findings": frozenset({"pass", "fail"}),
    "outcomes": frozenset({"granted", "refused"}),
}


def item_asked(condition: str) -> tuple[str, bool] | None:
    """`("x", True)` for the condition `"x" in items`, `("x", False)` for its opposite, else None."""
    match tree(condition):
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            asked = _asked(inner)
            return asked and (asked[0], not asked[1])
        case other:
            return _asked(other)


def _asked(part: ast.AST | None) -> tuple[str, bool] | None:
    match part:
        case ast.Compare(
            left=ast.Constant(value=str(item)),
            ops=[ast.In() | ast.NotIn() as op],
            comparators=[ast.Name(id="items")],
        ):
            return item, isinstance(op, ast.In)
    return None


def outcome_asked(condition: str) -> tuple[str, str] | None:
    """`("x", "granted")` for the condition `outcomes["x"] == "granted"`, else None."""
    match tree(condition):
        case ast.Compare(
            left=ast.Subscript(value=ast.Name(id="outcomes"), slice=ast.Constant(value=str(item))),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value=str(word))],
        ):
            return item, word
    return None


@lru_cache(maxsize=4096)
def tree(text: str) -> ast.AST | None:
    """The syntax tree of a sound expression, else None."""
    try:
        compile_expression(text)
        return ast.parse(text.strip(), mode="eval").body
    except UnsafeExpression:
        return None


def items_named(tree: ast.AST) -> Iterator[str]:
    """The texts that stand where an item's id is meant."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=ast.Constant(value=str(item)), comparators=[ast.Name(id=name), *_]):
                if name in OUTCOMES or name == "items":
                    yield item
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(item))):
                if name in OUTCOMES:
                    yield item


def outcomes_named(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Fact and text wherever an item's outcome is compared with a text, or with one of several."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=ast.Subscript(value=ast.Name(id=name)), comparators=[right]) if (
                name in OUTCOMES
            ):
                yield from ((name, word) for word in _texts(right))


def _texts(tree: ast.expr) -> list[str]:
    parts = tree.elts if isinstance(tree, ast.List | ast.Tuple | ast.Set) else [tree]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def opposites(conditions: list[str]) -> bool:
    """Whether one of the conditions is `not` another, so that one of them always holds."""
    trees = [tree(each) for each in conditions]
    written = {ast.dump(each) for each in trees if each is not None}
    return any(
        isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.Not) and ast.dump(each.operand) in written
        for each in trees
    )
