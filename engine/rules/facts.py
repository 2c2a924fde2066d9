"""The fact `rules` of conditions: each decision table by name, computed when a condition asks for it."""

import ast
from collections.abc import Iterator, Mapping

from engine.rules.table import Table
from forms.expressions import CannotEvaluate, Expression

FACT = "rules"


class Rules(Mapping[str, object]):
    """Name of a table → what it answers for the facts of this applicant."""

    def __init__(self, tables: Mapping[str, Table], facts: Mapping[str, object]) -> None:
        self._tables = tables
        self._facts = facts

    def __getitem__(self, name: str) -> object:
        table = self._tables.get(name)
        if table is None:  # a KeyError would be taken for "not in": never let a lost rule pass as no
            raise CannotEvaluate(f"没有决策表“{name}”。")
        return table.answer(self._facts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def rules_named(condition: Expression | None) -> tuple[frozenset[str], bool]:
    """The tables that a condition names as `rules["name"]`, and whether it uses `rules` in no other way."""
    if condition is None or FACT not in condition.names:
        return frozenset(), True
    tree = ast.parse(condition.text.strip(), mode="eval")
    found, places = set[str](), 0
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Name(id=fact), slice=ast.Constant(value=str(name))) if fact == FACT:
                found.add(name)
                places += 1
    used = sum(isinstance(node, ast.Name) and node.id == FACT for node in ast.walk(tree))
    return frozenset(found), used == places
