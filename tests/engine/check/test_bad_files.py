"""Files that are no diagram are answered with file, place and remedy, never with an exception."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.check import KnownItem, KnownLane, check_model, rule_of
from forms.mistakes import Mistake
from tests.engine.check.models import FORMS, HEAD, found, mistakes, model

ROOT = Path(__file__).resolve().parents[3]
GOOD = model("s1 > t1 > e1")
REAL = (ROOT / "processes/restaurant/process.bpmn").read_text(encoding="utf-8")
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{"&" + a + ";" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><x y="&i;">&i;</x>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + GOOD.replace(
    'id="t1"', 'id="t1" name="&e;"'
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "not-xml"),
        ("这不是 XML", "not-xml"),
        ("<a><b></a>", "not-xml"),
        ("\ud800", "not-xml"),
        ("<a>\x00</a>", "not-xml"),
        ("<x/>", "not-bpmn"),
        ('<definitions xmlns="http://example.com"/>', "not-bpmn"),
        (HEAD + "</bpmn:definitions>", "process-missing"),
        (LAUGHS, "entities"),
        (OUTSIDE, "entities"),
        ("<x>" + "a" * 10_000_000 + "</x>", "too-big"),
        ("<a>" * 5000, "not-xml"),
        (model(*(f"s1 > t{n} > e1" for n in range(600))), "too-big"),
    ],
)
def test_a_file_that_is_no_diagram_is_named_with_its_remedy(text: str, rule: str) -> None:
    told = mistakes(text)
    first = next(each for each in told if rule_of(each) == rule)
    assert first.file == "processes/main/process.bpmn"
    assert first.says.endswith("。") and len(first.do) > len(rule) + 5


def test_the_line_of_a_broken_tag_is_named() -> None:
    told = mistakes("<a>\n<b>\n</a>")
    assert "行 3" in {each.element for each in told}


def test_an_encoding_that_the_file_only_claims_makes_no_difference() -> None:
    assert found('<?xml version="1.0" encoding="UTF-16"?>' + GOOD) == set()


def test_a_wrong_process_id_is_answered_with_the_nearest() -> None:
    text = model("s1 > t1 > e1", process="mian")
    (mistake,) = mistakes(text)
    assert rule_of(mistake) == "process-missing" and "“mian”" in mistake.do


def test_two_files_with_one_process_are_told_apart() -> None:
    assert ("process-twice", "main") in found(GOOD, other=GOOD)


def test_another_broken_file_of_the_deployment_is_told_too() -> None:
    assert ("not-xml", "行 1") in found(GOOD, other="<")


def test_no_files_at_all_are_answered() -> None:
    told = check_model({}, "main", lanes={}, items={}, facts=(), forms={}, handlers=())
    assert [rule_of(each) for each in told] == ["process-missing"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_damage_to_a_real_file_makes_the_check_fail(data: st.DataObject) -> None:
    text = REAL
    for _ in range(data.draw(st.integers(1, 6))):
        begin = data.draw(st.integers(0, len(text)))
        end = begin + data.draw(st.integers(0, 40))
        put = data.draw(
            st.sampled_from(["", "x", "review_fire_check", '"', "<", ">", "/>", " id=", "bpmn:", "parallel"])
        )
        text = text[:begin] + put + text[end:]
    told = _check_restaurant(text)
    assert all(isinstance(each, Mistake) and rule_of(each) for each in told)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_exchange_of_words_in_a_real_file_makes_the_check_fail(data: st.DataObject) -> None:
    """Stays well-formed XML, so that the later rules see it."""
    words = st.sampled_from(sorted({*_words(REAL), "", "a|b", "a:b", "0"}))
    text = REAL
    for _ in range(data.draw(st.integers(1, 5))):
        text = text.replace(f'="{data.draw(words)}"', f'="{data.draw(words)}"', data.draw(st.integers(1, 3)))
    kinds = st.sampled_from(
        ["userTask", "inclusiveGateway", "exclusiveGateway", "endEvent", "subProcess", "task"]
    )
    text = text.replace(f"bpmn:{data.draw(kinds)} ", f"bpmn:{data.draw(kinds)} ")
    assert all(rule_of(each) for each in _check_restaurant(text))


def _words(text: str) -> list[str]:
    return [each.partition('"')[0] for each in text.split('="')[1:]]


def _check_restaurant(text: str) -> list[Mistake]:
    return check_model(
        {"processes/restaurant/process.bpmn": text},
        "restaurant",
        lanes={"综合窗口": KnownLane("approval", "window")},
        items={"fire_check": KnownItem("fire", "fire", needs={"food_operation": "decide"})},
        facts=("items", "outcomes"),
        forms=FORMS,
        handlers=("license",),
    )
