"""Each mistake that a designer can make in a diagram is named at its element, with the remedy."""

import re
from pathlib import Path

import pytest

from engine.acts import ACTS
from engine.check import RULES
from engine.check.forms import READ
from engine.check.settings import NAMES as SETTINGS
from engine.facts import NAMES
from tests.engine.check.models import found, mistakes, model

ROOT = Path(__file__).resolve().parents[3]
FOOD = {"act": "review", "item": "food_operation", "form": "review"}
MARKET = {"市场监督管理局": ["t1"]}
CHOICE = ("x1 > t1 ? accepted", "x1 > t2 default", "t1 > e1", "t2 > e1")


def step(**settings: str) -> str:
    """A diagram of one step with these settings."""
    return model("s1 > t1 > e1", settings={"t1": settings})


def boundary(inner: str, attributes: str = 'attachedToRef="t1"') -> str:
    """A diagram with a boundary event of this kind."""
    return model("s1 > t1 > e1", "b1 > e2", attributes={"b1": attributes}, inner={"b1": inner})


def event(kind: str, body: str = "") -> str:
    return f"<bpmn:{kind}EventDefinition>{body}</bpmn:{kind}EventDefinition>"


def waiting(moment: str) -> str:
    """A diagram that waits at m1 until this moment."""
    return model(
        "s1 > t1 > m1 > e1", inner={"m1": event("timer", f"<bpmn:timeDate>{moment}</bpmn:timeDate>")}
    )


def when(condition: str) -> str:
    """A diagram with this condition on its flow x1_t1."""
    return model("s1 > x1", f"x1 > t1 ? {condition}", "x1 > t2 default", "t1 > e1", "t2 > e1")


MI = "<bpmn:multiInstanceLoopCharacteristics/>"
SCRIPT = (
    "<bpmn:extensionElements><spiffworkflow:preScript>import os</spiffworkflow:preScript>"
    "</bpmn:extensionElements>"
)
ADHOC = '<bpmn:adHocSubProcess id="a1"/>'
ASIDE = '<bpmn:subProcess id="a1" triggeredByEvent="true"/>'

