"""Moving a case: what opens, what is taken back, when it is stuck, and that an error changes nothing."""

import pytest

from engine.workflow import (
    CannotMove,
    NotReady,
    OtherModel,
    UnknownFact,
    complete,
    deliver,
    describe,
    start,
)
from tests.engine.workflow import models
from tests.engine.workflow.moves import finish, model_of, steps, task_of


def test_a_start_opens_the_first_task() -> None:
    moved = start(model_of(models.sequence()), {})
    assert steps(moved) == ["a"]
    assert (moved.closed, moved.timers, moved.ended, moved.stuck, moved.ends) == ((), (), False, False, ())


def test_a_task_keeps_its_id_until_it_is_completed() -> None:
    model = model_of(models.boundary(interrupting=False))
    begun = start(model, {"due": models.DAY.format(2)})
    after = finish(model, begun, "work", {})
    other = task_of(begun, "other")
    assert len(other) == 32
    assert steps(complete(model, after.state, other, {})) == ["last"]


def test_the_last_task_ends_the_case_at_its_end_event() -> None:
    model = model_of(models.sequence())
    moved = finish(model, finish(model, start(model, {}), "a", {}), "b", {})
    assert moved.ended and not moved.stuck
    assert moved.ends == ("end",)
    assert moved.opened == ()


@pytest.mark.parametrize("task", ["", "x", "0" * 32])
def test_a_task_that_does_not_exist_is_not_ready(task: str) -> None:
    model = model_of(models.sequence())
    with pytest.raises(NotReady):
        complete(model, start(model, {}).state, task, {})


def test_a_completed_task_is_not_ready_again() -> None:
    model = model_of(models.sequence())
    begun = start(model, {})
    after = finish(model, begun, "a", {})
    with pytest.raises(NotReady):
        complete(model, after.state, begun.opened[0].task_id, {})


def test_a_case_that_ended_has_no_ready_task() -> None:
    model = model_of(models.sequence())
    second = finish(model, start(model, {}), "a", {})
    over = finish(model, second, "b", {})
    with pytest.raises(NotReady):
        complete(model, over.state, second.opened[0].task_id, {})


def test_a_missing_fact_is_named_with_its_place_and_the_state_still_holds() -> None:
    model = model_of(models.loop())
    begun = start(model, {})
    with pytest.raises(UnknownFact) as caught:
        finish(model, begun, "work", {"agian": True})
    assert (caught.value.name, caught.value.element) == ("again", "gate")
    assert finish(model, begun, "work", {"again": False}).ended


def test_a_condition_without_a_value_says_where() -> None:
    with pytest.raises(CannotMove, match="gate"):
        start(model_of(models.choice()), {"amount": "much"})


def test_a_choice_without_a_way_on_says_where() -> None:
    with pytest.raises(CannotMove, match=r"gate.*没有一个条件成立"):
        start(model_of(models.choice(default=False)), {"amount": 30})


def test_an_inclusive_split_without_a_way_on_says_where() -> None:
    with pytest.raises(CannotMove, match=r"split.*没有一个条件成立"):
        start(model_of(models.inclusive()), {"items": []})


def test_an_inclusive_join_waits_for_a_call_under_way() -> None:
    model, facts = model_of(models.inclusive()), {"items": ["a", "b"]}
    begun = start(model, facts)
    waiting = finish(model, begun, "a", facts)
    assert steps(waiting) == [] and not waiting.stuck
    inside = complete(model, waiting.state, task_of(begun, "inside"), facts)
    assert steps(inside) == ["after_call"]
    assert steps(finish(model, inside, "after_call", facts)) == ["last"]


def test_an_inclusive_join_waits_in_every_round_of_a_loop() -> None:
    model, facts = model_of(models.looped_join()), {"items": ["a", "b"], "again": True}
    moved = start(model, facts)
    for _ in range(3):
        assert sorted(steps(moved)) == ["a", "b"]
        second = task_of(moved, "b")
        moved = finish(model, moved, "a", facts)
        assert steps(moved) == []
        moved = complete(model, moved.state, second, facts)


def test_a_task_in_a_call_names_the_call_around_it() -> None:
    model = model_of(models.calls())
    begun = start(model, {})
    assert len({opened.parent for opened in begun.opened}) == 3
    assert start(model_of(models.sequence()), {}).opened[0].parent is None
    assert {opened.step.process for opened in begun.opened} == {"review"}


@pytest.mark.parametrize("sequential", [False, True])
def test_a_repeated_task_says_which_entry_it_is_for(sequential: bool) -> None:
    model, facts = model_of(models.repeated(sequential)), {"items": ["x", "y"]}
    begun = start(model, facts)
    second = finish(model, begun, "each", facts)
    each = [*begun.opened, *second.opened]
    assert [opened.each for opened in each] == ["x", "y"]
    assert each[0].parent == each[1].parent is not None
    (last,) = complete(model, second.state, each[1].task_id, facts).opened
    assert (last.step.id, last.each, last.parent) == ("last", None, None)


