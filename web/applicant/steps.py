"""The diagram's steps as an ordered list: what a picture shows, in words."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.deployments import Deployment
from engine.diagram import Diagram, read_diagram
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
    model = case.deployment.model
    return [
        _line(case, step)
        for step in _in_order(case.deployment, model.process)
        if step.act not in INSIDE and (step.item is None or step.item in items)
    ]


def _in_order(deployment: Deployment, process: str) -> Iterator[Step]:
    """The steps of a process by their distance from its start; a called process stands where it is called."""
    model = deployment.model
    diagram = read_diagram(deployment.files[model.processes[process]])
    called = {node.id: node.called for node in diagram.nodes if node.called}
    for node in _by_distance(diagram):
        if node in called:
            yield from _in_order(deployment, called[node])
        elif node in model.steps:
            yield model.steps[node]


def _by_distance(diagram: Diagram) -> list[str]:
    starts = [node.id for node in diagram.nodes if node.kind in ("startEvent", "boundaryEvent")]
    seen = dict.fromkeys(starts)
    waiting = deque(starts)
    while waiting:
        here = waiting.popleft()
        for flow in diagram.flows:
            if flow.source == here and flow.target not in seen:
                seen[flow.target] = None
                waiting.append(flow.target)
    return list(seen)


def _line(case: CasePage, step: Step) -> StepLine:
    waiting = next((each for each in case.waiting if each.step == step.id), None)
    done = next((entry for entry in case.timeline if entry.title == step.title and entry.outcome), None)
    return StepLine(
        title=step.title,
        state=case.states.get(step.id, UNSEEN),
        office=waiting.office if waiting else done.office if done else "",
        due_at=waiting.due_at if waiting else None,
        done_at=done.at if done else None,
    )