CASES = [
    ("element-refused", "z1", model("s1 > z1 > e1")),
    ("element-refused", "a1", model("s1 > t1 > e1", extra=ADHOC)),
    ("element-refused", "a1", model("s1 > t1 > e1", extra=ASIDE)),
    ("element-refused", "a1", model("s1 > t1 > e1", extra='<bpmn:dataStoreReference id="a1"/>')),
    ("element-refused", "a1", model("s1 > t1 > e1", extra='<bpmn:complexGateway id="a1"/>')),
    ("element-refused", "a1", model("s1 > t1 > e1", extra='<bpmn:transaction id="a1"/>')),
    ("element-refused", "a1", model("s1 > t1 > e1", extra='<bpmn:manualTask id="a1"/>')),
    ("event-refused", "b1", boundary(event("signal"))),
    ("event-refused", "b1", boundary(event("conditional"))),
    ("event-refused", "b1", boundary(event("compensate"))),
    ("event-refused", "b1", boundary(event("error"))),
    ("event-refused", "b1", boundary("")),
    ("event-refused", "b1", boundary(event("timer") + event("message"))),
    ("event-refused", "m1", model("s1 > m1 > e1", inner={"m1": event("link")})),
    ("event-refused", "e1", model("s1 > t1 > e1", inner={"e1": event("terminate")})),
    ("event-refused", "s1", model("s1 > t1 > e1", inner={"s1": event("timer")})),
    ("message-unnamed", "b1", boundary(event("message"))),
    ("event-gateway", "t1", model("s1 > w1", "w1 > t1 > e1", "w1 > m1 > e2")),
    ("script-refused", "t1", model("s1 > t1 > e1", inner={"t1": SCRIPT})),
    ("loop-refused", "t1", model("s1 > t1 > e1", inner={"t1": "<bpmn:standardLoopCharacteristics/>"})),
    (
        "boundary-on-multiple",
        "b1",
        model("s1 > t1 > e1", "b1 > e2", attributes={"b1": 'attachedToRef="t1"'}, inner={"t1": MI}),
    ),
    ("split-implicit", "t1", model("s1 > t1 > e1", "t1 > t2 > e1")),
    ("gateway-mixed", "x1", model("s1 > x1", "x1 > t1 ? accepted", "x1 > e1 default", "t1 > x1")),
    ("condition-misplaced", "t1_e1", model("s1 > t1", "t1 > e1 ? accepted")),
    ("condition-misplaced", "p1_t1", model("s1 > p1", "p1 > t1 ? accepted", "p1 > t2", "t1 > e1", "t2 > e2")),
    (
        "condition-misplaced",
        "x1_t2",
        model("s1 > x1", *CHOICE[:1], "x1 > t2 default ? accepted", *CHOICE[2:]),
    ),
    ("id-missing", "main", model("s1 > t1 > e1", extra='<bpmn:userTask name="x"/>')),
    ("id-missing", "a|b", model("s1 > t1 > e1", extra='<bpmn:userTask id="a|b"/>')),
    ("id-twice", "t1", model("s1 > t1 > e1", extra='<bpmn:userTask id="t1"/>')),
    (
        "flow-dangling",
        "f",
        model("s1 > t1 > e1", extra='<bpmn:sequenceFlow id="f" sourceRef="t1" targetRef="?"/>'),
    ),
    ("flow-dangling", "b1", boundary(event("timer"), 'attachedToRef="gone"')),
    ("start-missing", "main", model("t1 > e1")),
    ("start-several", "s2", model("s1 > t1 > e1", "s2 > t1")),
    ("start-several", "s1", model("s1 > x1", "x1 > e1 default", "x1 > t1 ? accepted", "t1 > s1")),
    ("end-missing", "main", model("s1 > t1")),
    ("dead-end", "t1", model("s1 > t1")),
    ("dead-end", "e1", model("s1 > e1 > t1 > e2")),
    ("unreachable", "t2", model("s1 > t1 > e1", "t2 > e1")),
    ("loop-endless", "t1", model("s1 > t1 > t2 > t1", "s2 > e1")),
    ("condition-missing", "x1_t1", model("s1 > x1", "x1 > t1", *CHOICE[1:])),
    ("default-missing", "x1", model("s1 > x1", CHOICE[0], "x1 > t2 ? visit_needed", *CHOICE[2:])),
    ("expression-broken", "x1_t1", when("accepted and")),
    ("expression-broken", "x1_t1", when("__import__('os').system('ls')")),
    ("expression-broken", "x1_t1", when("items.pop()")),
    ("fact-unknown", "x1_t1", when("acepted")),
    ("item-unknown", "x1_t1", when('"food_operatoin" in items')),
    ("item-unknown", "x1_t1", when('outcomes["fire"] == "granted"')),
    ("word-unknown", "x1_t1", when('outcomes["fire_check"] == "grantd"')),
    ("word-unknown", "x1_t1", when('opinions["fire_check"] in ["agree", "no"]')),
    ("timer-no-date", "b1", boundary(event("timer"))),
    ("timer-no-date", "b1", boundary(event("timer", "<bpmn:timeDuration>'P1D'</bpmn:timeDuration>"))),
    ("timer-no-date", "b1", boundary(event("timer", "<bpmn:timeDate>'morgen'</bpmn:timeDate>"))),
    ("timer-no-date", "b1", boundary(event("timer", '<bpmn:timeDate>due["t9"]</bpmn:timeDate>'))),
    ("timer-no-date", "b1", boundary(event("timer", "<bpmn:timeDate>accepted</bpmn:timeDate>"))),
    ("timer-no-date", "b1", boundary(event("timer", '<bpmn:timeDate>due["s1"]</bpmn:timeDate>'))),
    ("expression-broken", "b1", boundary(event("timer", "<bpmn:timeDate>due[</bpmn:timeDate>"))),
    ("lane-unknown", "lane_1", model("s1 > t1 > e1", lanes={"消防救援队": ["t1"]})),
    ("lane-missing", "t1", model("s1 > t1 > e1").replace("<bpmn:flowNodeRef>t1</bpmn:flowNodeRef>", "")),
    ("timer-no-date", "m1", waiting("days_later['10']")),
    ("timer-no-date", "m1", waiting("days_later[0]")),
    ("timer-no-date", "m1", waiting("days_later")),
    ("lane-wrong", "t1", step(**FOOD)),
    ("lane-wrong", "t1", step(act="decide", form="decide", item="food_operation")),
    ("lane-wrong", "t1", model("s1 > t1 > e1", settings={"t1": FOOD}, lanes={"市市场监督管理局": ["t1"]})),
    ("setting-unknown", "t1", step(act="accept", form="accept", limt="3")),
    ("setting-value", "t1", step(act="reveiw", form="accept")),
    ("setting-value", "t1", step(act="accept", form="acept")),
    ("setting-value", "t1", step(act="accept", form="accept", item="fire")),
    ("setting-value", "v1", model("s1 > v1 > e1", settings={"v1": {"act": "notify", "handler": "notfy"}})),
    ("setting-value", "v1", model("s1 > v1 > e1", settings={"v1": {"act": "decide", "handler": "notify"}})),
    ("setting-missing", "t1", step(act="accept")),
    ("setting-missing", "t1", step(act="decide", form="decide")),
    ("setting-missing", "t1", step(act="announce", form="announce")),
    ("setting-missing", "v1", model("s1 > v1 > e1", settings={"v1": {"act": "notify"}})),
    ("setting-misplaced", "t1", step(act="accept", form="accept", handler="notify")),
    ("setting-misplaced", "s1", model("s1 > t1 > e1", settings={"s1": {"form": "accept"}})),
    ("limit-wrong", "t1", step(act="accept", form="accept", limit="0")),
    ("limit-wrong", "t1", step(act="accept", form="accept", limit="两天")),
    ("limit-wrong", "t1", step(act="accept", form="accept", limit="²")),
    ("form-unfit", "t1", step(act="review", form="plain", item="food_operation")),
    ("form-unfit", "t1", step(act="decide", form="plain", item="food_operation")),
    ("form-unfit", "t1", step(act="accept", form="review")),
    ("call-unknown", "c1", model("s1 > c1 > e1", attributes={"c1": 'calledElement="mian"'})),
    ("call-unknown", "c1", model("s1 > c1 > e1")),
    ("call-loop", "c1", model("s1 > c1 > e1", attributes={"c1": 'calledElement="main"'})),
    ("item-undecided", "t1", model("s1 > t1 > e1", settings={"t1": FOOD}, lanes=MARKET)),
    ("not-drawn", "t1", model("s1 > t1 > e1", undrawn=["t1"])),
    ("not-drawn", "s1_t1", model("s1 > t1 > e1", undrawn=["s1_t1"])),
]


