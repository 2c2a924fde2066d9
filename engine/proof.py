"""The merge proves itself: who needs each question and material, and what would fall away without an item."""

from collections.abc import Collection
from dataclasses import dataclass

from engine.catalogue import Item, Material, MergedMaterial
from engine.catalogue.material import APPLICANT
from engine.deployments import Deployment
from engine.drafts.reading import form_of
from engine.figures import Figures, figures, most_materials
from engine.workflow import Step
from forms.fields import Field
from forms.merge import MergedForm, Reason


@dataclass(frozen=True)
class NeededMaterial:
    """A material of the merged list, with the items that need it and the law of each."""

    merged: MergedMaterial
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Without:
    """What an application for all but `item` would be spared.

    `instead` are the materials that the item yields and others need: the applicant would have to bring them.
    `left` are the figures of the other items; `visit` says whether the visit falls away with the item.
    """

    item: Item
    fields: tuple[Field, ...]
    materials: tuple[Material, ...]
    instead: tuple[Material, ...]
    steps: tuple[Step, ...]
    visit: bool
    left: Figures


@dataclass(frozen=True)
class Proof:
    """The one form and the one list of materials of `items`, and what each of these items brings with it."""

    items: tuple[Item, ...]
    form: MergedForm
    materials: tuple[NeededMaterial, ...]
    figures: Figures
    without: tuple[Without, ...]


def prove(deployment: Deployment, items: Collection[str]) -> Proof:
    """The proof for these items of an industry, taken in the industry's order; others are left out."""
    ids = tuple(each.id for each in deployment.catalogue.industry.items if each.id in items)
    chosen = tuple(map(deployment.catalogue.item, ids))
    merged = most_materials(deployment.catalogue, chosen)
    form = form_of(deployment, ids)
    whole = figures(deployment, ids)
    return Proof(
        items=chosen,
        form=form,
        materials=tuple(NeededMaterial(each, _reasons(each, chosen)) for each in merged),
        figures=whole,
        without=tuple(_without(deployment, item, chosen, form, merged, whole) for item in chosen),
    )


def _reasons(material: MergedMaterial, chosen: tuple[Item, ...]) -> tuple[Reason, ...]:
    needing = (item for item in chosen if item.id in material.items)
    return tuple(Reason(item.id, item.name, "；".join(map(str, item.basis))) for item in needing)


def _without(
    deployment: Deployment,
    item: Item,
    chosen: tuple[Item, ...],
    form: MergedForm,
    materials: tuple[MergedMaterial, ...],
    whole: Figures,
) -> Without:
    others = tuple(each for each in chosen if each is not item)
    ids = tuple(each.id for each in others)
    asked = {one.field.id for one in form_of(deployment, ids).fields()}
    left = {each.material.id: each for each in most_materials(deployment.catalogue, others)}
    rest = figures(deployment, ids)
    return Without(
        item=item,
        fields=tuple(one.field for one in form.fields() if one.field.id not in asked),
        materials=tuple(each.material for each in materials if each.material.id not in left),
        instead=tuple(
            each.material
            for each in materials
            if each.source != APPLICANT
            and each.material.id in left
            and left[each.material.id].source == APPLICANT
        ),
        steps=tuple(
            step for step in deployment.model.steps.values() if step.item == item.id and step.kind == "user"
        ),
        visit=whole.visits.after > rest.visits.after,
        left=rest,
    )
