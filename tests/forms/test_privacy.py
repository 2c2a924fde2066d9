"""What others may see of a person: enough to recognise, too little to misuse."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.privacy import mask_name, mask_number, masked
from tests.forms.conftest import step


def test_a_name_keeps_its_first_character() -> None:
    assert (mask_name("张三丰"), mask_name("𠮷田"), mask_name("")) == ("张*", "𠮷*", "")


def test_numbers_keep_their_ends() -> None:
    assert mask_number("370303190001010016") == "370***********0016"
    assert mask_number("13812345678") == "138****5678"


@given(st.text(max_size=30))
def test_a_masked_number_never_shows_more_than_seven_characters(number: str) -> None:
    assert len(mask_number(number).replace("*", "")) <= 7
    assert len(number) >= 10 or set(mask_number(number)) <= {"*"}


@pytest.mark.parametrize(
    ("definition", "value", "seen"),
    [
        ("kind: text", "淄博味真餐饮有限公司", "淄博味真餐饮有限公司"),
        ("kind: text, privacy: personal", "张三丰", "张*"),
        ("kind: cn_id, privacy: sensitive", "370303190001010016", "370***********0016"),
        ("kind: mobile, privacy: personal", "13812345678", "138****5678"),
        ("kind: address, privacy: personal", "张店区柳泉路 88 号", "（不公开）"),
        ("kind: choice, options: [甲, 乙], privacy: sensitive", "甲", "（不公开）"),
        ("kind: mobile, privacy: personal", None, ""),
        (
            "kind: person_list, privacy: personal",
            [{"name": "张三", "id_no": "370303190001010016", "phone": "13812345678"}],
            "张* 370***********0016 138****5678",
        ),
    ],
)
def test_an_answer_is_masked_by_its_privacy(definition: str, value: Any, seen: str) -> None:
    assert masked(step(f"a: {{label: 甲, {definition}}}").steps["test"].fields[0], value) == seen
