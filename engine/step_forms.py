"""What a clerk is asked at a step: the step's form, with the checklist of the items it is about."""

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from engine.cases import Case
from engine.corrections.rechecking import lines_to_recheck
from engine.decisions import worded
from engine.deployments import Deployment
from engine.offices import colleagues
from engine.points import points_of
from engine.proposals import proposed
from engine.taking import as_taken
from engine.workflow import Step
from forms.checklist import Point
from forms.inputs import Inputs
from forms.places import StepForm


@dataclass(frozen=True)
class Asked:
    """The questions of a step in one case, and what their conditions and checklists may name.

    `inputs` are what the form shows before anybody has typed.
    """

    form: StepForm
    context: dict[str, object]
    inputs: Inputs = field(default_factory=dict)


def step_of(deployment: Deployment, case: Case, step: str, item: str | None) -> Step:
    """The step with this id as the case takes it; `item` is what its task is about."""
    drawn = deployment.model_of(case.process).steps[step]
    return as_taken(drawn, case, deployment.catalogue_on(case.filed_on), item)


def asked_in(db: Connection, deployment: Deployment, case: Case, step: Step) -> Asked:
    """The form of `step` with all that its questions are about, also what only the database knows."""
    lines = lines_to_recheck(db, case, step) if step.act == "recheck" else None
    asked = asked_at(deployment, case, step, lines)
    catalogue = deployment.catalogue_on(case.filed_on)
    if step.act == "name" and step.item:
        office = (catalogue.item(step.item).reviewer, catalogue.region_for(step.item, case.region))
        people = {str(id): name for id, name in colleagues(db, *office, but=case.applicant_id).items()}
        asked.context["options"] = {"inspectors": people}
    return replace(asked, inputs=proposed(db, case, step, catalogue))


def asked_at(deployment: Deployment, case: Case, step: Step, lines: tuple[Point, ...] | None = None) -> Asked:
    """The form of `step`; its checklist has each point once, however many items need it, or these lines."""
    catalogue = deployment.catalogue_on(case.filed_on)
    open_items = [each.id for each in catalogue.industry.items if _is_open(case, each.id)]
    context: dict[str, object] = {
        "items": sorted(case.items),
        "answers": case.guide,
        "checklist": points_of(case, step, catalogue) if lines is None else lines,
        "regions": {region.code: region.name for region in catalogue.regions.values()},
        "region": case.region,
        "uploads": {},
        "options": {"items": {item: catalogue.item(item).name for item in open_items}},
    }
    form = deployment.forms.steps[step.form or step.id]
    return Asked(worded(form, catalogue.item(step.item).kind) if step.item else form, context)


def _is_open(case: Case, item: str) -> bool:
    return item in case.items and case.items[item].outcome is None
