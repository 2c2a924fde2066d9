"""The kinds a question may have, and the marshmallow field each of them becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from forms.amounts import Day, Integer, Money, Number
from forms.answers import Address, Answer, CitizenId, Code, Email, LongText, Mobile, Text, Uscc
from forms.choices import Choice, Choices, File, Region, YesNo
from forms.fields import Facts, Field, Option
from forms.rows import Checklist, Rows

Shape = Literal["one", "many", "rows", "points"]


@dataclass(frozen=True)
class Kind:
    """How one kind is asked: the verb of its prompt, the shape of its inputs and what a browser may offer."""

    answer: type[Answer[Any]]
    verb: str = "填写"
    shape: Shape = "one"
    takes: frozenset[str] = frozenset()
    inputmode: str = ""
    autocomplete: str = ""


_LENGTH = frozenset({"max_length"})
_RANGE = frozenset({"min", "max"})
_ROWS = frozenset({"columns", "min_rows", "max_rows"})
_OPTIONS = frozenset({"options"})

KINDS: Mapping[str, Kind] = {
    "text": Kind(Text, takes=_LENGTH),
    "long_text": Kind(LongText, takes=_LENGTH),
    "code": Kind(Code, takes=_LENGTH),
    "uscc": Kind(Uscc),
    "cn_id": Kind(CitizenId),
    "mobile": Kind(Mobile, inputmode="tel", autocomplete="tel"),
    "email": Kind(Email, inputmode="email", autocomplete="email"),
    "region": Kind(Region, verb="选择"),
    "address": Kind(Address, takes=_LENGTH, autocomplete="street-address"),
    "date": Kind(Day, takes=_RANGE),
    "money": Kind(Money, takes=_RANGE, inputmode="decimal"),
    "number": Kind(Number, takes=_RANGE | {"unit", "decimals"}, inputmode="decimal"),
    "integer": Kind(Integer, takes=_RANGE | {"unit"}, inputmode="numeric"),
    "choice": Kind(Choice, verb="选择", takes=_OPTIONS | {"default"}),
    "choices": Kind(Choices, verb="选择", shape="many", takes=_OPTIONS | {"options_from"}),
    "yes_no": Kind(YesNo, verb="选择", takes=frozenset({"default"})),
    "person_list": Kind(Rows, shape="rows", takes=_ROWS),
    "table": Kind(Rows, shape="rows", takes=_ROWS),
    "checklist": Kind(Checklist, shape="points", takes=_OPTIONS | {"words_when", "max_length"}),
    "file": Kind(File, verb="上传"),
}

PERSON_COLUMNS = (
    Field("name", "姓名", "text", missing="请填写姓名", privacy="personal", max_length=50),
    Field("id_no", "身份证号码", "cn_id", missing="请填写身份证号码", privacy="sensitive"),
    Field("phone", "手机号码", "mobile", missing="请填写手机号码", privacy="personal"),
)

YES_NO_OPTIONS = (Option("yes", "是"), Option("no", "否"))


def answer(question: Field, *, required: bool, today: date, context: Facts) -> Answer[Any]:
    """The marshmallow field that reads what was typed for `question`."""
    kind = KINDS[question.kind]
    if kind.shape != "rows":
        return kind.answer(question, required=required, today=today, context=context)
    columns = [
        answer(column, required=column.is_required({}), today=today, context=context)
        for column in question.columns
    ]
    return Rows(question, required=required, today=today, context=context, columns=columns)
