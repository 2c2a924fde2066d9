"""A place with offices of its own: the city, a district or a zone, and the settings that hold there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import fields, post_load

from engine.catalogue.sheet import OneOf, Sheet, words

KINDS = ("city", "district", "zone")


@dataclass(frozen=True)
class Region:
    """One region; `settings` are its own over those of its parent, in the units that regions.yaml names."""

    code: str
    name: str
    kind: str
    parent: str | None
    settings: Mapping[str, object]


class RegionSheet(Sheet):
    """One entry of `regions`."""

    code = words()
    name = words()
    kind = OneOf(*KINDS)
    parent = words(optional=True)
    settings = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=dict)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Region:
        return Region(**data)


class RegionsSheet(Sheet):
    """The file processes/regions.yaml."""

    regions = fields.List(fields.Nested(RegionSheet), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> list[Region]:
        return list(data["regions"])


def with_inherited(regions: list[Region]) -> dict[str, Region]:
    """All regions by code, each with the settings of its parent under its own; parents are one level up."""
    above = {region.code: region.settings for region in regions}
    return {
        region.code: replace(region, settings={**above.get(region.parent or "", {}), **region.settings})
        for region in regions
    }
