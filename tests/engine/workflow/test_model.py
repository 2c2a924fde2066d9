"""Reading diagrams: steps with their lanes and settings, and a place and remedy for every mistake."""

from pathlib import Path

import pytest

from engine.bench.model import Drawing, file, timer
from engine.workflow import Step, read_model
from forms.mistakes import Mistakes
from tests.engine.workflow import models

ROOT = Path(__file__).parents[3]
SHIPPED = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for path in sorted((ROOT / "processes").rglob("*.bpmn"))
}


def mistakes_of(files: models.Files, process: str = "top") -> list[tuple[str, str]]:
    """Element and sentence of each mistake."""
    with pytest.raises(Mistakes) as caught:
        read_model(files, process)
    assert all(mistake.do for mistake in caught.value.mistakes)
    return [(mistake.element, mistake.says) for mistake in caught.value.mistakes]


def laned(new: Drawing, *lanes: tuple[str, str]) -> None:
    """Draw lanes as (name, node); editors break the lines, so do we."""
    drawn = (f'<lane name="{name}"><flowNodeRef>\n {node}\n</flowNodeRef></lane>' for name, node in lanes)
    new.add("laneSet", f"{new.process}_lanes", "".join(drawn))


def test_the_restaurant_is_read_with_all_that_it_calls() -> None:
    model = read_model(SHIPPED, "restaurant")
    assert list(model.processes)[:3] == ["restaurant", "acceptance", "joint_inspection"]
    assert model.processes["food_operation"] == "processes/items/food_operation.bpmn"
    assert model.processes["issuing"] == "processes/shared/issuing.bpmn"
    assert model.steps["decide_food_operation"] == Step(
        id="decide_food_operation",
        title="决定食品经营许可",
        kind="user",
        process="food_operation",
        lane="行政审批服务局",
        act="decide",
        item="food_operation",
        form="decide",
        limit=model.steps["decide_food_operation"].limit,
    )
    assert model.steps["license_food_operation"].kind == "service"
    assert model.steps["license_food_operation"].handler == "license"


def test_flows_of_all_processes_have_a_source_and_a_target() -> None:
    model = read_model(models.calls(), "top")
    assert model.flows["top_flow_1"] == ("top_start", "split")
    assert model.flows["visit_flow_1"] == ("visit_start", "travel")


def test_a_step_of_a_called_process_without_a_lane_has_the_lane_of_the_call() -> None:
    new, called = models.drawing(), models.drawing("called")
    new.add("callActivity", "call", calledElement="called")
    laned(new, ("综合窗口", "call"))
    laned(called, ("联合踏勘组", "there"))
    models.line(new, "call")
    models.line(called, *models.tasks(called, "here", "there"), end="called_end")
    steps = read_model(file([new, called]), "top").steps
    assert (steps["here"].lane, steps["there"].lane) == ("综合窗口", "联合踏勘组")


def test_a_step_called_from_two_lanes_must_have_its_own() -> None:
    new, called = models.drawing(), models.drawing("called")
    for call in ("call_1", "call_2"):
        new.add("callActivity", call, calledElement="called")
    laned(new, ("甲", "call_1"), ("乙", "call_2"))
    models.line(new, "call_1", "call_2")
    models.line(called, *models.tasks(called, "here"), end="called_end")
    ((element, says),) = mistakes_of(file([new, called]))
    assert element == "here" and {"甲", "乙"} <= set(says)


def test_a_step_in_a_sub_process_has_the_lane_that_the_sub_process_stands_in() -> None:
    new, part = models.drawing(), models.drawing("part")
    models.line(part, *models.tasks(part, "inside"), end="part_end")
    new.add("subProcess", "part", part.inner)
    laned(new, ("综合窗口", "part"))
    steps = read_model(file([models.line(new, "part", *models.tasks(new, "after"))]), "top").steps
    assert (steps["inside"].lane, steps["after"].lane) == ("综合窗口", None)


def test_a_process_that_is_not_there_is_named_with_the_nearest_one() -> None:
    ((element, says),) = mistakes_of(models.sequence(), "topp")
    assert element == "topp" and "topp" in says


def test_a_call_of_nothing_is_a_mistake_at_the_call() -> None:
    new = models.drawing()
    new.add("callActivity", "call", calledElement="nothing")
    assert mistakes_of(file([models.line(new, "call")]))[0][0] == "call"


