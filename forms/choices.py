"""Reads answers that are picked from what is offered."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from forms.answers import Answer
from forms.fields import Facts

YES_NO: Mapping[str, bool] = {"yes": True, "no": False}


class Choice(Answer[str]):
    """One of the options offered, kept as its value."""

    def read(self, value: Any) -> str:
        if value not in {option.value for option in self.question.offered(self.context)}:
            raise ValidationError(f"请从给出的选项中选择“{self.question.label}”。")
        return str(value)


class Choices(Answer[list[str]]):
    """Any of the options offered, kept once each in the order in which they are offered."""

    def read(self, value: Any) -> list[str]:
        offered = [option.value for option in self.question.offered(self.context)]
        if not set(value) <= set(offered):
            raise ValidationError(f"请从给出的选项中选择“{self.question.label}”。")
        return [option for option in offered if option in value]


class YesNo(Answer[bool]):
    """`yes` or `no`, kept as true or false."""

    def read(self, value: Any) -> bool:
        if value not in YES_NO:
            raise ValidationError(f"请选择“{self.question.label}”的“是”或“否”。")
        return YES_NO[value]


class Region(Answer[str]):
    """The code of one of the regions in `context["regions"]`, which maps codes to names."""

    def read(self, value: Any) -> str:
        if value not in _mapping(self.context, "regions"):
            raise ValidationError(f"请从名单中选择“{self.question.label}”。")
        return str(value)


class File(Answer[str]):
    """The id of a file in `context["uploads"]`: what this person has handed in for this application."""

    def read(self, value: Any) -> str:
        if value not in _mapping(self.context, "uploads"):
            raise ValidationError(f"没有找到这份文件，请重新上传“{self.question.label}”。")
        return str(value)


def _mapping(context: Facts, name: str) -> Mapping[str, object]:
    """What may be picked; nothing, when the caller offers nothing."""
    offered = context.get(name)
    return offered if isinstance(offered, Mapping) else {}
