"""Masks personal answers for pages that others may see."""

from collections.abc import Mapping
from typing import Any

from forms.describe import in_words
from forms.fields import Field

HIDDEN = "（不公开）"
_HEAD, _TAIL = 3, 4  # characters of a number that stay readable


def mask_name(name: str) -> str:
    """张三丰 → 张*"""
    return f"{name[0]}*" if name else ""


def mask_number(number: str) -> str:
    """370303190001010016 → 370***********0016, 13812345678 → 138****5678; of a short one nothing is left."""
    hidden = len(number) - _HEAD - _TAIL
    if hidden < _HEAD:
        return "*" * len(number)
    return f"{number[:_HEAD]}{'*' * hidden}{number[-_TAIL:]}"


_MASKS = {"cn_id": mask_number, "code": mask_number, "mobile": mask_number, "text": mask_name}


def masked(question: Field, value: Any, regions: Mapping[str, str] | None = None) -> str:
    """An answer in words as anybody may see it: a public one whole, any other masked or not at all."""
    if value is None:
        return ""
    if question.columns:
        rows = [[masked(column, row.get(column.id)) for column in question.columns] for row in value]
        return "；".join(" ".join(filter(None, row)) for row in rows)
    if question.privacy == "public":
        return in_words(question, value, regions)
    mask = _MASKS.get(question.kind)
    return mask(str(value)) if mask else HIDDEN
