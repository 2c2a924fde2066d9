"""How a case could get stuck or doubled, told with the element and the way that leads there."""

from engine.check import rule_of
from engine.check.soundness import check_soundness
from tests.engine.check.models import found, mistakes, model, scope

CHOOSE = ("x1 > t1 ? accepted", "x1 > t2 default")


def test_a_choice_that_ends_in_a_parallel_join_gets_stuck() -> None:
    text = model("s1 > x1", *CHOOSE, "t1 > p1", "t2 > p1", "p1 > e1")
    (mistake,) = mistakes(text)
    assert mistake.element == "p1"
    assert "会卡住" in mistake.says and "来自“t2”的一路不会到" in mistake.says
    assert "走法：s1 → x1（t1） → t1" in mistake.says


def test_parallel_branches_that_are_not_joined_do_the_rest_twice() -> None:
    text = model("s1 > p1", "p1 > t1", "p1 > t2", "t1 > x1", "t2 > x1", "x1 > t3 > e1")
    (mistake,) = mistakes(text)
    assert (mistake.element, "两次" in mistake.says) == ("x1", True)


def test_an_interrupting_timer_that_leaves_a_parallel_block_gets_it_stuck() -> None:
    text = model(
        "s1 > p1",
        "p1 > t1 > p2",
        "p1 > t2 > p2",
        "p2 > e1",
        "b1 > e2",
        attributes={"b1": 'attachedToRef="t1"'},
    )
    assert found(text) == {("deadlock", "p2")}


def test_an_interrupting_timer_that_comes_to_the_join_is_sound() -> None:
    text = model(
        "s1 > p1",
        "p1 > t1 > x1",
        "b1 > x1",
        "x1 > p2",
        "p1 > t2 > p2",
        "p2 > e1",
        attributes={"b1": 'attachedToRef="t1"'},
    )
    assert found(text) == set()


def test_a_trap_from_which_no_end_is_reached_is_found() -> None:
    text = model(
        "s1 > x1",
        "x1 > e1 default",
        "x1 > x2 ? accepted",
        "x2 > t1 > x3",
        "x3 > t2 ? accepted",
        "x3 > t3 default",
        "t2 > x2",
        "t3 > x2",
    )
    (mistake,) = mistakes(text)
    assert mistake.do.endswith("〔never-ends〕") and mistake.element in {"x2", "x3", "t1", "t2", "t3"}


def test_rework_through_a_choice_is_sound() -> None:
    text = model("s1 > x2", "x2 > t1 > x1", "x1 > e1 ? accepted", "x1 > x2 default")
    assert found(text) == set()


def test_a_reminder_beside_the_step_is_sound_and_may_not_come_back() -> None:
    aside = {"b1": 'attachedToRef="t1" cancelActivity="false"'}
    assert found(model("s1 > t1 > e1", "b1 > v1 > e2", attributes=aside)) == set()
    back = model("s1 > t1 > x1", "b1 > v1 > x1", "x1 > t2 > e1", attributes=aside)
    assert found(back) == {("side-joins", "b1")}


def test_a_reminder_that_gets_stuck_itself_is_found() -> None:
    aside = {"b1": 'attachedToRef="t1" cancelActivity="false"'}
    text = model(
        "s1 > t1 > e1",
        "b1 > x1",
        "x1 > v1 ? accepted",
        "x1 > v2 default",
        "v1 > p1",
        "v2 > p1",
        "p1 > e2",
        attributes=aside,
    )
    assert found(text) == {("deadlock", "p1")}


def test_an_inclusive_join_needs_its_own_split() -> None:
    text = model("s1 > p1", "p1 > t1 > o1", "p1 > t2 > o1", "o1 > e1")
    assert found(text) == {("or-unpaired", "o1")}


def test_an_inclusive_branch_that_becomes_several_at_the_join_is_refused() -> None:
    text = model(
        "s1 > o1",
        "o1 > p1 ? accepted",
        "o1 > t3 default",
        "p1 > t1 > o2",
        "p1 > t2 > o2",
        "t3 > o2",
        "o2 > e1",
    )
    assert found(text) == {("or-unpaired", "o2")}


def test_a_mistake_inside_an_embedded_sub_process_is_found() -> None:
    inside = (
        '<bpmn:subProcess id="sub"><bpmn:startEvent id="i1"/><bpmn:parallelGateway id="i2"/>'
        '<bpmn:exclusiveGateway id="i3"/><bpmn:endEvent id="i4"/>'
        + "".join(
            f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
            for n, (a, b) in enumerate([("i1", "i2"), ("i2", "i3"), ("i2", "i3"), ("i3", "i4")])
        )
        + "</bpmn:subProcess>"
    )
    assert ("arrives-twice", "i3") in found(model("s1 > t1 > e1", extra=inside))


def test_twenty_departments_with_timers_are_proved_without_exploring_every_order() -> None:
    lines = [
        line
        for n in range(20)
        for line in (f"o1 > t{n} > x{n}", f"b{n} > x{n}", f"x{n} > t{n}a > o2", f"o2{n} > e1")[:3]
    ]
    text = model(
        "s1 > o1", *lines, "o2 > e1", attributes={f"b{n}": f'attachedToRef="t{n}"' for n in range(20)}
    )
    # each on its own has three states: explored one by one they would be 3 ** 20, and no test would end
    assert not list(check_soundness(scope(text)))


def test_a_diagram_with_too_many_states_is_refused_not_believed() -> None:
    drawn = scope(model("s1 > x1", *CHOOSE, "t1 > e1", "t2 > e2"))
    assert not list(check_soundness(drawn))
    assert [rule_of(each) for each in check_soundness(drawn, most=2)] == ["too-complex"]
