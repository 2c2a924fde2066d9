"""Masks personal answers for pages that others may see."""

from collections.abc import Collection, Mapping
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


def masked(
    question: Field,
    value: Any,
    regions: Mapping[str, str] | None = None,
    *,
    readable: Collection[str] = ("public",),
) -> str:
    """An answer in words for somebody who may read the privacy classes in `readable` whole.

    By default that is anybody. All other answers are masked, or not shown at all.
    """
    if value is None:
        return ""
    if question.columns:
        rows = [
            [masked(each, row.get(each.id), readable=readable) for each in question.columns] for row in value
        ]
        return "；".join(" ".join(filter(None, row)) for row in rows)
    if question.privacy in readable:
        return in_words(question, value, regions)
    mask = _MASKS.get(question.kind)
    return mask(str(value)) if mask else HIDDEN