@pytest.mark.parametrize("sequential", [False, True])
def test_a_repetition_keeps_the_list_that_it_began_with(sequential: bool) -> None:
    model = model_of(models.repeated(sequential))
    begun = start(model, {"items": ["x", "y"]})
    moved = finish(model, begun, "each", {"items": ["other"]})
    rest = [*begun.opened[1:], *moved.opened]
    assert [opened.each for opened in rest] == ["y"]
    assert steps(complete(model, moved.state, rest[0].task_id, {"items": []})) == ["last"]


@pytest.mark.parametrize("sequential", [False, True])
def test_a_repetition_may_end_early(sequential: bool) -> None:
    model, facts = model_of(models.repeated(sequential, "enough")), {"items": ["x", "y"], "enough": True}
    begun = start(model, facts)
    moved = finish(model, begun, "each", facts)
    assert steps(moved) == ["last"]
    assert moved.closed == tuple(opened.task_id for opened in begun.opened[1:])


@pytest.mark.parametrize("sequential", [False, True])
def test_a_called_process_reads_the_entry_that_it_is_repeated_for(sequential: bool) -> None:
    model, facts = model_of(models.repeated_call(sequential)), {"items": ["hard", "easy"]}
    moved = start(model, facts)
    seen = [(opened.step.id, opened.each) for opened in moved.opened]
    todo = list(moved.opened)
    while todo[0].step.id != "last":
        moved = complete(model, moved.state, todo.pop(0).task_id, facts)
        seen += [(opened.step.id, opened.each) for opened in moved.opened]
        todo += moved.opened
    assert seen == [("hard", "hard"), ("easy", "easy"), ("last", None)]


@pytest.mark.parametrize("items", [["x", None], "xy", None, 3])
def test_a_repetition_runs_over_a_list_without_gaps(items: object) -> None:
    with pytest.raises(CannotMove, match="each"):
        start(model_of(models.repeated(sequential=True)), {"items": items})


def test_a_case_that_waits_for_a_message_only_is_not_stuck() -> None:
    facts = {"too_late": models.DAY.format(9)}
    model = model_of(models.waiting_events())
    begun = start(model, facts)
    assert not begun.stuck and begun.opened == ()
    assert steps(deliver(model, begun.state, "paid", facts)) == ["after_paid"]


def test_a_message_that_nobody_waits_for_is_refused() -> None:
    model = model_of(models.messages())
    begun = start(model, {})
    with pytest.raises(NotReady, match="gone"):
        deliver(model, begun.state, "gone", {})
    paid = deliver(model, begun.state, "paid", {})
    with pytest.raises(NotReady, match="paid"):
        deliver(model, paid.state, "paid", {})


def test_a_message_at_the_edge_of_a_task_takes_it_back() -> None:
    model = model_of(models.messages())
    second = finish(model, start(model, {}), "a", {})
    gone = deliver(model, second.state, "gone", {})
    assert gone.closed == (second.opened[0].task_id,)
    assert steps(gone) == ["c"]


def test_a_case_that_can_never_go_on_is_stuck() -> None:
    model = model_of(models.deadlock())
    moved = finish(model, start(model, {}), "a", {})
    assert moved.stuck and not moved.ended


def test_a_loop_that_nobody_stops_is_stuck_instead_of_running_for_ever() -> None:
    assert start(model_of(models.loop("automatic")), {"again": True}).stuck


def test_a_task_may_be_done_fifty_times_and_then_the_case_is_stuck() -> None:
    model, facts = model_of(models.loop()), {"again": True}
    moved = start(model, facts)
    for _ in range(49):
        moved = finish(model, moved, "work", facts)
    assert steps(moved) == ["work"] and not moved.stuck
    moved = finish(model, moved, "work", facts)
    assert steps(moved) == [] and moved.stuck and not moved.ended


def test_fifty_rounds_cost_no_more_than_one() -> None:
    model, facts = model_of(models.loop()), {"again": True}
    moved = first = start(model, facts)
    for _ in range(40):
        moved = finish(model, moved, "work", facts)
    assert len(moved.state) < len(first.state) + 50


def test_a_state_of_another_model_is_refused() -> None:
    state = start(model_of(models.sequence()), {}).state
    other = model_of(models.loop())
    with pytest.raises(OtherModel):
        complete(other, state, "0" * 32, {})
    with pytest.raises(OtherModel):
        describe(other, state)


@pytest.mark.parametrize("state", [b"", b"x", b"\0" * 40])
def test_a_damaged_state_is_refused(state: bytes) -> None:
    with pytest.raises(OtherModel):
        complete(model_of(models.sequence()), state, "0" * 32, {})
