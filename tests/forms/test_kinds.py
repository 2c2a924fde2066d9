"""Each kind takes what people really type, keeps one form of it, and says what is wrong with the rest."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.clean import clean
from forms.inputs import gather, spread
from forms.kinds import KINDS
from tests.forms.conftest import TODAY, Ask, step


def kept(ask: Ask, definition: str, typed: str | list[str], **context: object) -> Any:
    cleaned = ask(f"it: {{label: 它, {definition}}}", {"it": typed}, **context)
    assert cleaned.errors == {}
    return cleaned.values["it"]


def words(ask: Ask, definition: str, typed: str | list[str], **context: object) -> str:
    cleaned = ask(f"it: {{label: 它, {definition}}}", {"it": typed}, **context)
    assert cleaned.values["it"] is None
    return cleaned.errors["it"]


@pytest.mark.parametrize(
    ("definition", "typed", "value"),
    [
        ("kind: text", "  张三 的店 ", "张三 的店"),
        ("kind: long_text", "一行\r\n\r\n两行\t", "一行\n\n两行"),
        ("kind: address", "张店区柳泉路 88 号", "张店区柳泉路 88 号"),
        ("kind: uscc", " ９１３７０３０３ ma3t-00017y", "91370303MA3T00017Y"),
        ("kind: cn_id", "370303 19000101 0016", "370303190001010016"),
        ("kind: code", "ｅ 1234-5678", "E12345678"),
        ("kind: mobile", "+86 138-1234-5678", "13812345678"),
        ("kind: mobile", "１３８１２３４５６７８", "13812345678"),
        ("kind: email", "wang@example.com", "wang@example.com"),
        ("kind: number", "１２０．５", 120.5),
        ("kind: number", "1,200.0", 1200),
        ("kind: number, decimals: 1", "0.1", 0.1),
        ("kind: integer", "12", 12),
        ("kind: money", "1,234.50", 123450),
        ("kind: date", "2026-02-28", "2026-02-28"),
        ("kind: date", "2026年2月8日", "2026-02-08"),
        ("kind: date", "20260208", "2026-02-08"),
        ("kind: date", "２０２６／２／８", "2026-02-08"),
        ("kind: choice, options: [甲, 乙]", "乙", "乙"),
        ("kind: choice, options: {a: 甲, b: 乙}", "b", "b"),
        ("kind: choices, options: [甲, 乙, 丙]", ["丙", "甲", "丙"], ["甲", "丙"]),
        ("kind: choices, options: [甲, 乙]", "乙", ["乙"]),
        ("kind: yes_no", "yes", True),
        ("kind: yes_no", "no", False),
    ],
)
def test_what_people_type_is_kept_in_one_form(ask: Ask, definition: str, typed: Any, value: Any) -> None:
    found = kept(ask, definition, typed)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("definition", "typed", "says"),
    [
        ("kind: text", "一行\n两行", "控制字符（U+000A）"),
        ("kind: text", "张\x00三", "控制字符（U+0000）"),
        ("kind: text", "张\ud800", "控制字符（U+D800）"),
        ("kind: text", "张\u200b三", "看不见的字符（U+200B）"),
        ("kind: text", "\u202e三张", "看不见的字符（U+202E）"),
        ("kind: text, printed: true", "老张😀", "“😀”（U+1F600）无法印在证照上"),
        ("kind: text, max_length: 3", "一二三四", "最多 3 个字，您填了 4 个字"),
        ("kind: long_text", "一" * 2001, "最多 2000 个字"),
        ("kind: address", "张店", "地址太短"),
        ("kind: uscc", "91370303MA3T00017X", "校验位不对"),
        ("kind: cn_id", "370303190001010015", "校验位不对"),
        ("kind: code", "护照1", "只能有字母和数字"),
        ("kind: mobile", "0533-2770000", "1 开头"),
        ("kind: email", "wang@", "name@example.com"),
        ("kind: number, unit: 平方米", "80平方米", "只填数字，不用写单位“平方米”"),
        ("kind: number", "一百", "只填数字"),
        ("kind: number", "NaN", "只填数字"),
        ("kind: number", "1e5", "只填数字"),
        ("kind: number", "1,20", "只填数字"),
        ("kind: number", "9" * 60, "只填数字"),
        ("kind: number", "1.234", "最多 2 位小数"),
        ("kind: integer", "1.5", "应为整数"),
        ("kind: number, min: 1, unit: 平方米", "0.5", "不能小于 1平方米"),
        ("kind: number, max: 100", "101", "不能大于 100"),
        ("kind: money", "0.001", "最多 2 位小数"),
        ("kind: text, printed: true", "张\x00三", "看不见的字符（U+0000）无法印在证照上"),
        ("kind: date", "明天", "2026-11-22 这样"),
        ("kind: date", "2026128", "2026-11-22 这样"),
        ("kind: date", "2026-02-30", "没有 2026 年 2 月 30 日这一天"),
        ("kind: date, max: today", "2026-11-23", "不能晚于 2026-11-22"),
        ("kind: date, min: 2026-01-01", "2025-12-31", "不能早于 2026-01-01"),
        ("kind: choice, options: [甲, 乙]", "丙", "请从给出的选项中选择"),
        ("kind: choices, options: [甲, 乙]", ["甲", "丙"], "请从给出的选项中选择"),
        ("kind: yes_no", "maybe", "“是”或“否”"),
        ("kind: region", "370303", "请从名单中选择"),
        ("kind: file", "someone-elses", "重新上传"),
    ],
)
def test_what_is_wrong_is_said_in_words(ask: Ask, definition: str, typed: Any, says: str) -> None:
    assert says in words(ask, definition, typed)


def test_a_region_is_one_of_those_offered(ask: Ask) -> None:
    regions = {"370303": "张店区"}
    assert kept(ask, "kind: region", "370303", regions=regions) == "370303"
    assert "请从名单中选择" in words(ask, "kind: region", "370302", regions=regions)


def test_items_are_those_of_the_case(ask: Ask) -> None:
    asked, offered = "q: {label: 事项, kind: choices, options_from: items}", {"items": {"a": "甲", "b": "乙"}}
    assert ask(asked, {"q": ["b", "a"]}, options=offered).values["q"] == ["a", "b"]
    assert "请从给出的选项中选择" in ask(asked, {"q": ["c"]}, options=offered).errors["q"]
    assert "请从给出的选项中选择" in ask(asked, {"q": ["a"]}).errors["q"]


def test_a_file_is_one_that_was_handed_in(ask: Ask) -> None:
    assert kept(ask, "kind: file", "f1", uploads={"f1": "合同.pdf"}) == "f1"


@pytest.mark.parametrize("kind", [name for name in KINDS if name not in ("checklist", "table")])
def test_ten_megabytes_of_text_are_an_error_at_the_field(kind: str, ask: Ask) -> None:
    options = ", options: [甲, 乙]" if "options" in KINDS[kind].takes else ""
    name = "it-0-name" if kind == "person_list" else "it"
    cleaned = ask(f"it: {{label: 它, kind: {kind}{options}}}", {name: "啊" * 3_500_000})
    assert cleaned.errors[name]
    assert all(len(value) <= 20_000 for value in cleaned.raw.values())


def test_an_empty_answer_asks_in_plain_words(ask: Ask) -> None:
    cleaned = ask("a: {label: 经营场所地址, kind: address}\nb: {label: 区县, kind: region}", {"a": " \u3000"})
    assert cleaned.errors == {"a": "请填写经营场所地址", "b": "请选择区县"}


def test_an_optional_answer_may_be_empty(ask: Ask) -> None:
    cleaned = ask("a: {label: 甲, kind: number, required: false}", {"a": ""})
    assert cleaned.values == {"a": None} and cleaned.errors == {}


def test_braces_in_a_definitions_words_are_only_braces(ask: Ask) -> None:
    assert ask('a: {label: 甲, kind: text, error: "请写{甲}"}', {}).errors == {"a": "请写{甲}"}


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ("kind: text", "张三"),
        ("kind: number", 120.5),
        ("kind: integer", 3),
        ("kind: money", 123450),
        ("kind: money", -5),
        ("kind: yes_no", False),
        ("kind: choices, options: [甲, 乙]", ["甲", "乙"]),
        ("kind: person_list", [{"name": "张三", "id_no": "370303190001010016", "phone": "13800000000"}]),
    ],
)
def test_a_kept_answer_put_back_into_its_inputs_reads_the_same(definition: str, value: Any) -> None:
    fields = step(f"it: {{label: 它, {definition}}}").steps["test"].fields
    cleaned = clean(fields, spread(fields[0], value), today=TODAY, context={})
    assert cleaned.errors == {} and cleaned.values["it"] == value


@given(st.sampled_from(sorted(KINDS)), st.one_of(st.text(), st.lists(st.text(), max_size=3)))
def test_whatever_is_typed_into_any_kind_gets_an_answer(kind: str, typed: str | list[str]) -> None:
    options = ", options: [甲, 乙]" if "options" in KINDS[kind].takes else ""
    columns = ", columns: [{id: a, label: 甲, kind: integer}]" if kind == "table" else ""
    fields = step(f"it: {{label: 它, kind: {kind}{options}{columns}}}").steps["test"].fields
    raw = {
        "it": typed,
        "it-0-a": typed,
        "it-0-name": typed,
        "it-p": typed,
        "it-999-a": typed,
        "it-p-words": typed,
    }
    cleaned = clean(fields, raw, today=TODAY, context={"checklist": (), "regions": {}, "uploads": {}})
    assert all(error for error in cleaned.errors.values())
    assert gather(fields[0], cleaned.raw) is not None
    for value in cleaned.raw.values():
        "".join(value).encode()  # nothing that a database or a page could not hold
        assert "\x00" not in value
