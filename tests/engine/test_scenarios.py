"""The made-up cases of an industry prove its diagram: all pass, together they walk every flow."""

from collections.abc import Mapping

import pytest

from engine.deployments import Deployment, unpublished
from engine.scenarios import Walk, read_scenarios, walk
from forms.mistakes import Mistakes
from tests.filing import INDUSTRY, NOW, files

FOLDER = "processes/restaurant/scenarios"


@pytest.fixture(scope="module")
def deployment() -> Deployment:
    return unpublished(files(), INDUSTRY, NOW)


def changed(name: str, *changes: tuple[str, str]) -> Mapping[str, str]:
    """The files with only this scenario, changed."""
    path = f"{FOLDER}/{name}.yaml"
    text = files()[path]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    others = {key: value for key, value in files().items() if not key.startswith(FOLDER)}
    return {**others, path: text}


def walked(deployment: Deployment, name: str, *changes: tuple[str, str]) -> Walk:
    (scenario,) = read_scenarios(changed(name, *changes), INDUSTRY)
    return walk(deployment, scenario, NOW)


def test_every_scenario_passes_and_together_they_walk_every_flow(deployment: Deployment) -> None:
    walks = [walk(deployment, scenario, NOW) for scenario in read_scenarios(files(), INDUSTRY)]
    assert {each.scenario.id: each.problems for each in walks if not each.passed} == {}
    assert frozenset[str]().union(*(each.flows for each in walks)) == deployment.model.flows.keys()


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("food_only", "end: finished", "end: all_refused", "应当结束于“all_refused”，实际是“finished”。"),
        ("food_only", "visit: true", "visit: false", "不应当有现场踏勘，实际有。"),
        ("no_visit", "visit: false", "visit: true", "应当有现场踏勘，实际没有。"),
        (
            "food_only",
            "food_operation: granted",
            "food_operation: refused",
            "事项 food_operation 应为 refused，实际 granted。",
        ),
        ("longest_path", "days: 7", "days: 6", "承诺时限应为 6 个工作日，实际 7 个。"),
        (
            "longest_path",
            "do: review_tobacco_retail",
            "do: review_tobaco",
            "写了环节“review_tobaco”怎么办，但没有走到它。",
        ),
        ("window_late", "wait: accept_late", "wait: accept_lat", "没有计时器“accept_lat”在等待。"),
    ],
)
def test_an_expectation_that_fails_is_told(
    deployment: Deployment, name: str, old: str, new: str, problem: str
) -> None:
    found = walked(deployment, name, (old, new))
    assert not found.passed
    assert problem in found.problems


def test_a_form_that_is_filled_in_wrong_is_told_with_its_step(deployment: Deployment) -> None:
    found = walked(deployment, "one_refused", ("opinion: disagree", "opinion: perhaps"))
    assert any(problem.startswith("review_tobacco_retail 的表单：opinion") for problem in found.problems)


def test_the_machines_and_timers_of_a_scenario_need_no_waiting(deployment: Deployment) -> None:
    found = walked(deployment, "window_late")
    assert found.passed and found.end == "finished"


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("expect:", "expects:", "expect"),
        ("visit: true", "visit: perhaps", "expect.visit"),
        ("title:", "titel:", "titel"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_named(old: str, new: str, element: str) -> None:
    with pytest.raises(Mistakes) as refused:
        read_scenarios(changed("food_only", (old, new)), INDUSTRY)
    assert all(mistake.file == f"{FOLDER}/food_only.yaml" for mistake in refused.value.mistakes)
    assert any(element in mistake.element for mistake in refused.value.mistakes), refused.value.mistakes
