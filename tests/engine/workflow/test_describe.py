"""The diagram shows what is done, what somebody works on, and what waits."""

from datetime import UTC, datetime

from engine.workflow import complete, describe, fire_timers, read_model, start
from tests.engine.workflow import models


def test_a_new_case_has_its_start_done_and_its_first_task_active() -> None:
    model = read_model(models.sequence(), "top")
    assert describe(model, start(model, {}).state) == {
        "top_start": "done",
        "top_flow_1": "done",
        "a": "active",
    }


def test_a_finished_case_is_done_along_the_way_that_it_took() -> None:
    model = read_model(models.choice(), "top")
    begun = start(model, {"amount": 3})
    words = describe(model, complete(model, begun.state, begun.opened[0].task_id, {}).state)
    assert set(words.values()) == {"done"}
    assert {"small", "top_flow_1", "merge", "end"} <= set(words)
    assert not {"large", "middle", "top_flow_2"} & set(words)


def test_a_call_and_the_step_inside_it_are_active() -> None:
    model = read_model(models.calls(), "top")
    words = describe(model, start(model, {}).state)
    assert (words["call_1"], words["part"], words["look"], words["split"]) == (
        "active",
        "active",
        "active",
        "done",
    )


def test_a_join_and_a_timer_wait() -> None:
    model, facts = read_model(models.boundary(interrupting=False), "top"), {"due": models.DAY.format(2)}
    begun = start(model, facts)
    other = next(opened.task_id for opened in begun.opened if opened.step.id == "other")
    words = describe(model, complete(model, begun.state, other, facts).state)
    assert (words["join"], words["bell"], words["work"], words["other"]) == (
        "waiting",
        "waiting",
        "active",
        "done",
    )


def test_the_flow_out_of_a_timer_that_fired_is_done() -> None:
    model, facts = read_model(models.boundary(interrupting=False), "top"), {"due": models.DAY.format(2)}
    fired = fire_timers(model, start(model, facts).state, facts, datetime(2026, 1, 3, tzinfo=UTC))
    words = describe(model, fired.state)
    out = next(flow for flow, ends in model.flows.items() if ends == ("bell", "late"))
    assert (words["bell"], words[out], words["late"]) == ("done", "done", "active")
    assert words[next(flow for flow, ends in model.flows.items() if ends == ("split", "work"))] == "done"


def test_what_was_interrupted_is_left_out() -> None:
    model, facts = read_model(models.boundary(interrupting=True), "top"), {"due": models.DAY.format(2)}
    fired = fire_timers(model, start(model, facts).state, facts, datetime(2026, 1, 3, tzinfo=UTC))
    assert "work" not in describe(model, fired.state)


def test_a_repeated_task_is_active_until_its_last_entry_is_done() -> None:
    model, facts = read_model(models.repeated(False), "top"), {"items": ["x", "y"]}
    begun = start(model, facts)
    one = complete(model, begun.state, begun.opened[0].task_id, facts)
    assert describe(model, one.state)["each"] == "active"
    both = complete(model, one.state, begun.opened[1].task_id, facts)
    assert describe(model, both.state)["each"] == "done"
