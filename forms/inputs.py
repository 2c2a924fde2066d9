"""How an answer lies in a page's inputs: their names, from inputs to one raw value, and from an answer back.

A simple question has one input named by its id; row 2 of a table has `staff-2-name`; a checklist has
`points-<id>` for the result and `points-<id>-words` for the words. So pages work without JavaScript.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import missing as nothing

from forms.characters import storable
from forms.fields import Field
from forms.kinds import KINDS

Raw = Mapping[str, str | list[str]]
Inputs = dict[str, str | list[str]]

_CELL = re.compile(r"-([0-9]{1,3})-([a-z][a-z0-9_]*)", re.ASCII)


def gather(question: Field, raw: Raw) -> Any:
    """What was put in for `question`, in the shape that its kind reads; `missing` when nothing was."""
    shape = KINDS[question.kind].shape
    if shape == "many":
        return [value for value in _many(raw.get(question.id, [])) if value.strip()] or nothing
    if shape == "rows":
        return _rows(question, raw) or nothing
    if shape == "points":
        return _points(question, raw)
    value = _one(raw.get(question.id, question.default))
    return value if value.strip() else nothing


def spread(question: Field, value: Any) -> Inputs:
    """The inputs that show an answer as cleaned; the reverse of gathering and reading it."""
    shape = KINDS[question.kind].shape
    if value is None:
        return {}
    if shape == "many":
        return {question.id: [str(entry) for entry in value]}
    if shape == "rows":
        return {
            f"{question.id}-{number}-{column.id}": _shown(column, row.get(column.id))
            for number, row in enumerate(value)
            for column in question.columns
        }
    if shape == "points":
        results = {f"{question.id}-{point}": found["result"] for point, found in value.items()}
        words = {f"{question.id}-{point}-words": found["words"] for point, found in value.items()}
        return {**results, **words}
    return {question.id: _shown(question, value)}


def keep(questions: Iterable[Field], raw: Raw) -> Inputs:
    """The inputs of these questions as they may be stored and shown again; all others are left out."""
    ids = {question.id for question in questions}
    return {
        name: storable(value) if isinstance(value, str) else [storable(_one(entry)) for entry in value[:200]]
        for name, value in raw.items()
        if name.split("-", 1)[0] in ids and len(name) <= 200
    }


def row_count(question: Field, raw: Raw) -> int:
    """One more than the highest row number among the inputs of a table, whether filled in or not."""
    numbers = [number for number, _, _ in _cells(question, raw)]
    return max(numbers, default=-1) + 1


def _rows(question: Field, raw: Raw) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for number, column, value in _cells(question, raw):
        if (text := _one(value)).strip():
            rows.setdefault(number, {})[column] = text
    return rows


def _cells(question: Field, raw: Raw) -> Iterable[tuple[int, str, str | list[str]]]:
    columns = {column.id for column in question.columns}
    for name, value in raw.items():
        found = _CELL.fullmatch(name.removeprefix(question.id)) if name.startswith(question.id) else None
        if found and found[2] in columns:
            yield int(found[1]), found[2], value


def _points(question: Field, raw: Raw) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, value in raw.items():
        head, _, rest = name.partition("-")
        if head == question.id and rest:
            point, _, part = rest.partition("-")
            found.setdefault(point, {})[part or "result"] = _one(value)
    return found


def _one(value: object) -> str:
    """The last of several values for an input that takes one, as browsers send them."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    return "" if value is None else str(value)


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else [str(entry) for entry in value]


def _shown(question: Field, value: Any) -> str:
    if value is None:
        return ""
    if question.kind == "yes_no":
        return "yes" if value else "no"
    if question.kind == "money":
        return str(Decimal(value) / 100)
    return str(value)
