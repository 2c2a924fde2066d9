"""Timers: reported when they begin, fired by the clock that they are given, dropped with their task."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.limits import DaysLater
from engine.workflow import CannotMove, complete, fire_timers, start
from tests.engine.workflow import models
from tests.engine.workflow.moves import finish, model_of, steps, task_of

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def test_a_timer_is_reported_with_its_moment_and_fires_when_it_is_due() -> None:
    model, facts = model_of(models.boundary(interrupting=True)), {"due": models.DAY.format(2)}
    begun = start(model, facts)
    (bell,) = begun.timers
    assert (bell.event, bell.due_at) == ("bell", datetime(2026, 1, 2, 1, tzinfo=UTC))
    early = fire_timers(model, begun.state, facts, bell.due_at - timedelta(seconds=1))
    assert (early.opened, early.timers, early.dropped_timers) == ((), (), ())
    fired = fire_timers(model, early.state, facts, bell.due_at)
    assert steps(fired) == ["late"]
    assert fired.closed == (task_of(begun, "work"),)
    assert fired.dropped_timers == (bell.task_id,)


def test_a_timer_that_was_due_before_it_began_waits_for_the_clock() -> None:
    model, facts = model_of(models.boundary(interrupting=False)), {"due": "1999-01-01T00:00:00+08:00"}
    begun = start(model, facts)
    assert sorted(steps(begun)) == ["other", "work"]
    assert steps(fire_timers(model, begun.state, facts, NOON)) == ["late"]


def test_a_timer_of_a_completed_task_is_dropped() -> None:
    model = model_of(models.boundary(interrupting=False))
    begun = start(model, {"due": models.DAY.format(2)})
    moved = finish(model, begun, "work", {})
    assert moved.dropped_timers == (begun.timers[0].task_id,)
    assert fire_timers(model, moved.state, {}, NOON).opened == ()


def test_a_wait_between_two_steps_keeps_its_moment_while_others_go_on() -> None:
    model = model_of(models.announced("days_later[10]"))
    begun = start(model, {})
    said = finish(model, begun, "announce", {"days_later": DaysLater(NOON)})
    (waits,) = said.timers
    assert (waits.event, waits.due_at) == ("waits", datetime(2026, 1, 12, 9, tzinfo=UTC))
    later = NOON + timedelta(days=5)
    went_on = complete(model, said.state, task_of(begun, "other"), {"days_later": DaysLater(later)})
    assert (went_on.timers, went_on.dropped_timers, went_on.stuck) == ((), (), False)
    assert fire_timers(model, went_on.state, {}, waits.due_at - timedelta(seconds=1)).opened == ()
    over = fire_timers(model, went_on.state, {}, waits.due_at)
    assert (steps(over), over.dropped_timers) == (["hear"], (waits.task_id,))
    assert finish(model, over, "hear", {}).ended


@pytest.mark.parametrize("due", ["2026-01-02", "2026-01-02T09:00:00", "tomorrow", "", None, 7])
def test_a_timer_needs_a_moment_with_its_offset(due: object) -> None:
    with pytest.raises(CannotMove, match="bell"):
        start(model_of(models.boundary(interrupting=True)), {"due": due})


@pytest.mark.parametrize("rounds", ["R3/P1D", "3/2026-01-02/P1D", "R3/2026-01-02T09:00:00+08:00/P1Y", "", 3])
def test_a_cycle_needs_a_count_a_start_and_a_period(rounds: object) -> None:
    with pytest.raises(CannotMove, match="bell"):
        start(model_of(models.boundary(False, "rounds", "timeCycle")), {"rounds": rounds})


def test_a_cycle_tells_its_next_date_under_the_same_task() -> None:
    model = model_of(models.boundary(False, "rounds", "timeCycle"))
    facts = {"rounds": f"R2/{models.DAY.format(2)}/PT12H"}
    begun = start(model, facts)
    first = fire_timers(model, begun.state, facts, NOON + timedelta(days=9))
    assert steps(first) == ["late"]
    assert first.dropped_timers == (begun.timers[0].task_id,) == (first.timers[0].task_id,)
    assert first.timers[0].due_at - begun.timers[0].due_at == timedelta(hours=12)
    last = fire_timers(model, first.state, facts, NOON + timedelta(days=9))
    assert steps(last) == ["late"] and last.timers == ()


@pytest.mark.parametrize(("soon", "later", "way"), [(2, 3, "soon"), (3, 2, "later")])
def test_of_two_timers_at_one_gateway_the_earlier_fires_alone(soon: int, later: int, way: str) -> None:
    model = model_of(models.waiting_events("soon", "later"))
    facts = {
        "soon": models.DAY.format(soon),
        "later": models.DAY.format(later),
        "too_late": models.DAY.format(9),
    }
    begun = start(model, facts)
    assert {timer.event for timer in begun.timers} == {"soon", "later"}
    fired = fire_timers(model, begun.state, facts, NOON + timedelta(days=5))
    assert steps(fired) == [f"after_{way}"]
    assert fired.dropped_timers == (begun.timers[0].task_id,)
