"""A state is small, holds no diagram, and any number of cases share one model."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from engine.bench.model import DUE, PROCESS, departments
from engine.workflow import Model, describe, read_model, start
from tests.engine.workflow import models
from tests.engine.workflow.stock import Ours

MOST_BYTES = 4_096


def run_through(case: Ours, random: Random) -> list[int]:
    """Complete everything in some order; returns the size of every state."""
    sizes = [len(case.moved.state)]
    while case.ready():
        case.complete(random.choice(case.ready()))
        sizes.append(len(case.moved.state))
    assert case.ended()
    return sizes


def test_a_state_of_six_departments_with_two_tasks_and_timers_stays_small() -> None:
    case = Ours(read_model(departments(6, 2), PROCESS), {"due": DUE})
    assert max(run_through(case, Random(1))) < MOST_BYTES // 4


def test_a_state_does_not_grow_with_the_stages_behind_it() -> None:
    one, four = (
        run_through(Ours(read_model(departments(6, 2, stages=n), PROCESS), {"due": DUE}), Random(1))
        for n in (1, 4)
    )
    assert max(four) < max(one) * 1.3


def test_a_state_holds_nothing_of_the_facts() -> None:
    facts = {"amount": 300, "secret": "370303199001011234"}
    assert len(start(read_model(models.choice(), "top"), facts).state) < 200


@pytest.mark.parametrize(
    ("files", "facts"),
    [
        (models.inclusive(), {"items": ["a", "b", "c"], "wants_more": True}),
        (models.calls(), {}),
        (models.repeated(False), {"items": ["x", "y", "z"]}),
        (models.repeated(True), {"items": ["x", "y", "z"]}),
        (models.repeated_call(False), {"items": ["easy", "hard"]}),
        (models.boundary(False), {"due": DUE}),
    ],
)
def test_sixty_cases_share_one_model_and_do_not_disturb_each_other(
    files: models.Files, facts: models.Facts
) -> None:
    model = read_model(files, "top")
    alone = described(model, Ours(model, dict(facts)), 0)
    cases = [Ours(model, dict(facts)) for _ in range(60)]
    random = Random(2)
    while waiting := [case for case in cases if case.ready()]:
        case = random.choice(waiting)
        case.complete(random.choice(case.ready()))
    assert all(case.ended() for case in cases)
    assert all(describe(model, case.moved.state) == alone for case in cases)
    assert described(model, Ours(model, dict(facts)), 1) == alone


def test_a_model_is_safe_for_several_threads() -> None:
    model, facts = read_model(models.repeated_call(False), "top"), {"items": ["easy", "hard", "easy"]}

    def life(seed: int) -> dict[str, str]:
        return described(model, Ours(model, dict(facts)), seed)

    with ThreadPoolExecutor(4) as threads:
        ends = list(threads.map(life, range(40)))
    assert all(end == ends[0] for end in ends)


def described(model: Model, case: Ours, seed: int) -> dict[str, str]:
    """What the diagram shows at the end of a case."""
    run_through(case, Random(seed))
    return describe(model, case.moved.state)
