"""Cleans what was typed: values to keep, errors to show at their inputs, and the inputs themselves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError
from marshmallow import missing as nothing

from forms.conditions import in_order
from forms.fields import Facts, Field
from forms.inputs import Inputs, Raw, gather, keep
from forms.kinds import answer
from forms.merge import MergedField, Section


@dataclass(frozen=True)
class Cleaned:
    """What came of an input.

    `values` has every question by id: its JSON value, or None when hidden, empty or wrong. `errors` maps the
    name of an input (a question's id, `staff-0-name`, `points-exits-words`) to Chinese words, in page order.
    `raw` is what was typed, safe to store and to show again.
    """

    values: dict[str, Any]
    errors: dict[str, str]
    raw: Inputs


def clean(
    questions: Section | Iterable[MergedField | Field], raw: Raw, *, today: date, context: Facts
) -> Cleaned:
    """Clean `raw` for these questions; whatever was typed, it answers with errors and never raises.

    `context` holds what conditions may name beside the questions (answers of other sections, `items`,
    `answers`) and what kinds need: `regions` (code → name), `uploads` (id → name), `checklist` (Points).
    Questions that are not visible are not asked: their value is None, whatever was sent.
    """
    fields = fields_of(questions)
    values: dict[str, Any] = {}
    errors: dict[str, dict[str, str]] = {}
    for field in in_order(fields):
        facts = {name: None for name in field.names} | dict(context) | values
        values[field.id], errors[field.id] = _read(field, raw, facts, today, context)
    ordered = {name: words for field in fields for name, words in errors[field.id].items()}
    return Cleaned({field.id: values[field.id] for field in fields}, ordered, keep(fields, raw))


def fields_of(questions: Section | Iterable[MergedField | Field]) -> list[Field]:
    """The plain definitions of a section's questions, or of a mixed list of them."""
    asked = questions.fields if isinstance(questions, Section) else questions
    return [one.field if isinstance(one, MergedField) else one for one in asked]


def _read(field: Field, raw: Raw, facts: Facts, today: date, context: Facts) -> tuple[Any, dict[str, str]]:
    if not field.is_visible(facts):
        return None, {}
    reader = answer(field, required=field.is_required(facts), today=today, context=context)
    try:
        value = reader.deserialize(gather(field, raw))
    except ValidationError as error:
        return None, dict(_errors(field.id, error.messages))
    return (None if value is nothing else value), {}


def _errors(name: str, messages: Any) -> Iterator[tuple[str, str]]:
    """The first words for each input; a point's result stands in the input of the point itself."""
    if isinstance(messages, Mapping):
        for part, inner in messages.items():
            yield from _errors(name if part == "result" else f"{name}-{part}", inner)
    else:
        yield name, messages if isinstance(messages, str) else str(messages[0])
