"""The operating manual (标准化操作手册) of an industry for its clerks, computed from its deployment.

Step by step: who does it, in how many days, what is looked at, what may come of it and what follows; then
each item with its law, limits, materials and questions. Words and numbers only, as the public guide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.catalogue import Catalogue, Item
from engine.days import local_day
from engine.departments.registry import NotNumbered, Numbering, find_rule
from engine.deployments import Deployment
from engine.guide.item_guide import ItemGuide, Point, item_guide
from engine.guide.manual_steps import ManualStep, Post, Sheet, manual_steps, posts_of, sheets_of
from engine.guide.material_guide import materials_of
from engine.guide.public_guide import SpecialStage, special_of, values_for
from engine.guide.stages import course_of
from forms.merge import ItemNeeds, merge


@dataclass(frozen=True)
class ManualItem:
    """One item: what the guide says of it, and what its reviewer goes by.

    `asked` are the questions of the form that the item needs, each with the law that it rests on; `number`
    is a sample of the licence's number, "" without a licence.
    """

    guide: ItemGuide
    materials: tuple[str, ...]
    asked: tuple[Point, ...]
    special: tuple[SpecialStage, ...]
    number: str


@dataclass(frozen=True)
class Manual:
    """The manual of one deployment by the law of one day. `ends` are the ends that a case may come to."""

    industry: str
    name: str
    title: str
    version: int
    sha256: str
    published_on: date
    lead: str
    posts: tuple[Post, ...]
    steps: tuple[ManualStep, ...]
    sheets: tuple[Sheet, ...]
    ends: tuple[str, ...]
    items: tuple[ManualItem, ...]


def manual(deployment: Deployment, day: date) -> Manual:
    """The manual by the law of `day`."""
    catalogue = deployment.catalogue.as_of(day)
    industry = catalogue.industry
    course = course_of(deployment)
    return Manual(
        industry=industry.id,
        name=industry.name,
        title=industry.title,
        version=deployment.version,
        sha256=deployment.sha256,
        published_on=local_day(deployment.published_at),
        lead=catalogue.department(industry.lead).name,
        posts=posts_of(course, catalogue),
        steps=manual_steps(course, catalogue, deployment.forms),
        sheets=sheets_of(course, deployment.forms),
        ends=course.ends,
        items=tuple(_items(deployment, catalogue, day)),
    )


def _items(deployment: Deployment, catalogue: Catalogue, day: date) -> Iterator[ManualItem]:
    values = values_for(catalogue, None)
    for entry in catalogue.industry.items:
        item = catalogue.item(entry.id)
        yield ManualItem(
            guide=item_guide(catalogue, entry, None, values),
            materials=tuple(each.name for each in materials_of(catalogue, item)),
            asked=_asked(deployment, item),
            special=tuple(special_of(item)),
            number=_number(deployment, item, day),
        )


def _asked(deployment: Deployment, item: Item) -> tuple[Point, ...]:
    """Every question that the form asks for this item, and the law that it rests on."""
    needs = ItemNeeds(item.id, item.name, item.form or "", "；".join(map(str, item.basis)))
    return tuple(
        Point(one.field.label, one.reasons[0].law) for one in merge(deployment.forms, [needs]).fields()
    )


def _number(deployment: Deployment, item: Item, day: date) -> str:
    """A licence number as the item's rule writes it for the first choice of every question."""
    if item.licence is None:
        return ""
    region = deployment.catalogue.regions_open()[0].code
    answers = {f.id: f.options[0].value for f in deployment.forms.fields.values() if f.options}
    place = deployment.catalogue.region_for(item.id, region)
    try:
        return find_rule(item.licence.number).write(Numbering(place, day.year, 1, answers))
    except NotNumbered:
        return ""
