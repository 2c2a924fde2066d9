"""Merges the materials of several items into one list, each asked for once, with where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.catalogue.item import Item
from engine.catalogue.material import APPLICANT, GENERATED, RESULT, SHARED, Material


@dataclass(frozen=True)
class MergedMaterial:
    """One material of the merged list.

    `items` are the ids of the items that need it, `instead_of` the materials that it stands in for. `source`
    is what it is in this case: the result of an item that is not asked for comes from the applicant. `where`
    says so in words. `later` is whether every item that needs it lets it come after filing (容缺受理).
    """

    material: Material
    items: tuple[str, ...]
    instead_of: tuple[Material, ...]
    source: str
    where: str
    later: bool


def needed_by(item: Item, library: Mapping[str, Material], facts: Mapping[str, object]) -> list[Material]:
    """The materials that `item` alone would ask for, before any merging."""
    asked = (library[name] for name in item.materials)
    return [each for each in asked if each.when is None or each.when.evaluate(facts)]


def whatever_answered(library: Mapping[str, Material]) -> Mapping[str, Material]:
    """The library in which no answer spares anybody anything: for the most that items can ask for."""
    return {id: replace(material, when=None) for id, material in library.items()}


def merge(
    items: Sequence[Item], library: Mapping[str, Material], facts: Mapping[str, object]
) -> tuple[MergedMaterial, ...]:
    """The materials of all `items`, each once, in the order of the library whatever the order of items."""
    needs: dict[str, set[str]] = {}
    replaced: dict[str, set[str]] = {}
    at_once: set[str] = set()
    for item in items:
        for material in needed_by(item, library, facts):
            target = material.merged_into or material.id
            needs.setdefault(target, set()).add(item.id)
            if material.id not in item.later:
                at_once.add(target)
            if target != material.id:
                replaced.setdefault(target, set()).add(material.id)
    chosen = {item.id: item for item in items}
    return tuple(
        _merged(
            material,
            tuple(sorted(needs[name], key=list(chosen).index)),
            tuple(library[each] for each in library if each in replaced.get(name, ())),
            chosen,
            name not in at_once,
        )
        for name, material in library.items()
        if name in needs
    )


def _merged(
    material: Material,
    items: tuple[str, ...],
    instead_of: tuple[Material, ...],
    chosen: Mapping[str, Item],
    later: bool,
) -> MergedMaterial:
    source, where = _origin(material, chosen)
    return MergedMaterial(material, items, instead_of, source, where, later and source == APPLICANT)


def _origin(material: Material, chosen: Mapping[str, Item]) -> tuple[str, str]:
    if material.source == SHARED:
        return SHARED, f"从{material.provider}获取，不用您交"
    if material.source == GENERATED:
        return GENERATED, "系统生成，不用您准备"
    producer = next((item for item in chosen.values() if material.id in item.produces), None)
    if material.source == RESULT and producer is not None:
        return RESULT, f"本次办理“{producer.name}”的结果，内部流转，不用您交"
    return APPLICANT, "请您准备"
