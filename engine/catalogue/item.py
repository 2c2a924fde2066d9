"""A licence item: what one department grants, by which law, in which time, for which materials."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from engine.catalogue.sheet import Condition, Day, OneOf, Sheet, Whole, identifier, words
from forms.expressions import Expression

LEVELS = ("district", "city")
COMMITMENTS = ("full", "partial", "none")
MARKS = ("S", "K", "A")  # found in a public source, general knowledge of the law, an assumption
UNVERIFIED = "A"


@dataclass(frozen=True)
class Basis:
    """The law that an item rests on, and the article where it is known."""

    law: str
    article: str

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True)
class Phases:
    """How an item's committed working days are spent: on the papers, on the visit, on the decision."""

    review: int
    visit: int
    decide: int


@dataclass(frozen=True)
class LicenceRule:
    """What a granted item gives: the document's name, the rule for its number, the fields that say its scope.

    `number` is `<department>.<rule>`: who numbers it, and by which of that department's rules.
    """

    document: str
    number: str
    scope_from: tuple[str, ...]


@dataclass(frozen=True)
class CheckPoint:
    """One line of the checklist of a visit; its id never changes, findings refer to it."""

    id: str
    text: str
    basis: str


@dataclass(frozen=True)
class Item:
    """One licence item. Days are working days, `fee` is in yuan, `validity_years` None means no expiry."""

    id: str
    name: str
    kind: str
    code: str | None
    authority: str
    reviewer: str
    regulator: str
    level: str
    basis: tuple[Basis, ...]
    statutory_days: int
    committed_days: int
    phases: Phases
    extension_days: int
    inspection: Expression
    inspection_days: int | None
    commitment: str
    validity_years: int | None
    renewal: str | None
    fee: int
    licence: LicenceRule
    materials: tuple[str, ...]
    form: str
    checklist: tuple[CheckPoint, ...]
    effective_from: date
    marks: Mapping[str, str]

    def needs_visit(self, facts: Mapping[str, object]) -> bool:
        """Whether this item needs a visit; `facts` are `answers`, `items` and `settings` of the case."""
        return bool(self.inspection.evaluate(facts))

    def unverified(self) -> tuple[str, ...]:
        """The keys whose values are assumptions, shown to designers as 待核实 and to nobody else."""
        return tuple(sorted(key for key, mark in self.marks.items() if mark == UNVERIFIED))


class BasisSheet(Sheet):
    """One law."""

    law = words()
    article = fields.String(load_default="")


class PhasesSheet(Sheet):
    """Working days of each phase."""

    review = Whole(required=True)
    visit = Whole(required=True)
    decide = Whole(required=True)


class LicenceSheet(Sheet):
    """The licence that a granted item gives."""

    document = words()
    number = fields.String(
        required=True,
        validate=validate.Regexp(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\Z", error="应写成“部门.编号规则”。"),
    )
    scope_from = fields.List(fields.String(), load_default=list)


class CheckPointSheet(Sheet):
    """One line of the checklist."""

    id = identifier()
    text = words()
    basis = words()


class ItemSheet(Sheet):
    """One file of processes/items/."""

    id = identifier()
    name = words()
    kind = words()
    code = words(optional=True)
    authority = words()
    reviewer = words()
    regulator = words()
    level = OneOf(*LEVELS)
    basis = fields.List(fields.Nested(BasisSheet), required=True, validate=validate.Length(min=1))
    statutory_days = Whole(required=True)
    committed_days = Whole(required=True)
    phases = fields.Nested(PhasesSheet, required=True)
    extension_days = Whole(load_default=0)
    inspection = Condition(required=True)
    inspection_days = Whole(load_default=None, allow_none=True)
    commitment = OneOf(*COMMITMENTS)
    validity_years = Whole(load_default=None, allow_none=True)
    renewal = words(optional=True)
    fee = Whole(required=True)
    licence = fields.Nested(LicenceSheet, required=True)
    materials = fields.List(fields.String(), required=True)
    form = identifier()
    checklist = fields.List(fields.Nested(CheckPointSheet), load_default=list)
    effective_from = Day(required=True)
    marks = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf(MARKS)), load_default=dict
    )

    @validates_schema
    def check_days(self, data: dict[str, Any], **_: object) -> None:
        if sum(data["phases"].values()) != data["committed_days"]:
            raise ValidationError("各阶段的天数加起来不等于承诺时限 committed_days。", "phases")
        if data["committed_days"] > data["statutory_days"]:
            raise ValidationError("承诺时限不能超过法定时限 statutory_days。", "committed_days")

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Item:
        licence = data["licence"]
        made = {
            "basis": tuple(Basis(**each) for each in data["basis"]),
            "phases": Phases(**data["phases"]),
            "licence": LicenceRule(**{**licence, "scope_from": tuple(licence["scope_from"])}),
            "materials": tuple(data["materials"]),
            "checklist": tuple(CheckPoint(**each) for each in data["checklist"]),
        }
        return Item(**{**data, **made})
