"""The diagram's steps as an ordered list: what a picture shows, in words."""

from dataclasses import dataclass
from datetime import datetime

from engine.guide.stages import course_of
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
    """The steps that concern this case, in the order of the flow; the system's own are left out."""
    items = {item.item for item in case.items}
    course = sorted(course_of(case.deployment, case.process).stations, key=lambda station: station.depth)
    return [
        _line(case, station.step)
        for station in course
        if station.step.act not in INSIDE and (station.step.item is None or station.step.item in items)
    ]


def _line(case: CasePage, step: Step) -> StepLine:
    waiting = next((each for each in case.waiting if each.step == step.id), None)
    done = next((entry for entry in case.timeline if entry.step == step.id and entry.outcome), None)
    return StepLine(
        title=step.title,
        state=case.states.get(step.id, UNSEEN),
        office=waiting.office if waiting else done.office if done else "",
        due_at=waiting.due_at if waiting else None,
        done_at=done.at if done else None,
    )
