"""A designer's YAML says what it says, and every mistake in it has a line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.mistakes import Mistakes
from forms.source import LARGEST_FILE, read_document


def mistake(text: str) -> str:
    with pytest.raises(Mistakes) as caught:
        read_document({"a.yaml": text}, "a.yaml")
    return str(caught.value)


def test_every_key_path_knows_its_line() -> None:
    document = read_document({"a.yaml": "title: 甲\nfields:\n  - id: a\n    hint: 乙\n  - b\n"}, "a.yaml")
    assert document.element(("fields", 0, "hint")) == "fields.0.hint 行 4"
    assert document.element(("fields", 1)) == "fields.1 行 5"


def test_a_missing_key_is_placed_at_its_parent() -> None:
    document = read_document({"a.yaml": "one:\n  two: 1\n"}, "a.yaml")
    assert document.element(("one", "three")) == "one.three 行 1"


def test_codes_and_words_stay_as_written() -> None:
    text = "code: 000131024000\nanswer: no\ntime: 1:30\nyes: y\nbig: 12345678901234567890\n"
    data = read_document({"a.yaml": text}, "a.yaml").data
    assert data == {
        "code": "000131024000",
        "answer": "no",
        "time": "1:30",
        "yes": "y",
        "big": "12345678901234567890",
    }


def test_numbers_dates_and_flags_are_what_they_look_like() -> None:
    text = 'a: 3\nb: -1.5\nc: true\nd: 2023-12-01\ne:\nf: "3"\ng: |\n  两\n  行\n'
    data = read_document({"a.yaml": text}, "a.yaml").data
    assert data == {
        "a": 3,
        "b": -1.5,
        "c": True,
        "d": date(2023, 12, 1),
        "e": None,
        "f": "3",
        "g": "两\n行\n",
    }


def test_a_key_written_twice_is_refused_with_both_lines() -> None:
    assert mistake("fields:\n  a: 1\n  b: 2\n  a: 3\n").startswith(
        "a.yaml · fields.a 行 4：“a”写了两次（另一处在第 2 行）。"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x", "锚点"),
        ("a: *x", "锚点"),
        ("a: !!python/object/apply:os.system [ls]", "类型标签"),
        ("a: 1\n---\nb: 2", "两份文档"),
        ("[1, 2]", "最外层"),
        ("", "最外层"),
        ("a: [1", "不是正确的 YAML"),
        ("a: 1\n  b: 2", "行 2：不是正确的 YAML"),
        ("? [1]\n: 2", "键名不是一个词"),
        ("a: \x00", "不能使用的字符"),
        ("a: \ud800", "不能使用的字符"),
        ("a: 2023-02-30", "没有 2023-02-30 这一天"),
        ("a: " + "x" * LARGEST_FILE, "超过"),
    ],
)
def test_what_hides_or_breaks_is_refused(text: str, words: str) -> None:
    assert words in mistake(text)


def test_deep_nesting_is_refused() -> None:
    assert "嵌套" in mistake("a: " + "[" * 100_000)


def test_a_missing_file_is_a_mistake_too() -> None:
    with pytest.raises(Mistakes, match="缺少这个文件"):
        read_document({}, "a.yaml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(read_document({"a.yaml": text}, "a.yaml").data, dict)
    except Mistakes as refused:
        assert refused.mistakes
