"""How a step is usually filled in: the first option of all that is asked, so accepted, agreed, granted."""

from collections.abc import Mapping
from typing import Any

from engine.step_forms import Asked
from forms.checklist import Point
from forms.inputs import Inputs, spread


def usual_form(asked: Asked, other: Mapping[str, Any]) -> Inputs:
    """The inputs of a step's form as usual, with the values of `other` in their place."""
    inputs: Inputs = {}
    for field in asked.form.fields:
        value: Any = None
        if field.kind == "checklist":
            value = _checked(asked, field.options[0].value) | other.get(field.id, {})
            value = {point: {"words": "", **found} for point, found in value.items()}
        elif field.id in other:
            value = other[field.id]
        elif field.kind == "choice" and field.required:
            value = field.default or field.options[0].value
        inputs |= spread(field, value)
    return inputs


def _checked(asked: Asked, result: str) -> dict[str, dict[str, str]]:
    points = asked.context["checklist"]
    assert isinstance(points, tuple)
    return {point.id: {"result": result} for point in points if isinstance(point, Point)}
