"""A question of the guide, in everyday words, and the answers that it takes."""

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from engine.catalogue.sheet import Condition, OneOf, Sheet, identifier, words
from forms.expressions import Expression

YES_NO, NUMBER, CHOICE, REGION = KINDS = ("yes_no", "number", "choice", "region")
Answer = bool | int | float | str

# What a condition reads for a question that was not asked.
EMPTY: dict[str, Answer] = {YES_NO: False, NUMBER: 0, CHOICE: "", REGION: ""}


@dataclass(frozen=True)
class Question:
    """One page of the guide. `options` are (value, words): the choices, or the open regions.

    `field` is the field of the form that the answer is carried over to; with `fills`, a yes adds that value
    to a field of many choices instead.
    """

    id: str
    text: str
    hint: str
    kind: str
    unit: str
    options: tuple[tuple[str, str], ...]
    min: int
    max: int
    show_if: Expression | None
    field: str | None
    fills: str | None

    def accepts(self, value: object) -> bool:
        """Whether `value` could have been answered here; what was answered to older questions may not."""
        if self.kind == YES_NO:
            return isinstance(value, bool)
        if self.kind == NUMBER:
            if not isinstance(value, int | float) or isinstance(value, bool):
                return False
            return self.min <= value <= self.max
        return any(value == option for option, _ in self.options)


class OptionSheet(Sheet):
    """One choice: its value and its words."""

    value = words()
    label = words()


class QuestionSheet(Sheet):
    """One entry of `questions`."""

    id = identifier()
    text = words()
    hint = fields.String(load_default="")
    kind = OneOf(*KINDS)
    unit = fields.String(load_default="")
    options = fields.List(fields.Nested(OptionSheet), load_default=list)
    min = fields.Integer(strict=True, load_default=0)
    max = fields.Integer(strict=True, load_default=1_000_000)
    show_if = Condition(load_default=None)
    field = words(optional=True)
    fills = words(optional=True)

    @validates_schema
    def check_options(self, data: dict[str, Any], **_: object) -> None:
        if (data["kind"] == CHOICE) != bool(data["options"]):
            raise ValidationError("选择题要有选项，其他题型不能有选项。", "options")
        if data["min"] > data["max"]:
            raise ValidationError("最小值大于最大值。", "min")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Question:
        options = tuple((option["value"], option["label"]) for option in data["options"])
        return Question(**{**data, "options": options})