@pytest.mark.parametrize(("rule", "element", "text"), CASES)
def test_a_mistake_is_named_at_its_element(rule: str, element: str, text: str) -> None:
    assert (rule, element) in found(text)
    for mistake in mistakes(text):
        assert mistake.file == "processes/main/process.bpmn"
        assert mistake.says.endswith(("。", "？")) and mistake.do.rpartition("〔")[0].endswith(("。", "？"))


def test_a_wait_of_some_calendar_days_is_a_date() -> None:
    assert found(waiting("days_later[10]")) == set()


def test_every_rule_has_its_case() -> None:
    elsewhere = {
        "not-xml",
        "entities",
        "too-big",
        "not-bpmn",
        "process-missing",
        "process-twice",
    }  # test_bad_files
    proofs = {"deadlock", "arrives-twice", "never-ends", "side-joins", "or-unpaired", "too-complex"}
    about_items = {"item-twice", "item-process", "licence-wrong", "order-wrong", "limit-differs"}
    assert {rule for rule, _, _ in CASES} | elsewhere | proofs | about_items == set(RULES)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (when("acepted"), "accepted"),
        (when('"food_operatoin" in items'), "food_operation"),
        (when('outcomes["fire_check"] == "grantd"'), "granted"),
        (step(act="reveiw", form="accept"), "review"),
        (step(act="accept", form="accept", limt="3"), "limit"),
        (model("s1 > t1 > e1", lanes={"消防救援队": ["t1"]}), "消防救援大队"),
        (model("s1 > c1 > e1", attributes={"c1": 'calledElement="mian"'}), "main"),
        (boundary(event("timer", '<bpmn:timeDate>due["t"]</bpmn:timeDate>')), "t1"),
    ],
)
def test_a_mistyped_word_is_answered_with_the_nearest(text: str, word: str) -> None:
    assert any(f"您是不是要写“{word}”？" in each.do for each in mistakes(text))


def test_a_choice_between_a_condition_and_its_opposite_needs_no_default() -> None:
    assert found(model("s1 > x1", CHOICE[0], "x1 > t2 ? not accepted", *CHOICE[2:])) == set()


def test_a_file_without_any_drawing_is_told_once() -> None:
    text = model("s1 > t1 > e1")
    text = text[: text.index("<bpmndi:BPMNDiagram>")] + "</bpmn:definitions>"
    assert found(text) == {("not-drawn", "main")}


def test_an_id_that_another_called_file_uses_is_told() -> None:
    text = model("s1 > c1 > e1", attributes={"c1": 'calledElement="part"'})
    part = model("s2 > t1 > e1", process="part")
    assert found(text, part=part) == {("id-twice", "e1")}


def test_mistakes_in_a_called_file_are_named_with_that_file() -> None:
    text = model("s1 > c1 > e1", attributes={"c1": 'calledElement="part"'})
    part = model("s2 > t2", process="part")
    assert {each.file for each in mistakes(text, part=part)} == {"processes/shared/part.bpmn"}


def test_a_circle_of_calls_is_told_at_both_ends() -> None:
    text = model("s1 > c1 > e1", attributes={"c1": 'calledElement="part"'})
    part = model("s2 > c2 > e2", process="part", attributes={"c2": 'calledElement="main"'})
    assert found(text, part=part) == {("call-loop", "c1"), ("call-loop", "c2")}


def test_the_designers_guide_tells_every_rule_and_no_other() -> None:
    guide = (ROOT / "docs/designers/diagrams.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \|", guide.partition("## 五")[2], re.MULTILINE)
    assert sorted(told) == sorted(RULES)


def test_the_designers_guide_tells_every_fact_and_setting() -> None:
    guide = (ROOT / "docs/designers/diagrams.md").read_text(encoding="utf-8")
    settings, _, rest = guide.partition("## 三")[2].partition("## 四")
    assert set(re.findall(r"^\| `([a-z_]+)` \|", rest.partition("## 五")[0], re.MULTILINE)) == set(NAMES)
    assert set(re.findall(r"^\| `([a-z_]+)` \|", settings, re.MULTILINE)) == SETTINGS


def test_every_act_says_what_it_reads_of_its_form() -> None:
    assert READ.keys() == ACTS.keys()


def test_a_mistyped_question_of_a_form_is_pointed_at() -> None:
    told = mistakes(step(act="review", form="plain", item="food_operation"))
    assert any("现有的“opinon”是不是写错了？" in each.do for each in told)
