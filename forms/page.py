"""What a page shows of a question: plain values for a template's macros."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from forms.checklist import Point
from forms.fields import Facts, Option
from forms.inputs import Raw
from forms.merge import Reason

Control = Literal["input", "textarea", "choices", "select", "file", "rows", "points"]


@dataclass(frozen=True)
class Source:
    """Where a prefilled value comes from: the office that knows it, and the day it was asked."""

    office: str
    on: date


@dataclass(frozen=True)
class Question:
    """One control of a page. `name` is also its id, so that the error summary can link to it.

    `control` says which macro draws it; `type` and `attributes` go on the input. `lines` are the rows of a
    table or the points of a checklist, each with questions of its own; `can_grow` offers one more row.
    `visible_if` is the condition for the page's script (forms.expression_tree, as JSON), "" for always;
    `visible` is what the server found.
    """

    name: str
    kind: str
    control: Control
    label: str
    hint: str = ""
    error: str = ""
    value: str | list[str] = ""
    options: tuple[Option, ...] = ()
    many: bool = False
    unit: str = ""
    optional: bool = False
    type: str = "text"
    attributes: Mapping[str, str] = field(default_factory=dict)
    max_length: int = 0
    lines: tuple["Line", ...] = ()
    can_grow: bool = False
    reasons: tuple[Reason, ...] = ()
    source: Source | None = None
    visible: bool = True
    visible_if: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table or a point of a checklist (then with `point`), counted from 0, with its controls."""

    number: int
    questions: tuple[Question, ...]
    point: Point | None = None


@dataclass(frozen=True)
class Showing:
    """What to show: inputs by name, errors by name, facts for conditions, sources of prefilled values.

    `facts` are the context that clean() got with the values it gave. `grow` is the id of the table that the
    person asked to have one more row of.
    """

    raw: Raw = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    grow: str = ""