def test_a_process_may_not_call_itself() -> None:
    new, called = models.drawing(), models.drawing("called")
    new.add("callActivity", "call", calledElement="called")
    called.add("callActivity", "back", calledElement="top")
    files = file([models.line(new, "call"), models.line(called, "back", end="called_end")])
    assert mistakes_of(files)[0][0] == "back"


def test_an_id_may_stand_for_one_element_only() -> None:
    new, called = models.drawing(), models.drawing("called")
    new.add("callActivity", "call", calledElement="called")
    models.line(called, *models.tasks(called, "call"), end="called_end")
    assert mistakes_of(file([models.line(new, "call"), called]))[0][0] == "call"


def test_a_flow_s_id_may_not_be_used_twice_either() -> None:
    new, called = models.drawing(), models.drawing("called")
    new.add("callActivity", "call", calledElement="called")
    called.add("sequenceFlow", "top_flow_1", sourceRef="called_start", targetRef="called_end")
    called.add("endEvent", "called_end")
    assert mistakes_of(file([models.line(new, "call"), called]))[0][0] == "top_flow_1"


@pytest.mark.parametrize("name", ["Start", "End"])
def test_an_id_that_the_engine_itself_uses_is_a_mistake(name: str) -> None:
    new = models.drawing()
    assert mistakes_of(file([models.line(new, new.task(name))]))[0][0] == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not xml",
        "<a>",
        "<html/>",
        '<!DOCTYPE a [<!ENTITY x "y">]><definitions>&x;</definitions>',
        "\0",
        "\ud800",
        '<?xml version="1.0" encoding="GBK"?><a>中</a>',
    ],
)
def test_a_file_that_is_no_diagram_is_a_mistake(text: str) -> None:
    assert mistakes_of({**models.sequence(), "processes/broken.bpmn": text})


@pytest.mark.parametrize(
    "tag", ["scriptTask", "complexGateway", "adHocSubProcess", "transaction", "task", "callConversation"]
)
def test_an_element_that_no_diagram_may_use_is_a_mistake(tag: str) -> None:
    new = models.drawing()
    new.add(tag, "odd", "<script>import os</script>" if tag == "scriptTask" else "")
    assert "odd" in {element for element, _ in mistakes_of(file([models.line(new, "odd")]))}


@pytest.mark.parametrize("limit", ["x", "-1", "1.5", "", "²"])
def test_a_limit_is_a_whole_number(limit: str) -> None:
    new = models.drawing()
    new.task("work", limit=limit)
    assert mistakes_of(file([models.line(new, "work")]))[0][0] == "work"


@pytest.mark.parametrize("condition", ["__import__('os')", "a.b", "a =", "import os"])
def test_a_condition_that_is_no_expression_is_a_mistake_at_its_flow(condition: str) -> None:
    new = models.drawing()
    (gate,) = models.gates(new, "exclusive", "gate")
    new.flow("top_start", gate)
    new.flow(gate, new.add("endEvent", "end"), condition)
    assert mistakes_of(file([new]))[0][0] == "top_flow_2"


def test_a_timer_that_counts_from_now_is_a_mistake() -> None:
    new = models.drawing()
    new.add("intermediateCatchEvent", "wait", timer('"P5D"', "timeDuration"))
    assert mistakes_of(file([models.line(new, "wait")]))[0][0] == "wait"


def test_a_process_without_a_start_is_a_mistake() -> None:
    new = Drawing("top")
    new.task("work")
    assert mistakes_of(file([new]))


def test_a_process_that_is_not_to_be_executed_is_a_mistake() -> None:
    files = {path: text.replace('"true"', '"false"') for path, text in models.sequence().items()}
    assert mistakes_of(files)[0][0] == "top"


def test_a_flow_to_nowhere_is_a_mistake() -> None:
    new = models.drawing()
    new.flow("top_start", "nowhere")
    assert mistakes_of(file([new]))


def test_a_script_around_a_task_is_never_read() -> None:
    files = {
        path: text.replace(
            "<extensionElements>",
            "<extensionElements><spiffworkflow:preScript>x = 1</spiffworkflow:preScript>",
        )
        for path, text in models.sequence().items()
    }
    assert not hasattr(read_model(files, "top").specs["top"].task_specs["a"], "prescript")
