"""An industry: the items it may need and when, where it is open, and whom it is not for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load, validate

from engine.catalogue.item import MARKS
from engine.catalogue.question import Question, QuestionSheet
from engine.catalogue.sheet import Condition, Sheet, Whole, identifier, words
from forms.expressions import Expression


@dataclass(frozen=True)
class IndustryItem:
    """One item of an industry: `why` it is needed if `when` holds (None: always), or why `otherwise` not."""

    id: str
    when: Expression | None
    why: str
    otherwise: str
    optional: bool


@dataclass(frozen=True)
class Note:
    """A sentence that the notice adds when its condition holds."""

    when: Expression
    text: str


@dataclass(frozen=True)
class Spare:
    """A material that an item asks for, of whom it is not asked after all, and because of what."""

    material: str
    when: Expression
    because: str


@dataclass(frozen=True)
class NotFor:
    """Whom this industry is not for: because of what, and what to do instead."""

    when: Expression
    because: str
    instead: str


@dataclass(frozen=True)
class Asked:
    """A question that applicants often ask, and the answer."""

    ask: str
    answer: str


@dataclass(frozen=True)
class Industry:
    """One line of business; `process` is the id of its diagram, `classes` are GB/T 4754 codes with names.

    `order` is its place in lists, `group` the heading that it stands under there. `fixed_days` is the one
    published figure for a whole case, in working days, for regions that count by it.
    """

    id: str
    name: str
    title: str
    summary: str
    order: int
    pilot: bool
    group: str
    classes: Mapping[str, str]
    lead: str
    process: str
    open_in: tuple[str, ...]
    fixed_days: int | None
    items: tuple[IndustryItem, ...]
    spares: tuple[Spare, ...]
    notes: tuple[Note, ...]
    faq: tuple[Asked, ...]
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Guide:
    """The questions in their order, and whom the industry is not for."""

    questions: tuple[Question, ...]
    not_for: tuple[NotFor, ...]


class IndustryItemSheet(Sheet):
    """One entry of `items`."""

    id = identifier()
    when = Condition(load_default=None)
    why = words()
    otherwise = words()
    optional = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> IndustryItem:
        return IndustryItem(**data)


class SpareSheet(Sheet):
    """One entry of `spares`."""

    material = words()
    when = Condition(required=True)
    because = words()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Spare:
        return Spare(**data)


class NoteSheet(Sheet):
    """One entry of `notes`."""

    when = Condition(required=True)
    text = words()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Note:
        return Note(**data)


class AskedSheet(Sheet):
    """One entry of `faq`."""

    ask = words()
    answer = words()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Asked:
        return Asked(**data)


class IndustrySheet(Sheet):
    """The file processes/<industry>/industry.yaml."""

    id = identifier()
    name = words()
    title = words()
    summary = fields.String(load_default="")
    order = Whole(required=True)
    pilot = fields.Boolean(required=True)
    group = words()
    classes = fields.Dict(keys=fields.String(), values=words(), required=True)
    lead = words()
    process = identifier()
    open_in = fields.List(fields.String(), load_default=list)
    fixed_days = Whole(load_default=None, allow_none=True)
    items = fields.List(fields.Nested(IndustryItemSheet), required=True)
    spares = fields.List(fields.Nested(SpareSheet), load_default=list)
    notes = fields.List(fields.Nested(NoteSheet), load_default=list)
    faq = fields.List(fields.Nested(AskedSheet), load_default=list)
    marks = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf(MARKS)), load_default=dict
    )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Industry:
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return Industry(**{**data, **lists})


class GroupsSheet(Sheet):
    """The file processes/groups.yaml: the headings under which lists show the industries, in their order."""

    groups = fields.List(words(), required=True, validate=validate.Length(min=1))

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[str, ...]:
        return tuple(data["groups"])


class NotForSheet(Sheet):
    """One entry of `not_for`."""

    when = Condition(required=True)
    because = words()
    instead = words()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> NotFor:
        return NotFor(**data)


class GuideSheet(Sheet):
    """The file processes/<industry>/guide.yaml."""

    questions = fields.List(fields.Nested(QuestionSheet), required=True)
    not_for = fields.List(fields.Nested(NotForSheet), load_default=list)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Guide:
        return Guide(tuple(data["questions"]), tuple(data["not_for"]))
