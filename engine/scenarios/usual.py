"""How a step is usually filled in: the first option of all that is asked, so accepted, agreed, granted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.step_forms import Asked
from forms.amounts import limit_date
from forms.checklist import Point
from forms.fields import Field
from forms.inputs import Inputs, spread

MOBILE = "13800000000"  # of whoever is asked for one


def usual_form(asked: Asked, other: Mapping[str, Any], today: date) -> Inputs:
    """The inputs of a step's form as usual on a day, with the values of `other` in their place."""
    inputs: Inputs = {}
    for field in asked.form.fields:
        if field.kind == "checklist":
            value: Any = _checked(asked, field.options[0].value) | other.get(field.id, {})
            value = {point: {"words": "", **found} for point, found in value.items()}
        else:
            value = _dated(field, other[field.id], today) if field.id in other else _usual(field, today)
        inputs |= spread(field, value)
    return inputs


def _dated(field: Field, value: Any, today: date) -> Any:
    """A value that a scenario names; a day may stand as `today+3`, for a scenario is of no certain day."""
    relative = field.kind == "date" and isinstance(value, str) and value.startswith("today")
    return limit_date(value, today).isoformat() if relative else value


def _usual(field: Field, today: date) -> Any:
    """What stands in a question that must be answered; other kinds than these have no usual answer."""
    if field.kind == "choice" and field.required:
        return field.default or field.options[0].value
    if field.kind == "mobile" and field.required is True:
        return MOBILE
    if field.required is not True or field.visible_if is not True:
        return None
    if field.kind == "date":
        return (limit_date(field.minimum, today) if field.minimum else today).isoformat()
    if field.columns:
        return [{column.id: _usual(column, today) for column in field.columns}] * field.min_rows
    return f"{field.label}见卷宗" if field.kind in ("text", "long_text") else None


def _checked(asked: Asked, result: str) -> dict[str, dict[str, str]]:
    points = asked.context["checklist"]
    assert isinstance(points, tuple)
    return {point.id: {"result": result} for point in points if isinstance(point, Point)}
