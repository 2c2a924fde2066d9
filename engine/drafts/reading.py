"""A draft with what it is filled in by: its deployment, what its guide comes to, its items' one form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from engine.days import local_day
from engine.deployments import Deployment, load
from engine.drafts.records import Record, find
from engine.errors import NotFound
from engine.guide import GuideResult, result
from engine.people import User
from forms.clean import Cleaned, clean
from forms.inputs import Raw, spread
from forms.merge import ItemNeeds, MergedField, MergedForm, Section, merge


@dataclass(frozen=True)
class Draft:
    """One application as its owner fills it in, on the day `today`."""

    record: Record
    deployment: Deployment
    today: date

    @property
    def id(self) -> str:
        return self.record.id

    @cached_property
    def result(self) -> GuideResult:
        """The items, materials and days that follow from the guide's answers."""
        return result(self.deployment.catalogue, self.record.guide, self.today, self.record.left_out)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The ids of the items applied for."""
        return tuple(entry.item.id for entry in self.result.items)

    @cached_property
    def form(self) -> MergedForm:
        """The one form of the items, each question once."""
        return form_of(self.deployment, self.items, self.today)

    def section(self, id: str) -> Section:
        """The section with this id; NotFound when the items ask for none such."""
        found = self.form.section(id)
        if found is None:
            raise NotFound("这份申请里没有这一部分。", "请返回申请页面。")
        return found

    def inputs(self, section: Section) -> Raw:
        """What the section's inputs show: what was typed while it holds mistakes, else the kept answers."""
        typed = self.record.typed.get(section.id)
        return kept_inputs(section, self.record.answers) if typed is None else typed

    def context(self, section: Section) -> dict[str, object]:
        """What conditions of the section's questions may name: answers of other sections, items, regions."""
        own = {one.field.id for one in section.fields}
        others = {name: value for name, value in self.record.answers.items() if name not in own}
        return {
            **others,
            "items": list(self.items),
            "answers": self.record.guide,
            "region": self.record.region,
            "regions": self.regions,
        }

    @cached_property
    def regions(self) -> dict[str, str]:
        """The regions that may be applied in, code to name."""
        return {region.code: region.name for region in self.deployment.catalogue.regions_open()}

    def check(self, section: Section, inputs: Raw) -> Cleaned:
        """Clean `inputs` for a section of this draft; the answers of other sections are facts."""
        return clean(section, inputs, today=self.today, context=self.context(section))

    def changed(self, **columns: Any) -> "Draft":
        """The same draft with some columns of its row replaced; everything computed from them is fresh."""
        return Draft(replace(self.record, **columns), self.deployment, self.today)


def read_draft(db: Connection, user: User, draft: str, now: datetime) -> Draft:
    """The person's own open draft. Raises NotFound for any other, AlreadySubmitted when it became a case."""
    record = find(db, user, draft)
    return Draft(record, load(db, record.deployment_id), local_day(now))


def form_of(deployment: Deployment, items: tuple[str, ...], day: date) -> MergedForm:
    """The one form for `items` under the rules of a deployment, by the law of that day."""
    catalogue = deployment.catalogue_on(day)
    found = [catalogue.item(item) for item in items]
    needs = (
        ItemNeeds(item.id, item.name, item.form or "", "；".join(map(str, item.basis)), item.materials)
        for item in found
    )
    return merge(deployment.forms, needs)


def kept_inputs(section: Section, answers: Mapping[str, object]) -> dict[str, str | list[str]]:
    """The inputs that show the kept answers of a section."""
    shown: dict[str, str | list[str]] = {}
    for one in section.fields:
        shown |= spread(one.field, answers.get(one.field.id))
    return shown


def question_of(section: Section, id: str) -> MergedField:
    """The section's question with this id; NotFound when it asks none such."""
    found = next((one for one in section.fields if one.field.id == id), None)
    if found is None:
        raise NotFound("这一部分里没有这一项。", "请返回申请页面。")
    return found
