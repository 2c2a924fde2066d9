"""Checks every expression of a diagram: that it can be read, and that the words in it mean something."""

import ast
from collections.abc import Iterator

from engine.check.scope import Known, Scope
from engine.check.terms import OUTCOMES, items_named, outcomes_named, tree
from forms.expressions import Expression, UnsafeExpression, compile_expression
from forms.mistakes import Mistake, nearest


def check_conditions(scope: Scope, known: Known) -> Iterator[Mistake]:
    """Conditions on flows and counts of multi-instance steps."""
    for flow in scope.all_flows:
        if flow.condition:
            yield from check_expression(scope, flow.id, flow.condition, known)
    for node in scope.nodes.values():
        for count in node.counts:
            yield from check_expression(scope, node.id, count, known)


def _compiled(scope: Scope, element: str, text: str) -> Expression | Mistake:
    try:
        return compile_expression(text)
    except UnsafeExpression as error:
        return scope.mistake(
            "expression-broken",
            element,
            str(error),
            '例："事项标识" in items，或 outcomes["事项标识"] == "granted"。',
        )


def check_expression(scope: Scope, element: str, text: str, known: Known) -> Iterator[Mistake]:
    """One expression, wherever it stands."""
    expression = _compiled(scope, element, text)
    if isinstance(expression, Mistake):
        yield expression
        return
    for name in sorted(expression.names - known.facts):
        yield scope.mistake(
            "fact-unknown",
            element,
            f"表达式“{text}”里的“{name}”不是数据项。",
            nearest(name, known.facts) or f"可用的数据项有：{'、'.join(sorted(known.facts))}。",
        )
    if (parsed := tree(text)) is not None:
        yield from _words(scope, element, parsed, known)


def _words(scope: Scope, element: str, parsed: ast.AST, known: Known) -> Iterator[Mistake]:
    for item in sorted(set(items_named(parsed)) - set(known.items)):
        yield scope.mistake(
            "item-unknown",
            element,
            f"没有事项“{item}”，这个条件永远不会成立。",
            nearest(item, known.items) or "请写 processes/items/ 里的事项标识。",
        )
    for fact, word in outcomes_named(parsed):
        if word not in OUTCOMES[fact]:
            yield scope.mistake(
                "word-unknown",
                element,
                f"{fact} 里不会出现“{word}”。",
                nearest(word, OUTCOMES[fact]) or f"可写的有：{'、'.join(sorted(OUTCOMES[fact]))}。",
            )
