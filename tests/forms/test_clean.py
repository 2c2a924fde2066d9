"""A form is cleaned as a whole: conditions, rows and checklists, and nothing typed is lost or believed."""

from hypothesis import given
from hypothesis import strategies as st

from forms.checklist import Point, findings, merge_points
from forms.clean import clean
from forms.inputs import row_count
from tests.forms.conftest import TODAY, Ask, step

DELIVERY = """
way: {label: 方式, kind: choice, options: [邮寄, 自取]}
to: {label: 邮寄地址, kind: address, visible_if: way == "邮寄"}
"""
DECISION = """
outcome: {label: 决定, kind: choice, options: {granted: 准予, refused: 不准}}
reasons: {label: 理由, kind: long_text, required: outcome == "refused", error: 请写明理由}
"""
STAFF = """
staff:
  label: 人员
  kind: table
  error: 请至少填写一人
  min_rows: 1
  max_rows: 3
  columns:
    - {id: name, label: 姓名, kind: text}
    - {id: age, label: 年龄, kind: integer, required: false}
"""
POINTS = """
points: {label: 要点, kind: checklist, options: {pass: 合格, fail: 不合格, na: 不适用}, words_when: fail}
"""
EXITS = Point("exits", "安全出口畅通", "消防法", ("a",))
WATER = Point("water", "雨污分流", "条例", ("b",))


def test_a_hidden_question_is_not_asked_and_keeps_nothing(ask: Ask) -> None:
    cleaned = ask(DELIVERY, {"way": "自取", "to": "张店区柳泉路 88 号"})
    assert cleaned.values == {"way": "自取", "to": None} and cleaned.errors == {}


def test_a_visible_question_must_be_answered(ask: Ask) -> None:
    assert ask(DELIVERY, {"way": "邮寄"}).errors == {"to": "请填写邮寄地址"}


def test_conditions_may_name_questions_further_down(ask: Ask) -> None:
    upside_down = "\n".join(reversed(DELIVERY.strip().splitlines()))
    assert ask(upside_down, {"way": "邮寄"}).errors == {"to": "请填写邮寄地址"}


def test_errors_come_in_the_order_of_the_page(ask: Ask) -> None:
    upside_down = "\n".join(reversed(DELIVERY.strip().splitlines()))
    cleaned = ask(f"{upside_down}\nlast: {{label: 末, kind: text}}", {"way": "x", "to": "短"})
    assert list(cleaned.errors) == ["way", "last"]


def test_conditions_may_name_answers_of_other_sections(ask: Ask) -> None:
    definition = "a: {label: 甲, kind: text, visible_if: len(items) > 1}"
    assert ask(definition, {}, items=["x"]).errors == {}
    assert ask(definition, {}, items=["x", "y"]).errors == {"a": "请填写甲"}


def test_a_condition_without_a_value_asks_rather_than_forgets(ask: Ask) -> None:
    assert ask("a: {label: 甲, kind: text, visible_if: len(answers) > 1}", {}).errors == {"a": "请填写甲"}


def test_reasons_are_required_only_when_refused(ask: Ask) -> None:
    assert ask(DECISION, {"outcome": "granted"}).errors == {}
    assert ask(DECISION, {"outcome": "refused"}).errors == {"reasons": "请写明理由"}


def test_a_default_answers_when_nothing_was_sent(ask: Ask) -> None:
    assert ask('a: {label: 甲, kind: yes_no, default: "no"}', {}).values == {"a": False}


def test_what_was_typed_is_kept_and_nothing_else(ask: Ask) -> None:
    cleaned = ask(DELIVERY, {"way": "飞鸽\x00", "csrf_token": "x", "way-to-go": "y"})
    assert cleaned.raw == {"way": "飞鸽\ufffd", "way-to-go": "y"}


