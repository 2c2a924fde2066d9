"""A decision table, and the one answer that it gives for the facts of an applicant."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.rules.unary import WORDS, Test
from forms.expressions import CannotEvaluate

UNIQUE, FIRST, ANY = POLICIES = ("UNIQUE", "FIRST", "ANY")


def rule_path(name: str) -> str:
    """Where the table of this name stands."""
    return f"processes/rules/{name}.dmn"


@dataclass(frozen=True)
class Row:
    """One row: a test for each input, in their order, and what it answers."""

    id: str
    tests: tuple[Test, ...]
    output: object

    @property
    def catches_all(self) -> bool:
        return all(test.always for test in self.tests)


@dataclass(frozen=True)
class Table:
    """A table with one output. `has_default` tells a `default` of null from none at all."""

    name: str
    title: str
    policy: str
    rows: tuple[Row, ...]
    has_default: bool
    default: object

    @property
    def names(self) -> frozenset[str]:
        """The facts that it reads."""
        read = (test.expression.names for row in self.rows for test in row.tests)
        return frozenset[str]().union(*read) - WORDS.keys()

    def answer(self, facts: Mapping[str, object]) -> object:
        """What the table answers for these facts.

        Raises CannotEvaluate when no row fits and there is no default, when several fit that should not
        (UNIQUE) or that answer differently (ANY), or when a fact is missing or of the wrong kind.
        """
        fitting: list[Row] = []
        for row in self.rows:
            if all(test.holds(facts) for test in row.tests):
                if self.policy == FIRST:
                    return row.output
                fitting.append(row)
        if not fitting:
            if not self.has_default:
                raise CannotEvaluate(f"决策表“{self.name}”没有一行符合，也没有默认值。")
            return self.default
        if self.policy == UNIQUE and len(fitting) > 1:
            raise CannotEvaluate(f"决策表“{self.name}”有几行同时符合：{_named(fitting)}。")
        if any(row.output != fitting[0].output for row in fitting):
            raise CannotEvaluate(f"决策表“{self.name}”有几行同时符合而结论不同：{_named(fitting)}。")
        return fitting[0].output


def _named(rows: list[Row]) -> str:
    return "、".join(row.id for row in rows)
