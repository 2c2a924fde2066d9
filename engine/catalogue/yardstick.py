"""A published result of such a reform elsewhere, to set an industry's figures beside."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load

from engine.catalogue.sheet import Sheet, words


@dataclass(frozen=True)
class Yardstick:
    """Where it was published, for what, and what is said: in the words of its authors, counted their way."""

    where: str
    what: str
    said: str


class YardstickSheet(Sheet):
    """One entry of `yardsticks`."""

    where = words()
    what = words()
    said = words()

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> Yardstick:
        return Yardstick(**data)


class YardsticksSheet(Sheet):
    """The file processes/yardsticks.yaml, which a city may do without."""

    yardsticks = fields.List(fields.Nested(YardstickSheet), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: object) -> tuple[Yardstick, ...]:
        return tuple(data["yardsticks"])
