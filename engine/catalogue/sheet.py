"""Reads a designer's YAML file by a marshmallow schema and names every wrong key with its line and remedy."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from forms.expressions import Expression, UnsafeExpression, compile_expression
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Document, Files, Path, read_document

MISSING = "缺少这个键。"
UNKNOWN = "没有这个键。"
# What marshmallow's own fields say, in the words of a designer.
_SAYS = {
    "required": MISSING,
    "unknown": UNKNOWN,
    "null": "这里不能空着。",
    "invalid": "值的类型不对。",
    "type": "这里应是“键: 值”。",
}


class Sheet(Schema):
    """A schema that refuses unknown keys and speaks Chinese."""

    error_messages = _SAYS

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: "fields.Field[Any]") -> None:
        """Give every field, also one inside a list, the words above."""
        _speak(field_obj)


class Whole(fields.Integer):
    """A whole number, zero or more; `true` and "3" are none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValidationError("应是不小于 0 的整数。")
        return value


class Day(fields.Field[date]):
    """A date as YAML reads it: 2023-12-01."""

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


class OneOf(fields.String):
    """One of a few words; with a `default` the key may be left out."""

    def __init__(self, *known: str, default: str | None = None) -> None:
        if default is None:
            super().__init__(required=True)
        else:
            super().__init__(load_default=default)
        self.known = known

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if value not in self.known:
            raise ValidationError(f"没有“{value}”这个值，只能是 {'、'.join(self.known)}。")
        return str(value)


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
    read, found = _read(type(sheet), path, files.get(path))
    mistakes.extend(found)
    return read


@lru_cache(maxsize=1024)  # every industry reads the same regions, departments and materials
def _read(
    sheet: type[Sheet], path: str, text: str | None
) -> tuple[tuple[Document, Any] | None, tuple[Mistake, ...]]:
    schema = sheet()
    try:
        document = read_document({} if text is None else {path: text}, path)
        return (document, schema.load(document.data)), ()
    except Mistakes as error:
        return None, error.mistakes
    except ValidationError as error:
        return None, tuple(mistakes_in(document, schema, error.messages, ()))


def mistakes_in(document: Document, at: Any, messages: Any, keys: Path) -> Iterator[Mistake]:
    """What marshmallow found wrong with `at`, a schema or field, as mistakes at their key paths."""
    if not isinstance(messages, Mapping):
        for message in messages:
            yield document.mistake(keys, message, "请补上。" if message == MISSING else "请改正。")
        return
    at = at.schema if isinstance(at, fields.Nested) else at
    for key, inner in messages.items():
        if key == "_schema":
            yield from mistakes_in(document, at, inner, keys)
        elif isinstance(at, fields.Dict):  # marshmallow tells the key's own faults from the value's
            for part in inner.values():
                yield from mistakes_in(document, at.value_field, part, (*keys, key))
        elif isinstance(at, fields.List):
            yield from mistakes_in(document, at.inner, inner, (*keys, key))
        else:
            known = {each.data_key or name: each for name, each in at.fields.items()}
            if inner == [UNKNOWN]:
                offer = nearest(str(key), known) or "请删去，或改用已有的名称。"
                yield document.mistake((*keys, key), UNKNOWN, offer)
            else:
                yield from mistakes_in(document, known.get(key), inner, (*keys, key))


def _speak(field: Any) -> None:
    field.error_messages = {**field.error_messages, **_SAYS}
    for inner in (getattr(field, "inner", None), getattr(field, "value_field", None)):
        if inner is not None:
            _speak(inner)
