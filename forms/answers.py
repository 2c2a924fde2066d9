"""Reads what was typed for one question: the base of all kinds, and the kinds that are text."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any, Generic, TypeVar

from marshmallow import ValidationError, fields, validate

from forms.characters import tidy, tidy_code, unwelcome
from forms.codes import fault_in_id, fault_in_mobile, fault_in_uscc
from forms.fields import Facts, Field
from forms.glyphs import fault_in_print

T = TypeVar("T")


class Answer(ABC, fields.Field[T], Generic[T]):
    """A marshmallow field made for one question; `read` makes raw input a JSON value or refuses it."""

    LIMIT = 100  # characters, where the definition says nothing

    def __init__(self, question: Field, *, required: bool, today: date, context: Facts) -> None:
        words = question.missing.replace("{", "{{").replace("}", "}}")
        super().__init__(required=required, error_messages={"required": words, "null": words})
        self.question = question
        self.today = today
        self.context = context

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> T:
        return self.read(value)

    @abstractmethod
    def read(self, value: Any) -> T:
        """The answer as it is kept. Raises ValidationError with Chinese words."""

    def refuse_if(self, fault: str) -> None:
        if fault:
            raise ValidationError(fault)

    def words(self, value: str, *, lines: bool = False) -> str:
        """`value` without space around it; refused when too long or holding what may not be kept."""
        text = tidy(value)
        limit = self.question.max_length or self.LIMIT
        if len(text) > limit:
            raise ValidationError(
                f"“{self.question.label}”最多 {limit} 个字，您填了 {len(text)} 个字，请缩短。"
            )
        if self.question.printed:
            self.refuse_if(fault_in_print(text))
        self.refuse_if(unwelcome(text, lines))
        return text


class Text(Answer[str]):
    """One line of text."""

    def read(self, value: Any) -> str:
        return self.words(value)


class LongText(Answer[str]):
    """Several lines of text."""

    LIMIT = 2000

    def read(self, value: Any) -> str:
        return self.words(value, lines=True)


class Address(Answer[str]):
    """A postal address in one line, exact enough to find the door."""

    LIMIT = 200
    SHORTEST = 5

    def read(self, value: Any) -> str:
        text = self.words(value)
        if len(text) < self.SHORTEST:
            raise ValidationError("地址太短，请写到门牌号，例如“人民路 88 号 1 层”。")
        return text


class Email(Answer[str]):
    LIMIT = 254  # RFC 5321, 4.5.3.1.3, less the brackets

    def read(self, value: Any) -> str:
        text = self.words(value)
        return validate.Email(error="电子邮箱应当像 name@example.com 这样填写。")(text)


class Code(Answer[str]):
    """A document's number without a check rule: letters and digits."""

    LIMIT = 40

    def read(self, value: Any) -> str:
        code = tidy_code(self.words(value))
        if not (code.isascii() and code.isalnum()):
            raise ValidationError(f"“{self.question.label}”只能有字母和数字，请核对。")
        return code


class Uscc(Answer[str]):
    """A unified social credit code (GB 32100-2015)."""

    def read(self, value: Any) -> str:
        code = tidy_code(self.words(value))
        self.refuse_if(fault_in_uscc(code))
        return code


class CitizenId(Answer[str]):
    """A citizen's 18-character identity number (GB 11643)."""

    def read(self, value: Any) -> str:
        number = tidy_code(self.words(value))
        self.refuse_if(fault_in_id(number, self.today))
        return number


class Mobile(Answer[str]):
    """A mainland mobile number, kept as 11 digits."""

    def read(self, value: Any) -> str:
        number = tidy_code(self.words(value))
        for country in ("+86", "0086"):
            number = number.removeprefix(country)
        self.refuse_if(fault_in_mobile(number))
        return number
