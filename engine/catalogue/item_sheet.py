"""The shape of a file in processes/items/ and the rules that hold inside one of them."""

from typing import Any

from marshmallow import INCLUDE, ValidationError, fields, post_load, validate, validates_schema

from engine.catalogue.item import (
    CHANGES,
    COMMITMENTS,
    HOW,
    KINDS,
    LEVELS,
    MARKS,
    UNITS,
    WAITING,
    Basis,
    CheckPoint,
    Item,
    LicenceRule,
    Phases,
    Renewal,
    Special,
)
from engine.catalogue.sheet import Condition, Day, OneOf, Sheet, Whole, identifier, words

SHORTEST_NAME = 8  # characters, to stand in lists and on the steps of a diagram
LONGEST_VISIT = 3  # working days


def _rule(**options: Any) -> fields.String:
    """The name of one of a department's rules."""
    form = validate.Regexp(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\Z", error="应写成“部门.规则”。")
    return fields.String(validate=form, **options)


class BasisSheet(Sheet):
    """One law."""

    law = words()
    article = fields.String(load_default="")


class PhasesSheet(Sheet):
    """Working days of each phase."""

    review = Whole(required=True)
    visit = Whole(
        required=True, validate=validate.Range(max=LONGEST_VISIT, error=f"上门最多 {LONGEST_VISIT} 天。")
    )
    decide = Whole(required=True)


class RenewalSheet(Sheet):
    """The window in which a renewal is asked for."""

    opens = Whole(load_default=None, allow_none=True)
    closes = Whole(required=True)
    unit = OneOf(*UNITS)

    @validates_schema
    def check_order(self, data: dict[str, Any], **_: object) -> None:
        if data["opens"] is not None and data["opens"] <= data["closes"]:
            raise ValidationError("最早可以申请的天数 opens 应大于最晚的天数 closes。", "opens")


class SpecialSheet(Sheet):
    """A step beside the usual ones."""

    name = words()
    days = Whole(load_default=None, allow_none=True)
    unit = OneOf(*UNITS)
    basis = words()
    charged = fields.Boolean(load_default=False)
    counted = fields.Boolean(load_default=False)
    before_granting = fields.Boolean(load_default=False)


class LicenceSheet(Sheet):
    """The licence that a granted item gives."""

    document = words()
    number = _rule(required=True)
    scope_from = fields.List(fields.String(), load_default=list)
    validity = _rule(load_default=LicenceRule.validity)
    scope = _rule(load_default=LicenceRule.scope)
    title = _rule(load_default=LicenceRule.title)


class CheckPointSheet(Sheet):
    """One line of the checklist."""

    id = identifier()
    text = words()
    basis = words()


class VersionSheet(Sheet):
    """What was different from a day on: any key of the item; engine.catalogue.versions checks them."""

    class Meta:
        unknown = INCLUDE

    effective_from = Day(required=True)


class ItemSheet(Sheet):
    """One file of processes/items/; an item with `versions` has its days in force there."""

    id = identifier()
    name = words()
    short = fields.String(
        required=True,
        validate=validate.Length(min=1, max=SHORTEST_NAME, error=f"应是 1 至 {SHORTEST_NAME} 个字。"),
    )
    kind = OneOf(*KINDS)
    code = words(optional=True)
    sub_codes = fields.Dict(keys=words(), values=words(), load_default=dict)
    authority = words()
    reviewer = words()
    regulator = words()
    level = OneOf(*LEVELS)
    basis = fields.List(fields.Nested(BasisSheet), required=True, validate=validate.Length(min=1))
    statutory_days = Whole(required=True)
    statutory_note = fields.String(load_default="")
    committed_days = Whole(required=True)
    committed_days_on_commitment = Whole(load_default=None, allow_none=True)
    post_check_days = Whole(load_default=None, allow_none=True)
    phases = fields.Nested(PhasesSheet, required=True)
    extension_days = Whole(load_default=0)
    inspection = Condition(required=True)
    inspection_days = Whole(load_default=None, allow_none=True)
    commitment = OneOf(*COMMITMENTS)
    commitment_when = Condition(load_default=None, allow_none=True)
    validity_years = Whole(load_default=None, allow_none=True)
    renewal = fields.Nested(RenewalSheet, load_default=None, allow_none=True)
    changes = fields.Dict(
        keys=fields.String(validate=validate.OneOf(CHANGES)), values=OneOf(*HOW), load_default=dict
    )
    fee = Whole(required=True)
    special = fields.List(fields.Nested(SpecialSheet), load_default=list)
    produces = fields.List(fields.String(), load_default=list)
    needs = fields.Dict(keys=fields.String(), values=OneOf(*WAITING), load_default=dict)
    stage_of = words(optional=True)
    licence = fields.Nested(LicenceSheet, load_default=None, allow_none=True)
    materials = fields.List(fields.String(), required=True)
    later = fields.List(fields.String(), load_default=list)
    form = fields.String(load_default=None, allow_none=True, validate=identifier().validate)
    checklist = fields.List(fields.Nested(CheckPointSheet), load_default=list)
    effective_from = Day(load_default=None)
    versions = fields.List(fields.Nested(VersionSheet), load_default=None)
    marks = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf(MARKS)), load_default=dict
    )

    @validates_schema
    def check_days(self, data: dict[str, Any], **_: object) -> None:
        if sum(data["phases"].values()) != data["committed_days"]:
            raise ValidationError("各阶段的天数加起来不等于承诺时限 committed_days。", "phases")
        if data["committed_days"] > data["statutory_days"]:
            raise ValidationError("承诺时限不能超过法定时限 statutory_days。", "committed_days")
        if (data["phases"]["visit"] == 0) != (data["inspection"].text == "False"):
            raise ValidationError(
                "不上门查看（inspection: false）的事项 visit 应为 0，要上门的应大于 0。", "phases"
            )

    @validates_schema
    def check_commitment(self, data: dict[str, Any], **_: object) -> None:
        condition = data["commitment_when"]
        if condition is not None and data["commitment"] != "partial":
            raise ValidationError("只有 commitment: partial 的事项才写什么时候可以承诺。", "commitment_when")
        if (condition is not None or data["commitment"] == "full") and not data["checklist"]:
            raise ValidationError("可以告知承诺的事项要有核查要点：申请人逐条承诺的就是它们。", "checklist")

    @validates_schema
    def check_later(self, data: dict[str, Any], **_: object) -> None:
        if strange := [name for name in data["later"] if name not in data["materials"]]:
            raise ValidationError(f"“{'、'.join(strange)}”不在 materials 里，不能容后补交。", "later")

    @validates_schema
    def check_licence(self, data: dict[str, Any], **_: object) -> None:
        if (data["licence"] is None) != (data["stage_of"] is not None):
            raise ValidationError(
                "只有作为另一事项一个阶段（stage_of）的事项不发证，其他都要写明。", "licence"
            )

    @validates_schema
    def check_changes(self, data: dict[str, Any], **_: object) -> None:
        licence = data["licence"]
        if data["changes"] and licence is None and data["stage_of"]:
            raise ValidationError("不发证的事项没有什么可以变更。", "changes")
        if "scope" in data["changes"] and licence and not licence["scope_from"]:
            raise ValidationError(
                "范围不是从填报内容来的（scope_from 是空的），不能申请变更范围。", "changes"
            )

    @validates_schema
    def check_day_in_force(self, data: dict[str, Any], **_: object) -> None:
        if (data["effective_from"] is None) != (data["versions"] is not None):
            raise ValidationError(
                "施行日期写在 versions 的每一版里，或没有 versions 时写在这里。", "effective_from"
            )

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Item:
        versions, licence, renewal = data.pop("versions"), data["licence"], data["renewal"]
        made = {
            "basis": tuple(Basis(**each) for each in data["basis"]),
            "phases": Phases(**data["phases"]),
            "renewal": renewal and Renewal(**renewal),
            "special": tuple(Special(**each) for each in data["special"]),
            "produces": tuple(data["produces"]),
            "licence": licence and LicenceRule(**{**licence, "scope_from": tuple(licence["scope_from"])}),
            "materials": tuple(data["materials"]),
            "later": tuple(data["later"]),
            "checklist": tuple(CheckPoint(**each) for each in data["checklist"]),
        }
        if versions:  # the file as written is what holds now
            made["effective_from"] = versions[-1]["effective_from"]
        return Item(**{**data, **made})
