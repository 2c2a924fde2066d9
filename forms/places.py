"""Where questions are asked: in a shared section, in an item's form, at a step."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.fields import Field


@dataclass(frozen=True)
class Asked:
    """A question of a shared section.

    Without `needed_by` it is asked in every case. With it, only for the item forms that are named there or
    name the question under `shared`; it maps those forms to the law that asks.
    """

    field: Field
    needed_by: Mapping[str, str] | None


@dataclass(frozen=True)
class SharedSection:
    """A section of the one form that belongs to no single item; `basis` is the law behind its questions."""

    id: str
    title: str
    intro: str
    basis: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class ItemForm:
    """What one item asks beyond the shared sections; `shared` maps shared questions it needs to the law."""

    id: str
    title: str
    intro: str
    basis: str
    order: int
    shared: Mapping[str, str]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class StepForm:
    """What a clerk fills in at a step; its questions are its own."""

    id: str
    title: str
    intro: str
    fields: tuple[Field, ...]
