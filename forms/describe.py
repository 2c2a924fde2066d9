"""Describes questions for a page, and answers in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from forms.checklist import Point
from forms.expression_tree import tree
from forms.expressions import Expression
from forms.fields import Facts, Field, Option
from forms.inputs import row_count
from forms.kinds import KINDS
from forms.merge import MergedField, Section
from forms.page import Control, Line, Question, Showing

CONTROLS: Mapping[str, Control] = {
    "long_text": "textarea",
    "choice": "choices",
    "choices": "choices",
    "yes_no": "choices",
    "region": "select",
    "file": "file",
    "person_list": "rows",
    "table": "rows",
    "checklist": "points",
}
TYPES: Mapping[str, str] = {"mobile": "tel", "email": "email", "date": "date"}


def describe_all(
    questions: Section | Iterable[MergedField | Field], showing: Showing
) -> tuple[Question, ...]:
    """Every question of a section or of a step's form, in order, the ones that are not visible included."""
    asked = questions.fields if isinstance(questions, Section) else questions
    return tuple(describe(one, showing) for one in asked)


def describe(question: MergedField | Field, showing: Showing) -> Question:
    """One question as a page shows it."""
    one = question.field if isinstance(question, MergedField) else question
    facts = {name: None for name in one.names} | dict(showing.facts)
    shown = replace(
        _control(one, one.id, showing),
        # What only some choices ask for is not called optional: the choice is made on this very page.
        optional=one.required is False,
        visible=one.is_visible(facts),
        visible_if=_for_script(one.visible_if),
        reasons=question.reasons if isinstance(question, MergedField) else (),
        source=showing.sources.get(one.id),
    )
    if shown.control == "rows":
        rows = _rows(one, showing)
        return replace(shown, lines=rows, can_grow=len(rows) < one.max_rows)
    return replace(shown, lines=_points(one, showing)) if shown.control == "points" else shown


def in_words(question: Field, value: Any, regions: Mapping[str, str] | None = None) -> str:
    """An answer as cleaned, in words for people; empty when there is none. `regions` maps codes to names."""
    if value is None:
        return ""
    if KINDS[question.kind].shape == "rows":
        return "；".join(_row_in_words(question, row) for row in value)
    if question.kind == "checklist":
        return "；".join(
            " ".join(filter(None, (_label(question, r["result"]), r["words"]))) for r in value.values()
        )
    if question.options:
        chosen = value if isinstance(value, list) else [_yes_no(value)]
        return "、".join(_label(question, each) for each in chosen)
    if question.kind == "region":
        return (regions or {}).get(value, value)
    if question.kind == "date":
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if question.kind == "money":
        return f"{Decimal(value) / 100:,.2f} 元"
    return f"{value} {question.unit}".strip()


def _for_script(condition: bool | Expression) -> str:
    return json.dumps(tree(condition), ensure_ascii=False) if isinstance(condition, Expression) else ""


def _control(one: Field, name: str, showing: Showing) -> Question:
    """The control alone, under the name that it has on the page."""
    kind = KINDS[one.kind]
    attributes = {"inputmode": kind.inputmode, "autocomplete": one.autocomplete}
    return Question(
        name=name,
        kind=one.kind,
        control=CONTROLS.get(one.kind, "input"),
        label=one.label,
        hint=one.hint,
        error=showing.errors.get(name, ""),
        value=showing.raw.get(name, one.default),
        options=_options(one, showing.facts),
        many=kind.shape == "many",
        unit="元" if one.kind == "money" else one.unit,
        optional=not one.is_required({}),
        type=TYPES.get(one.kind, "text"),
        attributes={key: value for key, value in attributes.items() if value},
        max_length=one.max_length,
    )


def _options(one: Field, facts: Facts) -> tuple[Option, ...]:
    regions = facts.get("regions")
    if one.kind == "region" and isinstance(regions, Mapping):
        return tuple(Option(code, name) for code, name in regions.items())
    return one.offered(facts)


def _rows(one: Field, showing: Showing) -> tuple[Line, ...]:
    count = max(row_count(one, showing.raw), one.min_rows, 1) + (showing.grow == one.id)
    return tuple(
        Line(number, tuple(_control(c, f"{one.id}-{number}-{c.id}", showing) for c in one.columns))
        for number in range(min(count, one.max_rows))
    )


def _points(one: Field, showing: Showing) -> tuple[Line, ...]:
    points = showing.facts["checklist"]
    assert isinstance(points, list | tuple)
    return tuple(
        Line(number, _point_questions(one, point, showing), point) for number, point in enumerate(points)
    )


def _point_questions(one: Field, point: Point, showing: Showing) -> tuple[Question, Question]:
    """The result of a point, and the words that some results ask for."""
    result = Field(f"{one.id}-{point.id}", point.text, "choice", hint=point.basis, options=one.options)
    words = Field(f"{result.id}-words", "情况说明", "long_text", required=False, max_length=one.max_length)
    return _control(result, result.id, showing), _control(words, words.id, showing)


def _row_in_words(question: Field, row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (in_words(column, row.get(column.id)) for column in question.columns)))


def _label(question: Field, value: str) -> str:
    return next((option.label for option in question.options if option.value == value), value)


def _yes_no(value: object) -> str:
    """The option that stands for a yes-or-no answer; other values stand for themselves."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
