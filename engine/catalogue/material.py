"""Something handed in with an application: what it is, where it comes from, what it is merged into."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load

from engine.catalogue.sheet import Condition, OneOf, Sheet, words
from forms.expressions import Expression

APPLICANT, SHARED, GENERATED, RESULT = SOURCES = ("applicant", "shared", "generated", "result")
KINDS = ("document", "certificate", "report", "generated", "result")


@dataclass(frozen=True)
class Material:
    """One entry of the library of materials; it may be needed by many items and is asked for once."""

    id: str
    name: str
    kind: str
    source: str
    provider: str
    merged_into: str | None
    hint: str
    when: Expression | None


class MaterialSheet(Sheet):
    """What stands under the id of one material."""

    name = words()
    kind = OneOf(*KINDS)
    source = OneOf(*SOURCES)
    provider = fields.String(data_key="from", load_default="")
    merged_into = words(optional=True)
    hint = fields.String(load_default="")
    when = Condition(load_default=None)


class MaterialsSheet(Sheet):
    """The file processes/materials.yaml."""

    materials = fields.Dict(keys=fields.String(), values=fields.Nested(MaterialSheet), required=True)
    marks = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> list[Material]:
        return [Material(id, **material) for id, material in data["materials"].items()]
