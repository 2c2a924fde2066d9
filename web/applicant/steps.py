"""The diagram's steps as an ordered list: what a picture shows, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.queries.cases import CasePage
from engine.workflow import Step
from web.words import INSIDE

UNSEEN = "unseen"


@dataclass(frozen=True)
class StepLine:
    """One step of the process; `state` is done, active, waiting or unseen (not reached, or not needed)."""

    title: str
    state: str
    office: str
    due_at: datetime | None
    done_at: datetime | None


def steps_of(case: CasePage) -> list[StepLine]:
    """The steps that concern this case, in the order of the diagram; the system's own are left out."""
    items = {item.item for item in case.items}
    steps = case.deployment.model.steps.values()
    return [_line(case, step) for step in steps if step.act not in INSIDE and _concerns(step, items)]


def _concerns(step: Step, items: set[str]) -> bool:
    return step.item is None or step.item in items


def _line(case: CasePage, step: Step) -> StepLine:
    waiting = next((each for each in case.waiting if each.step == step.id), None)
    done = next((entry for entry in case.timeline if entry.title == step.title and entry.outcome), None)
    states: Mapping[str, str] = case.states
    return StepLine(
        title=step.title,
        state=states.get(step.id, UNSEEN),
        office=waiting.office if waiting else done.office if done else "",
        due_at=waiting.due_at if waiting else None,
        done_at=done.at if done else None,
    )
