"""What a clerk is asked at a step: the step's form, with the checklist of the items it is about."""

from dataclasses import dataclass

from engine.cases import Case
from engine.deployments import Deployment
from engine.points import points_of
from engine.taking import as_taken
from engine.workflow import Step
from forms.places import StepForm


@dataclass(frozen=True)
class Asked:
    """The questions of a step in one case, and what their conditions and checklists may name."""

    form: StepForm
    context: dict[str, object]


def step_of(deployment: Deployment, case: Case, step: str, item: str | None) -> Step:
    """The step with this id as the case takes it; `item` is what its task is about."""
    drawn = deployment.model_of(case.process).steps[step]
    return as_taken(drawn, case, deployment.catalogue_on(case.filed_on), item)


def asked_at(deployment: Deployment, case: Case, step: Step) -> Asked:
    """The form of `step`; its checklist has each point once, however many items need it."""
    catalogue = deployment.catalogue_on(case.filed_on)
    context: dict[str, object] = {
        "items": sorted(case.items),
        "answers": case.guide,
        "checklist": points_of(case, step, catalogue),
        "regions": {region.code: region.name for region in catalogue.regions.values()},
        "region": case.region,
        "uploads": {},
        "options": {"items": {item: catalogue.item(item).name for item in sorted(case.items)}},
    }
    return Asked(deployment.forms.steps[step.form or step.id], context)
