"""Reads one of the designers' YAML files by a marshmallow schema; every wrong key is named with its line and remedy."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from forms.expressions import Expression, UnsafeExpression, compile_expression
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Document, Files, read_document

UNKNOWN = "没有这个键。"
# What marshmallow says, in the words of a designer; its own fields speak English.
_SAYS = {
    "required": "缺少这个键。",
    "null": "这里不能空着。",
    "invalid": "值的类型不对。",
    "type": "这里应是“键: 值”。",
    "unknown": UNKNOWN,
    "invalid_utf8": "不是 UTF-8 文字。",
    "too_large": "数字太大。",
}


class Sheet(Schema):
    """A schema that refuses unknown keys."""

    error_messages = _SAYS

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: "fields.Field[Any]") -> None:
        """Give every field, also those inside lists, the words of a designer."""
        _speak(field_obj)


class Whole(fields.Integer):
    """A whole number, zero or more; `true` and "3" are none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValidationError("应是不小于 0 的整数。")
        return value


class Day(fields.Field[date]):
    """A date, as YAML reads it: 2023-12-01."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, date):
            raise ValidationError("应是日期，例如 2023-12-01。")
        return value


class Condition(fields.Field[Expression]):
    """`true`, `false` or an expression."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Expression:
        try:
            return compile_expression(str(value))
        except UnsafeExpression as error:
            raise ValidationError(str(error)) from error


def identifier() -> fields.String:
    """A name that other files refer to: small Latin letters, digits and underscores."""
    pattern = validate.Regexp(r"[a-z][a-z0-9_]*\Z", error="只能用小写字母、数字和下划线，并以字母开头。")
    return fields.String(required=True, validate=pattern)


def words(*, optional: bool = False) -> fields.String:
    """A text that is not empty; an optional one may be missing or null and is then None."""
    some = validate.Length(min=1, error="这里不能空着。")
    if optional:
        return fields.String(load_default=None, allow_none=True, validate=some)
    return fields.String(required=True, validate=some)


def read_sheet(files: Files, path: str, sheet: Sheet, mistakes: list[Mistake]) -> tuple[Document, Any] | None:
    """The document at `path` and what the schema makes of it; None, and `mistakes` grow, when it is wrong."""
    try:
        document = read_document(files, path)
        return document, sheet.load(document.data)
    except Mistakes as error:
        mistakes.extend(error.mistakes)
    except ValidationError as error:
        mistakes.extend(_mistakes(document, sheet, error.messages))
    return None


def _mistakes(document: Document, sheet: Sheet, messages: Any) -> Iterator[Mistake]:
    for keys, says in _leaves(messages, ()):
        do = "请补上。" if says == _SAYS["required"] else "请改正。"
        if says == UNKNOWN:
            do = nearest(str(keys[-1]), _known(sheet, keys[:-1])) or "请删去，或改用已有的名称。"
        yield document.mistake(keys, says, do)


def _leaves(messages: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if not isinstance(messages, Mapping):
        yield from ((keys, str(message)) for message in messages)
        return
    for key, inner in messages.items():
        # marshmallow puts what is wrong with a whole mapping under "_schema", with a dict's entry under "value"
        own = key in ("_schema", "key", "value") and key not in messages.get("_known", ())
        yield from _leaves(inner, keys if own else (*keys, key))


def _known(sheet: Schema, keys: tuple[str | int, ...]) -> list[str]:
    """The keys that the schema knows at `keys`."""
    inner: Any = sheet
    for key in keys:
        field = inner.fields.get(key) if isinstance(inner, Schema) else inner
        inner = _inside(field)
    return [field.data_key or name for name, field in inner.fields.items()] if isinstance(inner, Schema) else []


def _inside(field: Any) -> Any:
    if isinstance(field, fields.Nested):
        return field.schema
    if isinstance(field, fields.List):
        return _Entries(field.inner)
    if isinstance(field, fields.Dict):
        return _Entries(field.value_field)
    return _inside(field.field) if isinstance(field, _Entries) else None


class _Entries:
    """The entries of a list or a mapping, while the next key chooses one of them."""

    def __init__(self, field: Any) -> None:
        self.field = field


def _speak(field: Any) -> None:
    field.error_messages = {**field.error_messages, **_SAYS}
    if isinstance(field, fields.List):
        _speak(field.inner)
    if isinstance(field, fields.Dict) and field.value_field is not None:
        _speak(field.value_field)
