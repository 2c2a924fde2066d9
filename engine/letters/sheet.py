"""The shape of a file in processes/letters/: one kind of letter, and its wording from day to day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from engine.catalogue.item import Basis
from engine.catalogue.item_sheet import BasisSheet
from engine.catalogue.sheet import Condition, Day, OneOf, Sheet, Whole, identifier, words
from engine.happenings import KINDS
from engine.letters.names import PICTURES, ROWS
from forms.expressions import Expression

ABOUT = ("case", "item")
WINDOW = "window"  # the department of the window, for letters about a whole case
ISSUERS = (WINDOW, "authority", "reviewer")
REMEDIES = ("government", "superior")  # who reviews: what the deciding office chose in its form


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its share of the line."""

    title: str
    say: str
    width: int


@dataclass(frozen=True)
class Part:
    """A paragraph, a table with a row for each of `rows`, or `pictures`; it stands only if `when` holds."""

    text: str | None
    rows: str | None
    columns: tuple[Column, ...]
    pictures: str | None
    when: Expression | None


@dataclass(frozen=True)
class Version:
    """The wording of a letter from `effective_from` on; `remedies` by who reviews."""

    effective_from: date
    title: str
    body: tuple[Part, ...]
    basis: tuple[Basis, ...]
    remedies: Mapping[str, str]


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter: on which happening it is written, about what, and who issues it.

    `word` stands in its number. `words` say in Chinese what the program names by codes.
    """

    id: str
    name: str
    word: str
    on: str
    when: Expression | None
    about: str
    issuer: str
    words: Mapping[str, Mapping[str, str]]
    versions: tuple[Version, ...]


class ColumnSheet(Sheet):
    """One column of a table."""

    title = words()
    say = words()
    width = Whole(load_default=1)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Column:
        return Column(**data)


class PartSheet(Sheet):
    """A paragraph, a table or pictures."""

    text = words(optional=True)
    rows = OneOf(*ROWS, default="")
    columns = fields.List(fields.Nested(ColumnSheet), load_default=list)
    pictures = OneOf(*PICTURES, default="")
    when = Condition(load_default=None)

    @validates_schema
    def check_one(self, data: dict[str, Any], **_: object) -> None:
        if [bool(data[name]) for name in ("text", "rows", "pictures")].count(True) != 1:
            says = "每一段写 text（一段话）、rows（一张表）或者 pictures（图片），只能写一样。"
            raise ValidationError(says, "text")
        if bool(data["rows"]) != bool(data["columns"]):
            raise ValidationError("表格要写 columns；一段话不写。", "columns")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Part:
        words = {name: data[name] or None for name in ("rows", "pictures")}
        return Part(**{**data, **words, "columns": tuple(data["columns"])})


class VersionSheet(Sheet):
    """One wording."""

    effective_from = Day(required=True)
    title = words()
    body = fields.List(
        fields.Nested(PartSheet), required=True, validate=validate.Length(min=1, error="这里不能空着。")
    )
    basis = fields.List(fields.Nested(BasisSheet), load_default=list)
    remedies = fields.Dict(keys=fields.String(), values=words(), load_default=dict)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Version:
        basis = tuple(Basis(**each) for each in data["basis"])
        return Version(**{**data, "body": tuple(data["body"]), "basis": basis})


class LetterSheet(Sheet):
    """A file in processes/letters/."""

    id = identifier()
    name = words()
    word = words()
    on = OneOf(*KINDS)
    when = Condition(load_default=None)
    about = OneOf(*ABOUT)
    issuer = OneOf(*ISSUERS)
    words = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
        load_default=dict,
    )
    versions = fields.List(
        fields.Nested(VersionSheet), required=True, validate=validate.Length(min=1, error="至少要有一版。")
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> LetterKind:
        return LetterKind(**{**data, "versions": tuple(data["versions"])})