def test_rows_come_from_numbered_inputs_and_empty_ones_fall_away(ask: Ask) -> None:
    raw = {"staff-0-name": "张三", "staff-0-age": "30", "staff-1-name": " ", "staff-2-name": "李四"}
    cleaned = ask(STAFF, raw)
    assert cleaned.values["staff"] == [{"name": "张三", "age": 30}, {"name": "李四", "age": None}]


def test_an_error_in_a_row_stands_at_its_own_input(ask: Ask) -> None:
    raw = {"staff-0-name": "张三", "staff-1-name": "", "staff-2-age": "三十"}
    assert ask(STAFF, raw).errors == {"staff-2-name": "请填写姓名", "staff-2-age": "“年龄”请只填数字。"}


def test_a_table_without_rows_says_what_to_fill_in(ask: Ask) -> None:
    assert ask(STAFF, {"staff-0-name": ""}).errors == {"staff": "请至少填写一人"}


def test_a_table_has_a_bound(ask: Ask) -> None:
    raw = {f"staff-{number}-name": "张三" for number in range(4)}
    assert ask(STAFF, raw).errors == {"staff": "“人员”最多填 3 行，您填了 4 行。"}


def test_inputs_that_only_look_like_rows_are_ignored(ask: Ask) -> None:
    raw = {
        "staff-x-name": "a",
        "staff-0-salary": "b",
        "staff-0": "c",
        "staff-9999-name": "d",
        "staffs-0-name": "e",
    }
    assert ask(STAFF, raw).errors == {"staff": "请至少填写一人"}


def test_the_rows_of_a_page_are_counted_with_the_empty_ones() -> None:
    field = step(STAFF).steps["test"].fields[0]
    assert row_count(field, {"staff-2-name": ""}) == 3


def test_every_point_of_a_checklist_needs_a_result(ask: Ask) -> None:
    cleaned = ask(POINTS, {"points-exits": "pass"}, checklist=(EXITS, WATER))
    assert cleaned.errors == {"points-water": "请为“雨污分流”选择合格、不合格、不适用之一。"}


def test_a_failed_point_needs_words(ask: Ask) -> None:
    raw = {"points-exits": "fail", "points-water": "fail", "points-water-words": "混接"}
    assert ask(POINTS, raw, checklist=(EXITS, WATER)).errors == {
        "points-exits-words": "请写明“安全出口畅通”不合格的情况。"
    }


def test_a_checklist_is_kept_by_point(ask: Ask) -> None:
    raw = {"points-exits": "pass", "points-water": "na", "points-strange": "pass"}
    assert ask(POINTS, raw, checklist=(EXITS, WATER)).values["points"] == {
        "exits": {"result": "pass", "words": ""},
        "water": {"result": "na", "words": ""},
    }


def test_a_point_that_two_items_need_is_looked_at_once() -> None:
    other = Point("exits", "安全出口畅通", "消防法", ("b",))
    assert merge_points([EXITS, WATER, other]) == (
        Point("exits", "安全出口畅通", "消防法", ("a", "b")),
        WATER,
    )


def test_an_item_fails_with_any_of_its_points() -> None:
    shared = Point("exits", "安全出口畅通", "消防法", ("a", "b"))
    results = {"exits": {"result": "pass"}, "water": {"result": "fail"}}
    assert findings([shared, WATER], results) == {"a": "pass", "b": "fail"}
    assert findings([WATER, shared], results) == {"a": "pass", "b": "fail"}


def test_a_point_without_a_result_counts_as_failed() -> None:
    assert findings([EXITS], {}) == {"a": "fail"}


@given(
    st.dictionaries(st.from_regex(r"staff(-[0-9]{1,4})?(-[a-z]{1,4})?", fullmatch=True), st.text(max_size=5))
)
def test_any_rows_get_an_answer(raw: dict[str, str]) -> None:
    cleaned = clean(step(STAFF).steps["test"].fields, raw, today=TODAY, context={})
    assert set(cleaned.values) == {"staff"} and (cleaned.errors or cleaned.values["staff"])
