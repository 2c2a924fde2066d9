"""The materials that an industry spares this applicant, though its items ask for them of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.catalogue import Catalogue, Item, Material
from engine.catalogue.merging import needed_by
from engine.catalogue.wording import filled
from forms.expressions import compile_expression

_NEVER = compile_expression("False")


@dataclass(frozen=True)
class SparedMaterial:
    """A material that this applicant need not hand in, and why not."""

    material: Material
    why: str


def spared_materials(
    catalogue: Catalogue, items: Sequence[Item], facts: Mapping[str, object], values: Mapping[str, object]
) -> tuple[SparedMaterial, ...]:
    """What these items ask for and these facts spare; `values` stand in the sentences."""
    asked = {material.id for item in items for material in needed_by(item, catalogue.materials, facts)}
    return tuple(
        SparedMaterial(catalogue.materials[each.material], filled(each.because, values))
        for each in catalogue.industry.spares
        if each.material in asked and each.when.evaluate(facts)
    )


def without(library: Mapping[str, Material], spared: Sequence[SparedMaterial]) -> Mapping[str, Material]:
    """The library of materials in which nobody needs the spared ones."""
    return {**library, **{each.material.id: replace(each.material, when=_NEVER) for each in spared}}
