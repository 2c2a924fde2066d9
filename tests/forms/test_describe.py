"""A page is told everything it needs to draw a question, and an answer reads as people would say it."""

from datetime import date
from typing import Any

import pytest

from forms.checklist import Point
from forms.describe import describe, describe_all, in_words
from forms.fields import Field
from forms.merge import MergedField, Reason
from forms.page import Showing, Source
from tests.forms.conftest import step

STAFF = "staff: {label: 人员, kind: person_list, min_rows: 2, max_rows: 3}"
POINTS = "points: {label: 要点, kind: checklist, options: {pass: 合格, fail: 不合格}, words_when: fail}"
EXITS = Point("exits", "安全出口畅通", "消防法第十六条", ("fire",))


def one(fields: str) -> Field:
    return step(fields).steps["test"].fields[0]


def test_a_simple_question_says_how_it_is_typed() -> None:
    field = one("a: {label: 面积, kind: number, unit: 平方米, hint: 建筑面积}")
    question = describe(field, Showing(raw={"a": "八十"}, errors={"a": "请只填数字"}))
    assert (question.name, question.control, question.label, question.unit) == (
        "a",
        "input",
        "面积",
        "平方米",
    )
    assert (question.value, question.error, question.hint) == ("八十", "请只填数字", "建筑面积")
    assert question.attributes == {"inputmode": "decimal"} and question.optional is False


@pytest.mark.parametrize(
    ("kind", "control", "type"),
    [
        ("text", "input", "text"),
        ("mobile", "input", "tel"),
        ("date", "input", "date"),
        ("long_text", "textarea", "text"),
        ("region", "select", "text"),
        ("yes_no", "choices", "text"),
        ("file", "file", "text"),
    ],
)
def test_each_kind_has_its_control(kind: str, control: str, type: str) -> None:
    question = describe(one(f"a: {{label: 甲, kind: {kind}}}"), Showing())
    assert (question.control, question.type) == (control, type)


def test_regions_are_offered_by_name() -> None:
    question = describe(one("a: {label: 甲, kind: region}"), Showing(facts={"regions": {"370303": "张店区"}}))
    assert [(option.value, option.label) for option in question.options] == [("370303", "张店区")]


def test_a_prefilled_value_says_where_it_comes_from_and_why_it_is_asked() -> None:
    reason, source = Reason("food", "食品经营许可", "食品安全法"), Source("市场监管共享", date(2026, 11, 20))
    asked = MergedField(one("a: {label: 甲, kind: text}"), (reason,))
    question = describe(asked, Showing(raw={"a": "x"}, sources={"a": source}))
    assert (question.source, question.reasons) == (source, (reason,))


def test_a_hidden_question_keeps_its_condition_for_the_page() -> None:
    fields = (
        step("way: {label: 甲, kind: yes_no}\nto: {label: 乙, kind: text, visible_if: way}")
        .steps["test"]
        .fields
    )
    hidden = describe_all(fields, Showing())[1]
    shown = describe_all(fields, Showing(facts={"way": True}))[1]
    assert (hidden.visible, shown.visible, hidden.visible_if) == (False, True, '["name", "way"]')


def test_a_table_shows_as_many_rows_as_it_needs_and_one_more_when_asked() -> None:
    field = one(STAFF)
    assert len(describe(field, Showing()).lines) == 2
    grown = describe(field, Showing(raw={"staff-1-name": "张三"}, grow="staff"))
    assert len(grown.lines) == 3 and not grown.can_grow
    assert [question.name for question in grown.lines[1].questions] == [
        "staff-1-name",
        "staff-1-id_no",
        "staff-1-phone",
    ]
    assert grown.lines[1].questions[0].value == "张三"


def test_an_error_in_a_row_is_shown_in_that_row() -> None:
    shown = describe(one(STAFF), Showing(errors={"staff-1-phone": "请填写手机号码"}))
    assert shown.lines[1].questions[2].error == "请填写手机号码" and shown.error == ""


def test_a_point_of_a_checklist_shows_its_law_its_result_and_words() -> None:
    showing = Showing(
        raw={"points-exits": "fail"}, errors={"points-exits-words": "请写明"}, facts={"checklist": [EXITS]}
    )
    line = describe(one(POINTS), showing).lines[0]
    result, words = line.questions
    assert line.point == EXITS
    assert (result.label, result.hint, result.value) == ("安全出口畅通", "消防法第十六条", "fail")
    assert (words.name, words.error, words.optional) == ("points-exits-words", "请写明", True)


@pytest.mark.parametrize(
    ("definition", "value", "words"),
    [
        ("kind: text", "张三", "张三"),
        ("kind: text", None, ""),
        ("kind: number, unit: 平方米", 120.5, "120.5 平方米"),
        ("kind: money", 123450, "1,234.50 元"),
        ("kind: yes_no", False, "否"),
        ("kind: choice, options: {a: 甲, b: 乙}", "b", "乙"),
        ("kind: choices, options: [甲, 乙]", ["甲", "乙"], "甲、乙"),
        ("kind: region", "370303", "张店区"),
        ("kind: date", "2026-02-08", "2026年2月8日"),
        (
            "kind: table, columns: [{id: a, label: 甲, kind: text}, {id: b, label: 乙, kind: money}]",
            [{"a": "冰柜", "b": 150000}, {"a": "烤箱", "b": None}],
            "冰柜 1,500.00 元；烤箱",
        ),
        (
            "kind: checklist, options: {pass: 合格, fail: 不合格}",
            {"exits": {"result": "fail", "words": "上锁"}},
            "不合格 上锁",
        ),
    ],
)
def test_an_answer_reads_as_people_would_say_it(definition: str, value: Any, words: str) -> None:
    assert in_words(one(f"a: {{label: 甲, {definition}}}"), value, {"370303": "张店区"}) == words
