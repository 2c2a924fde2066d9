"""What a guide says about each merged material: its form, its source, whether it is always needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.catalogue import Catalogue, Item, Material, MergedMaterial
from engine.catalogue.material import APPLICANT, GENERATED, RESULT, SHARED
from engine.catalogue.merging import merge, needed_by, whatever_answered

# Source → the form it is handed in in; what applicants bring, they scan or photograph.
_FORMS = {
    APPLICANT: "电子版 1 份（照片或扫描件）",
    SHARED: "数据共享，免提交",
    GENERATED: "系统生成，免提交",
    RESULT: "内部流转，免提交",
}
ALWAYS, DEPENDS = "必要", "视情况"


@dataclass(frozen=True)
class MaterialGuide:
    """One merged material in words; `used_for` are the names of the items, `instead_of` what it replaces.

    `later_for` are the items that let it come after filing (容缺受理): all that need it in a case must.
    """

    name: str
    hint: str
    form: str
    source: str
    bring: bool
    needed: str
    used_for: tuple[str, ...]
    instead_of: tuple[str, ...]
    later_for: tuple[str, ...]


def material_guides(catalogue: Catalogue, always: Sequence[str]) -> tuple[MaterialGuide, ...]:
    """The materials for all items together; `always` are the items that everybody needs."""

    merged = merge(_items(catalogue), whatever_answered(catalogue.materials), {})
    return tuple(_material(catalogue, each, always) for each in merged)


def before_merging(catalogue: Catalogue) -> int:
    """How many materials the items would ask for one by one."""
    library = whatever_answered(catalogue.materials)
    return sum(len(needed_by(item, library, {})) for item in _items(catalogue))


def materials_of(catalogue: Catalogue, item: Item) -> tuple[Material, ...]:
    """The materials that an item's reviewer looks at, those that stand in for others in their place."""
    library = whatever_answered(catalogue.materials)
    return tuple(each.material for each in merge([item], library, {}))


def _items(catalogue: Catalogue) -> tuple[Item, ...]:
    return tuple(catalogue.items[entry.id] for entry in catalogue.industry.items)


def _material(catalogue: Catalogue, merged: MergedMaterial, always: Sequence[str]) -> MaterialGuide:
    material = merged.material
    spared = material.id in {each.material for each in catalogue.industry.spares}
    depends = spared or material.when is not None or not set(merged.items) & set(always)
    return MaterialGuide(
        name=material.name,
        hint=material.hint,
        form=_FORMS[merged.source],
        source=merged.where,
        bring=merged.source == APPLICANT,
        needed=DEPENDS if depends else ALWAYS,
        used_for=tuple(catalogue.items[id].name for id in merged.items),
        instead_of=tuple(each.name for each in merged.instead_of),
        later_for=tuple(catalogue.items[id].name for id in merged.items if _waits(catalogue, id, merged)),
    )


def _waits(catalogue: Catalogue, item: str, merged: MergedMaterial) -> bool:
    """Whether an item lets a material, or all that it stands in for, come after filing."""
    found, asked = catalogue.items[item], {merged.material.id, *(each.id for each in merged.instead_of)}
    return merged.source == APPLICANT and (asked & set(found.materials)) <= set(found.later)
