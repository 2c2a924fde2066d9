"""Ours does what SpiffWorkflow does as shipped: after every step the same tasks wait and the same is done."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.bench.model import DUE, PROCESS, departments
from tests.engine.workflow import models
from tests.engine.workflow.stock import Both


def moment(day: int) -> datetime:
    """Noon in UTC, three hours after the moment that a model calls DAY."""
    return datetime(2026, 1, day, 12, tzinfo=UTC)


def cycle() -> Both:
    """Three dates, one a day."""
    facts = {"rounds": f"R3/{models.DAY.format(2)}/P1D"}
    return Both(models.boundary(False, "rounds", "timeCycle"), "top", facts, frozenset({"bell"}))


@pytest.mark.parametrize(
    ("files", "facts"),
    [
        (models.sequence(), {}),
        (models.choice(), {"amount": 3}),
        (models.choice(), {"amount": 300}),
        (models.choice(), {"amount": 30}),
        (models.inclusive(), {"items": ["a"], "wants_more": True}),
        (models.inclusive(), {"items": ["a", "c"], "wants_more": False}),
        (models.inclusive(), {"items": ["a", "b", "c"], "wants_more": True}),
        (models.calls(), {}),
        (models.repeated(False), {"items": ["x", "y", "z"]}),
        (models.repeated(True), {"items": ["x", "y", "z"]}),
        (models.repeated(False), {"items": []}),
        (models.repeated(True), {"items": []}),
    ],
)
def test_a_case_goes_the_same_way(files: Mapping[str, str], facts: dict[str, Any]) -> None:
    Both(files, "top", facts).finish()


@pytest.mark.parametrize("stages", [1, 2])
def test_departments_with_a_timer_on_each_task_go_the_same_way(stages: int) -> None:
    Both(departments(3, 2, timers=True, stages=stages), PROCESS, {"due": DUE}).finish()


def test_six_departments_with_two_tasks_and_timers_go_the_same_way() -> None:
    Both(departments(6, 2), PROCESS, {"due": DUE}).finish()


@pytest.mark.parametrize("stages", [3, 4])
def test_sequential_parallel_stages_go_the_same_way(stages: int) -> None:
    Both(departments(3, 1, timers=False, stages=stages), PROCESS, {}).finish()


@pytest.mark.parametrize("interrupting", [True, False])
@pytest.mark.parametrize("first", ["work", "other", "late"])
def test_a_timer_that_fires_does_the_same(interrupting: bool, first: str) -> None:
    case = Both(models.boundary(interrupting), "top", {"due": models.DAY.format(2)})
    case.at(moment(1))
    assert case.ready() == ["other", "work"]
    case.at(moment(2))
    assert ("work" in case.ready()) is not interrupting
    if first in case.ready():
        case.complete(first)
    case.finish()


def test_a_timer_that_never_fires_does_the_same() -> None:
    case = Both(models.boundary(True), "top", {"due": models.DAY.format(2)})
    case.complete("work")
    case.at(moment(3))
    case.finish()


def test_a_cycle_fires_as_often() -> None:
    case = cycle()
    for day in (2, 3, 4, 5):
        case.at(moment(day))
    assert case.ready() == ["late", "late", "late", "other", "work"]
    case.finish()


def test_a_cycle_takes_its_open_tasks_back_when_its_task_is_done() -> None:
    case = cycle()
    case.at(moment(2))
    assert case.ready() == ["late", "other", "work"]
    case.complete("work")
    assert case.ready() == ["other"]
    case.at(moment(4))
    case.finish()


@pytest.mark.parametrize("event", ["paid", "gone", "soon"])
def test_an_event_based_gateway_takes_the_same_way(event: str) -> None:
    facts = {"soon": models.DAY.format(2), "too_late": models.DAY.format(5)}
    case = Both(models.waiting_events("soon"), "top", facts)
    if event == "soon":
        case.at(moment(2))
    else:
        case.deliver(event)
    assert case.ready() == [f"after_{event}"]
    case.finish()


def test_a_timer_on_a_call_ends_it_the_same_way() -> None:
    facts = {"soon": models.DAY.format(2), "too_late": models.DAY.format(4)}
    case = Both(models.waiting_events("soon"), "top", facts)
    case.at(moment(2))
    case.complete("after_soon")
    assert case.ready() == ["inside"]
    case.at(moment(4))
    assert case.ready() == []
    assert case.ours.moved.ends == ("given_up",)


def test_messages_arrive_the_same_way() -> None:
    case = Both(models.messages(), "top", {})
    case.complete("a")
    case.deliver("paid")
    case.deliver("gone")
    case.complete("c")
    assert not case.ours.ended()


def test_forty_rounds_of_a_loop_go_the_same_way() -> None:
    facts = {"again": True}
    case = Both(models.loop(), "top", facts)
    for _ in range(40):
        case.complete("work")
    facts["again"] = False
    case.finish()
