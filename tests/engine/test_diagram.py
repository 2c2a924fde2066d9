"""A BPMN text is read into a small frozen structure."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from engine.diagram import Diagram, Flow, Lane, Node, read_diagram
from engine.safe_xml import Unreadable

SHARED = Path(__file__).resolve().parents[2] / "processes/shared"
BPMN = 'xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"'


def receiving() -> Diagram:
    return read_diagram((SHARED / "receiving.bpmn").read_text(encoding="utf-8"), "receiving.bpmn")


def node(diagram: Diagram, id_: str) -> Node:
    return next(each for each in diagram.nodes if each.id == id_)


def test_processes_and_lanes_are_read() -> None:
    drawn = receiving()
    assert dict(drawn.processes) == {"receiving": "收件"}
    window = ("accept", "accept_decided", "accept_late", "remind_window", "reminded")
    assert drawn.lanes == (
        Lane("receiving_lane_reviewers", "联审部门", "receiving", ("received", "recheck")),
        Lane("receiving_lane_window", "综合窗口", "receiving", window),
    )


def test_a_step_has_its_lane_and_settings() -> None:
    step = node(receiving(), "accept")
    assert (step.kind, step.title, step.lane) == ("userTask", "受理审查", "综合窗口")
    assert dict(step.properties) == {"act": "accept", "form": "accept", "limit": "1"}


def test_a_boundary_timer_has_its_host_and_its_expression() -> None:
    timer = node(receiving(), "accept_late")
    assert (timer.event, timer.timed, timer.timer) == ("timer", "timeDate", 'due["accept"]')
    assert (timer.attached_to, timer.interrupting, timer.lane) == ("accept", False, "综合窗口")


def test_a_message_event_has_the_name_of_its_message() -> None:
    text = (
        f'<b:definitions {BPMN}><b:message id="m" name="整改完成"/><b:process id="p">'
        '<b:intermediateCatchEvent id="c"><b:messageEventDefinition messageRef="m"/>'
        "</b:intermediateCatchEvent></b:process></b:definitions>"
    )
    step = node(read_diagram(text), "c")
    assert (step.event, step.message) == ("message", "整改完成")


def test_flows_have_their_condition_and_know_whether_they_are_the_default() -> None:
    text = (
        f'<b:definitions {BPMN}><b:process id="p"><b:exclusiveGateway id="x" default="no"/>'
        '<b:endEvent id="e"/><b:sequenceFlow id="no" name=" 不 &#10;予" sourceRef="x" targetRef="e"/>'
        '<b:sequenceFlow id="yes" sourceRef="x" targetRef="e"><b:conditionExpression> accepted '
        "</b:conditionExpression></b:sequenceFlow></b:process></b:definitions>"
    )
    drawn = read_diagram(text)
    assert drawn.flows == (
        Flow("no", "不 予", "x", "e", "p", "p", "", True),
        Flow("yes", "", "x", "e", "p", "p", "accepted", False),
    )
    assert drawn.drawn == frozenset()


def test_nodes_of_an_embedded_sub_process_name_it_and_stand_in_its_lane() -> None:
    text = (
        f'<b:definitions {BPMN}><b:process id="p"><b:laneSet><b:lane id="l" name="窗口">'
        "<b:flowNodeRef>sub</b:flowNodeRef></b:lane></b:laneSet>"
        '<b:subProcess id="sub"><b:userTask id="t"><b:multiInstanceLoopCharacteristics isSequential="true">'
        "<b:loopCardinality>3</b:loopCardinality></b:multiInstanceLoopCharacteristics></b:userTask>"
        "</b:subProcess></b:process></b:definitions>"
    )
    step = node(read_diagram(text), "t")
    assert (step.process, step.scope, step.lane) == ("p", "sub", "窗口")
    assert (step.repeats, step.counts) == ("sequential", ("3",))


def test_the_structure_cannot_be_changed() -> None:
    drawn = receiving()
    with pytest.raises(FrozenInstanceError):
        drawn.file = "other"  # type: ignore[misc]  # the point of the test
    with pytest.raises(TypeError):
        drawn.processes["x"] = "y"  # type: ignore[index]  # the point of the test


@pytest.mark.parametrize("text", ["", "<", "<a/>", f"<!DOCTYPE a><b:definitions {BPMN}/>", "x" * 2_000_000])
def test_what_is_no_diagram_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_diagram(text)
    assert refused.value.rule and refused.value.says.endswith("。") and refused.value.do.endswith("。")
