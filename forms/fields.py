"""What a question is: one definition, whoever asks it."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.expressions import CannotEvaluate, Expression

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Option:
    """One answer of a choice: the value that is kept and the words that are shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question as defined in forms/definitions; `kind` is a name in forms.kinds.

    `minimum` and `maximum` are as written: numbers, or dates and `today`. `missing` is what to say when a
    required answer is not there. `shared` is its key in the shared data, `privacy` one of public, personal,
    sensitive; `printed` answers go on the certificate, so its fonts must be able to draw them.
    `words_when` is the option that asks for words at a point of a checklist; `columns` are the questions in a
    table's row. A question with `options_from` offers what the context gives under that name: see `offered`.
    """

    id: str
    label: str
    kind: str
    hint: str = ""
    missing: str = ""
    required: bool | Expression = True
    visible_if: bool | Expression = True
    default: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""
    words_when: str = ""
    unit: str = ""
    minimum: str = ""
    maximum: str = ""
    decimals: int = 2
    max_length: int = 0
    columns: tuple["Field", ...] = ()
    min_rows: int = 0
    max_rows: int = 30
    shared: str = ""
    privacy: str = "public"
    basis: str = ""
    printed: bool = False
    autocomplete: str = ""

    def is_visible(self, facts: Facts) -> bool:
        """Whether the question is asked given these facts."""
        return _holds(self.visible_if, facts)

    def is_required(self, facts: Facts) -> bool:
        """Whether an answer must be given."""
        return _holds(self.required, facts)

    def offered(self, facts: Facts) -> tuple[Option, ...]:
        """The answers to choose from: its own options, or those that `facts["options"]` maps to words."""
        if not self.options_from:
            return self.options
        given = facts.get("options")
        found = given.get(self.options_from) if isinstance(given, Mapping) else None
        words = found if isinstance(found, Mapping) else {}
        return tuple(Option(str(value), str(label)) for value, label in words.items())

    @property
    def names(self) -> frozenset[str]:
        """The facts and fields that decide whether it is asked and must be answered."""
        conditions = (self.visible_if, self.required)
        return frozenset().union(*(c.names for c in conditions if isinstance(c, Expression)))


def _holds(condition: bool | Expression, facts: Facts) -> bool:
    """A condition without a value yet counts as true: asking once too often is safer than forgetting."""
    if isinstance(condition, bool):
        return condition
    try:
        return bool(condition.evaluate(facts))
    except CannotEvaluate:
        return True
