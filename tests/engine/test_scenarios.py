"""The made-up cases of an industry prove its diagram: all pass, together they walk every flow."""

from collections.abc import Mapping

import pytest

from engine.deployments import Deployment, unpublished
from engine.files import industries_in
from engine.scenarios import Walk, check_scenarios, read_scenarios, walk
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


@pytest.mark.parametrize("industry", industries_in(files()))
def test_every_scenario_passes_and_together_they_walk_every_flow(industry: str) -> None:
    trial = unpublished(files(), industry, NOW)
    walks = [walk(trial, scenario, NOW) for scenario in read_scenarios(files(), industry)]
    assert {each.scenario.id: each.problems for each in walks if not each.passed} == {}
    assert frozenset[str]().union(*(each.flows for each in walks)) == trial.model.flows.keys()


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


def shipped(*left_out: str, **others: str) -> set[str]:
    """What is missing when an industry ships its scenarios but for some, with others of these texts."""
    kept = {
        path: text for path, text in files().items() if path not in {f"{FOLDER}/{n}.yaml" for n in left_out}
    }
    more = {f"{FOLDER}/{name}.yaml": text for name, text in others.items()}
    return {mistake.says for mistake in check_scenarios({**kept, **more}, INDUSTRY)}


@pytest.mark.parametrize("industry", industries_in(files()))
def test_an_industry_ships_the_scenarios_that_matter(industry: str) -> None:
    assert [str(mistake) for mistake in check_scenarios(files(), industry)] == []


def test_scenarios_that_are_missing_are_told() -> None:
    names = [path.rsplit("/", 1)[-1].removesuffix(".yaml") for path in files() if path.startswith(FOLDER)]
    assert shipped(*names) == {
        "只有 0 个场景，至少要 5 个。",
        "没有一个场景全部准予。",
        "没有一个场景有事项不予许可。",
    }


def test_a_serial_item_needs_a_scenario_in_which_what_it_needs_fails() -> None:
    path = "processes/items/food_operation.yaml"
    serial = {**files(), path: files()[path].replace("needs: {}\n", "") + "needs: {fire_check: decide}\n"}
    refused = [name for name in serial if name.startswith(FOLDER) and "fire_check: refused" in serial[name]]
    for name in refused:
        del serial[name]
    told = [mistake.do for mistake in check_scenarios(serial, INDUSTRY)]
    assert told == ["请补一个 fire_check 和 food_operation 都 refused 的场景。"]


@pytest.mark.parametrize(
    ("name", "old", "new", "element", "word"),
    [
        ("food_only", "food_operation:", "food_operaton:", "expect.outcomes", "food_operation"),
        ("food_only", "area:", "aera:", "answers.aera", "area"),
        ("food_only", "end: finished", "end: finishd", "expect.end", "finished"),
        (
            "one_refused",
            "do: review_tobacco_retail",
            "do: review_tobaco_retail",
            "steps.do",
            "review_tobacco_retail",
        ),
        ("one_refused", "opinion:", "opinon:", "steps.review_tobacco_retail.form", "opinion"),
        ("visit_fails_fire", "fire_exits:", "fire_exts:", "steps.inspect.form.points", "fire_exits"),
        ("visit_fails_fire", "result: fail", "result: fial", "steps.inspect.form.points", "fail"),
        (
            "one_refused",
            "outcome: refused",
            "outcome: refusd",
            "steps.decide_tobacco_retail.form.outcome",
            "refused",
        ),
        ("window_late", "wait: accept_late", "wait: acept_late", "steps.wait", "accept_late"),
    ],
)
def test_a_slip_in_a_scenario_is_answered_with_the_nearest_word(
    name: str, old: str, new: str, element: str, word: str
) -> None:
    path = f"{FOLDER}/{name}.yaml"
    assert old in files()[path]
    (mistake,) = check_scenarios({**files(), path: files()[path].replace(old, new, 1)}, INDUSTRY)
    assert (mistake.file, mistake.element) == (path, element)
    assert f"您是不是要写“{word}”？" in mistake.do


@pytest.mark.parametrize(("old", "new"), [("area: ", "area: -"), ("signboard: false", "signboard: fale")])
def test_an_answer_that_its_question_does_not_take_is_told(old: str, new: str) -> None:
    path = f"{FOLDER}/food_only.yaml"
    (mistake,) = check_scenarios({**files(), path: files()[path].replace(old, new, 1)}, INDUSTRY)
    assert mistake.file == path and mistake.element.startswith("answers.")


@pytest.mark.parametrize("points", ["{fire_exits: fail}", "[fire_exits]", "fail"])
def test_points_that_are_written_otherwise_are_told(points: str) -> None:
    path = f"{FOLDER}/visit_fails_fire.yaml"
    old = "      points:\n        fire_exits: {result: fail, words: 后门被货架堵住，疏散通道不畅通。}\n"
    assert old in files()[path]
    changed = files()[path].replace(old, f"      points: {points}\n")
    (mistake,) = check_scenarios({**files(), path: changed}, INDUSTRY)
    assert mistake.element == "steps.inspect.form.points" and "result: fail" in mistake.do


def test_answers_that_the_guide_does_not_take_are_told(deployment: Deployment) -> None:
    found = walked(deployment, "food_only", ("area:", "aera:"))
    assert not found.passed and found.problems[0].startswith("导办的回答：area：")


def test_a_wait_between_two_steps_is_over_by_itself() -> None:
    announced = {
        path: text for path, text in files().items() if "announce" in text and path.endswith(".bpmn")
    }
    called = {path.rsplit("/", 1)[-1].removesuffix(".bpmn") for path in announced}
    for industry in industries_in(files()):
        trial = unpublished(files(), industry, NOW)
        if called & trial.model.processes.keys():
            scenarios = {each.id: each for each in read_scenarios(files(), industry)}
            assert walk(trial, scenarios["all_granted"], NOW).problems == ()
            return
    pytest.fail("no industry announces anything")
