"""The merge proves itself: who needs each question and material, and what would fall away without an item."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from engine.catalogue import Item, Material, MergedMaterial
from engine.catalogue.material import APPLICANT
from engine.deployments import Deployment
from engine.drafts.reading import form_of
from engine.drafts.wanted import reasons_of
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
class Merged:
    """The one form and the one list of materials of some items, and their figures."""

    items: tuple[Item, ...]
    form: MergedForm
    materials: tuple[MergedMaterial, ...]
    figures: Figures


@dataclass(frozen=True)
class Proof:
    """The merge of some items, why each material is in it, and what each of these items brings with it."""

    merged: Merged
    materials: tuple[NeededMaterial, ...]
    without: tuple[Without, ...]


def prove(deployment: Deployment, items: Collection[str], on: date) -> Proof:
    """The proof for these items by the law of a day, in the industry's order; unknown ones are left out."""
    whole = _merge(deployment, items, on)
    return Proof(
        merged=whole,
        materials=tuple(NeededMaterial(each, reasons_of(each, whole.items)) for each in whole.materials),
        without=tuple(
            _without(deployment, item, whole, _merge(deployment, {*items} - {item.id}, on))
            for item in whole.items
        ),
    )


def _merge(deployment: Deployment, items: Collection[str], on: date) -> Merged:
    catalogue = deployment.catalogue_on(on)
    ids = tuple(each.id for each in catalogue.industry.items if each.id in items)
    chosen = tuple(map(catalogue.item, ids))
    return Merged(
        items=chosen,
        form=form_of(deployment, ids, on),
        materials=most_materials(catalogue, chosen),
        figures=figures(deployment, ids, on),
    )


def _without(deployment: Deployment, item: Item, whole: Merged, rest: Merged) -> Without:
    asked = {one.field.id for one in rest.form.fields()}
    left = {each.material.id: each.source for each in rest.materials}
    steps = deployment.model.steps.values()
    return Without(
        item=item,
        fields=tuple(one.field for one in whole.form.fields() if one.field.id not in asked),
        materials=tuple(each.material for each in whole.materials if each.material.id not in left),
        instead=tuple(
            each.material
            for each in whole.materials
            if each.source != APPLICANT and left.get(each.material.id) == APPLICANT
        ),
        steps=tuple(step for step in steps if step.item == item.id and step.kind == "user"),
        visit=whole.figures.visits.after > rest.figures.visits.after,
        left=rest.figures,
    )
