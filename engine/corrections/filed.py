"""A case with what was filed in it: every question and material, and the items that each is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from engine.cases import Case, load_case
from engine.catalogue import Catalogue
from engine.catalogue.material import APPLICANT
from engine.deployments import Deployment, load
from engine.drafts.reading import form_of
from engine.guide import GuideResult, result
from engine.tables import cases
from forms.fields import Field
from forms.merge import MergedForm

FIELD, MATERIAL = TARGETS = ("field", "material")
MATERIALS = "材料"  # what the materials stand under, as the questions do under their section's title


@dataclass(frozen=True)
class Thing:
    """A question or a material of a case: what it is called, where it stands, and the items that need it."""

    target: str
    name: str
    label: str
    section: str
    items: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.target, self.name


@dataclass(frozen=True)
class Filed:
    """A case and its answers, by the rules that it was filed under."""

    case: Case
    deployment: Deployment
    answers: Mapping[str, Any]
    sources: Mapping[str, Mapping[str, object]]

    @cached_property
    def catalogue(self) -> Catalogue:
        return self.deployment.catalogue_on(self.case.filed_on)

    @cached_property
    def form(self) -> MergedForm:
        """The one form of the case's items."""
        return form_of(self.deployment, tuple(self.case.items), self.case.filed_on)

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every question of the form by its id, in order."""
        return {one.field.id: one.field for one in self.form.fields()}

    @cached_property
    def result(self) -> GuideResult:
        """What the guide says of the answers that the case was filed with."""
        guide: Any = dict(self.case.guide)  # answers were cleaned before they were kept
        return result(self.deployment.catalogue, guide, self.case.filed_on, self.case.left_out)

    @cached_property
    def regions(self) -> dict[str, str]:
        return {region.code: region.name for region in self.catalogue.regions_open()}

    def context(self, answers: Mapping[str, object]) -> dict[str, object]:
        """What conditions of questions may name besides themselves, with these answers."""
        return {
            **answers,
            "items": sorted(self.case.items),
            "answers": self.case.guide,
            "region": self.case.region,
            "regions": self.regions,
        }

    def is_asked(self, field: Field, answers: Mapping[str, object]) -> bool:
        """Whether a question is asked, given these answers."""
        return field.is_visible({name: None for name in field.names} | self.context(answers))

    @cached_property
    def things(self) -> dict[tuple[str, str], Thing]:
        """Everything that the applicant was asked for, by target and name, in the order of the form."""
        return {thing.key: thing for thing in (*self._questions(), *self._materials())}

    def _questions(self) -> Iterator[Thing]:
        for section in self.form.sections:
            for one in section.fields:
                items = tuple(reason.item for reason in one.reasons)
                yield Thing(FIELD, one.field.id, one.field.label, section.title, items)

    def _materials(self) -> Iterator[Thing]:
        for merged in self.result.materials:
            if merged.source == APPLICANT:
                yield Thing(MATERIAL, merged.material.id, merged.material.name, MATERIALS, merged.items)


def read_filed(db: Connection, case_id: int) -> Filed:
    """The case with what was filed in it; who may see it was asked before."""
    case = load_case(db, case_id)
    row = db.execute(select(cases.c.answers, cases.c.sources).where(cases.c.id == case_id)).one()
    return Filed(case, load(db, case.deployment_id), row.answers, row.sources)
