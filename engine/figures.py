"""四减一优: what one application for all items spares the applicant beside an application for each item.

Counted for the case that asks for every item, so an applicant who needs fewer has smaller figures on both
sides. Everything comes from the catalogue, the forms and the diagram; nothing is estimated.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from engine.catalogue import Catalogue, Item, MergedMaterial
from engine.catalogue.combined import DEFAULT_RULE, committed_days, statutory_days
from engine.catalogue.material import APPLICANT
from engine.catalogue.merging import merge, needed_by, whatever_answered
from engine.deployments import Deployment
from engine.drafts.reading import form_of

# What is done once for each item that is applied for alone, beside its own steps: accepting it, and issuing.
AROUND = 2
NEWEST = date.max  # by the newest law that the files hold, in force or coming


@dataclass(frozen=True)
class Figure:
    """A count when each item is applied for alone, and of the one application; `merged` lies between."""

    before: int
    after: int
    merged: int | None = None

    @property
    def saved(self) -> int:
        """How much less it is, in whole percent."""
        return round(100 * (self.before - self.after) / self.before) if self.before else 0


@dataclass(frozen=True)
class Figures:
    """The six figures of an industry.

    `certificates`: documents that the items alone give; one comprehensive certificate.
    `steps`: each item alone is accepted, goes through its own steps of the diagram (review, decision, a
    public notice or hearing where there is one), is visited where it may need a visit, and is issued;
    together the accepting, the visit and the issuing happen once.
    `materials`: what each item alone asks for, added up; merged, each once; after: what the applicant brings.
    `fields`: the questions of each item's form alone, added up, shared sections counted each time, tables as
    one question; merged, each once; after: without those that shared data or the guide's answers fill in.
    `days`: the statutory working days of all items, added up; merged: the longest statutory path; after:
    what the departments commit to for the whole.
    `visits`: items that may need a visit; one joint visit.
    """

    certificates: Figure
    steps: Figure
    materials: Figure
    fields: Figure
    days: Figure
    visits: Figure


def figures(deployment: Deployment, items: Collection[str] | None = None, on: date = NEWEST) -> Figures:
    """The figures of an industry as deployed, of all or only of these items, by the law of a day."""
    catalogue = deployment.catalogue_on(on)
    chosen = [
        catalogue.item(each.id) for each in catalogue.industry.items if items is None or each.id in items
    ]
    visits = sum(may_need_visit(item) for item in chosen)
    return Figures(
        certificates=Figure(sum(item.licence is not None for item in chosen), min(1, len(chosen))),
        steps=_steps(deployment, chosen, visits),
        materials=_materials(catalogue, chosen),
        fields=_fields(deployment, chosen, on),
        days=_days(catalogue, chosen),
        visits=Figure(visits, min(1, visits)),
    )


def may_need_visit(item: Item) -> bool:
    """Whether there are answers by which this item needs a visit: all but those that never do."""
    return bool(item.inspection.names) or item.needs_visit({})


def _steps(deployment: Deployment, chosen: Sequence[Item], visits: int) -> Figure:
    ids = {item.id for item in chosen}
    own = sum(step.kind == "user" and step.item in ids for step in deployment.model.steps.values())
    around = AROUND if chosen else 0
    return Figure(own + len(chosen) * AROUND + visits, own + around + min(1, visits))


def most_materials(catalogue: Catalogue, chosen: Sequence[Item]) -> tuple[MergedMaterial, ...]:
    """The most that these items can ask for together: what some answers spare is there all the same."""
    return merge(chosen, whatever_answered(catalogue.materials), {})


def _materials(catalogue: Catalogue, chosen: Sequence[Item]) -> Figure:
    library = whatever_answered(catalogue.materials)
    merged = most_materials(catalogue, chosen)
    return Figure(
        before=sum(len(needed_by(item, library, {})) for item in chosen),
        merged=len(merged),
        after=sum(each.source == APPLICANT for each in merged),
    )


def _fields(deployment: Deployment, chosen: Sequence[Item], on: date) -> Figure:
    told = {each.field for each in deployment.catalogue.questions if each.field and not each.fills}
    merged = [one.field for one in form_of(deployment, tuple(item.id for item in chosen), on).fields()]
    return Figure(
        before=sum(len(list(form_of(deployment, (item.id,), on).fields())) for item in chosen),
        merged=len(merged),
        after=sum(not field.shared and field.id not in told for field in merged),
    )


def _days(catalogue: Catalogue, chosen: Sequence[Item]) -> Figure:
    city = next(region for region in catalogue.regions.values() if not region.parent)
    rule = str(city.settings.get("combined_limit", DEFAULT_RULE))
    return Figure(
        before=sum(item.statutory_days for item in chosen),
        merged=statutory_days(chosen),
        after=committed_days(chosen, rule, catalogue.industry.fixed_days),
    )
