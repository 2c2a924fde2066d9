"""The course of a process is told in order: what runs side by side, what waits, what cuts in."""

from engine.course import Course, Follow, read_course
from engine.diagram import read_diagram
from engine.workflow import Step

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    '<process id="{id}" name="{id}">{body}</process></definitions>'
)


def flow(source: str, target: str, name: str = "", condition: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    names = f'id="{source}_{target}" name="{name}" sourceRef="{source}" targetRef="{target}"'
    return f"<sequenceFlow {names}>{inner}</sequenceFlow>"


def task(id: str) -> str:
    return f'<userTask id="{id}" name="{id.upper()}"/>'


def course(process: str, **bodies: str) -> Course:
    diagrams = {id: read_diagram(HEAD.format(id=id, body=body)) for id, body in bodies.items()}
    tasks = [node for each in diagrams.values() for node in each.nodes if node.kind == "userTask"]
    steps = {node.id: Step(node.id, node.title, "user", node.process) for node in tasks}
    return read_course(process, diagrams, steps, {"one": "甲许可"})


def told(found: Course) -> dict[str, tuple[Follow, ...]]:
    return {each.step.title: each.follows for each in found.stations}


def test_steps_side_by_side_have_one_depth_and_what_waits_for_them_comes_later() -> None:
    found = course(
        "p",
        p='<startEvent id="s"/><parallelGateway id="f"/><parallelGateway id="j"/><endEvent id="e" name="完"/>'
        + "".join(map(task, "abc"))
        + "".join(
            flow(*each)
            for each in (("s", "f"), ("f", "a"), ("f", "b"), ("a", "j"), ("b", "j"), ("j", "c"), ("c", "e"))
        ),
    )
    assert [(each.step.title, each.depth) for each in found.stations] == [("A", 0), ("B", 0), ("C", 1)]
    assert told(found)["A"] == (Follow("同时办理的都办完后", ("C",), False),)
    assert told(found)["C"] == (Follow("", ("完",), True),)


def test_a_question_on_the_diagram_and_its_answers_say_what_follows() -> None:
    found = course(
        "p",
        p='<startEvent id="s"/><exclusiveGateway id="g" name="受理吗？" default="g_n"/>'
        '<endEvent id="n" name="不受理"/>'
        + task("a")
        + task("b")
        + flow("s", "a")
        + flow("a", "g")
        + flow("g", "b", "是", "accepted")
        + flow("g", "n", "否"),
    )
    assert told(found)["A"] == (
        Follow("受理吗？是", ("B",), False),
        Follow("受理吗？否", ("不受理",), True),
    )


def test_a_condition_without_words_on_the_diagram_is_said_by_what_it_compares() -> None:
    found = course(
        "p",
        p='<startEvent id="s"/><exclusiveGateway id="g" default="g_c"/>'
        + "".join(map(task, "abc"))
        + flow("s", "a")
        + flow("a", "g")
        + flow("g", "b", condition='outcomes["one"] == "granted" and "one" in items')
        + flow("g", "c"),
    )
    assert [each.when for each in told(found)["A"]] == ["“甲许可”已准予，并且申请了“甲许可”", "其他情况"]


def test_a_called_process_stands_in_place_and_leads_on_behind_its_caller() -> None:
    found = course(
        "p",
        p='<startEvent id="s"/><callActivity id="k" name="受理" calledElement="q"/>'
        + task("a")
        + flow("s", "k")
        + flow("k", "a"),
        q='<startEvent id="qs"/><endEvent id="qe"/>' + task("b") + flow("qs", "b") + flow("b", "qe"),
    )
    assert [(each.step.title, each.part) for each in found.stations] == [("B", "受理"), ("A", "")]
    assert told(found)["B"] == (Follow("", ("A",), False),)


def test_a_reminder_runs_beside_its_step_and_is_no_way_on() -> None:
    late = (
        '<boundaryEvent id="l" name="到期" attachedToRef="a" cancelActivity="false">'
        "<timerEventDefinition/></boundaryEvent>"
    )
    found = course(
        "p",
        p='<startEvent id="s"/><endEvent id="e" name="完"/><endEvent id="r" name="已提醒"/>'
        + late
        + task("a")
        + task("b")
        + flow("s", "a")
        + flow("a", "e")
        + flow("l", "b")
        + flow("b", "r"),
    )
    [station] = found.stations
    assert station.follows == (Follow("", ("完",), True),)
    assert [(each.event, each.then) for each in station.reminders] == [("到期", ("B",))]


def test_a_way_back_neither_hides_a_step_nor_ends_the_telling() -> None:
    found = course(
        "p",
        p='<startEvent id="s"/><exclusiveGateway id="m"/><exclusiveGateway id="g" name="齐了吗？"/>'
        '<endEvent id="e" name="完"/>'
        + task("a")
        + flow("s", "m")
        + flow("m", "a")
        + flow("a", "g")
        + flow("g", "m", "否")
        + flow("g", "e", "是"),
    )
    assert told(found)["A"] == (
        Follow("齐了吗？否", ("A",), False),
        Follow("齐了吗？是", ("完",), True),
    )
