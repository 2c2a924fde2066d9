"""A department that grants, reviews or supervises, and the lane of a diagram that stands for people in it."""

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from engine.catalogue.item import LEVELS
from engine.catalogue.region import Region
from engine.catalogue.sheet import OneOf, Sheet, identifier, words

ROLES = ("applicant", "window", "clerk", "inspector")  # who may work in a lane
PLACE = "{region}"  # stands for the region's name in what an office is called


@dataclass(frozen=True)
class Department:
    """An authority as one word for all regions; its office in a region has a name of its own."""

    id: str
    code: str
    name: str
    office: str
    city_office: str

    def office_in(self, region: Region) -> str:
        """What the office in `region` is called, e.g. 张店区市场监督管理局."""
        pattern = self.city_office if region.kind == "city" else self.office
        return pattern.replace(PLACE, region.name)


@dataclass(frozen=True)
class Lane:
    """Who works in a lane: a role, and the department it belongs to; None for people outside.

    A lane of the level `city` works for the whole city, wherever the premises are.
    """

    name: str
    role: str
    department: str | None
    level: str


class DepartmentSheet(Sheet):
    """One entry of `departments`."""

    id = identifier()
    code = words()
    name = words()
    office = words()
    city_office = words(optional=True)

    @validates_schema
    def check_place(self, data: dict[str, Any], **_: object) -> None:
        for key in ("office", "city_office"):
            if data.get(key) and PLACE not in data[key]:
                raise ValidationError(f"办公机构的名称里要有 {PLACE}，它会换成区划的名称。", key)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Department:
        return Department(**{**data, "city_office": data["city_office"] or data["office"]})


class LaneSheet(Sheet):
    """Who stands behind one name of a lane."""

    role = OneOf(*ROLES)
    department = words(optional=True)
    level = OneOf(*LEVELS, default=LEVELS[0])


class DepartmentsSheet(Sheet):
    """The file processes/departments.yaml."""

    departments = fields.List(fields.Nested(DepartmentSheet), required=True)
    lanes = fields.Dict(keys=fields.String(), values=fields.Nested(LaneSheet), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[list[Department], list[Lane]]:
        return data["departments"], [Lane(name, **lane) for name, lane in data["lanes"].items()]
