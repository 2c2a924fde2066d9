"""Codes are checked by their standards, and any single slip is caught."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from forms.codes import (
    USCC_LETTERS,
    fault_in_id,
    fault_in_mobile,
    fault_in_uscc,
    id_check,
    organisation_check,
    uscc_check,
)

TODAY = date(2026, 11, 22)
USCC = "91370303MA3T00017Y"
ID = "370303190001010016"


@st.composite
def usccs(draw: st.DrawFn) -> str:
    region = draw(st.from_regex(r"37[0-9]{4}", fullmatch=True))
    body = draw(st.text(USCC_LETTERS, min_size=8, max_size=8))
    first = f"{draw(st.sampled_from(['91', '92', '93', '52']))}{region}{body}{organisation_check(body)}"
    return first + uscc_check(first)


@st.composite
def ids(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    first = f"{draw(st.sampled_from(['370303', '110101', '810000', '830000']))}{born:%Y%m%d}"
    first += draw(st.from_regex(r"[0-9]{3}", fullmatch=True))
    return first + id_check(first)


@pytest.mark.parametrize("code", [USCC, "92370303MA3T00025N"])
def test_right_usccs_have_no_fault(code: str) -> None:
    assert fault_in_uscc(code) == ""


@given(usccs())
def test_usccs_agree_with_stdnum(code: str) -> None:
    assert fault_in_uscc(code) == "" and uscc.is_valid(code)


@given(usccs(), st.integers(0, 17), st.sampled_from(USCC_LETTERS))
def test_any_changed_character_of_a_uscc_is_caught(code: str, place: int, letter: str) -> None:
    assume(code[place] != letter)
    assert fault_in_uscc(code[:place] + letter + code[place + 1 :])


@given(usccs(), st.integers(0, 16))
def test_any_two_swapped_neighbours_of_a_uscc_are_caught(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    assert fault_in_uscc(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_the_inner_organisation_code_is_checked_too() -> None:
    wrong_inside = f"{USCC[:16]}8"
    code = wrong_inside + uscc_check(wrong_inside)
    assert uscc.is_valid(code)  # the outer check alone would let it pass
    assert "主体标识码" in fault_in_uscc(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (USCC[:-1], "您填了 17 位"),
        (f"{USCC[:-1]}X", "校验位不对"),
        (USCC.replace("0", "O"), "数字 1、0、5、2"),
        (f"{USCC[:8]}张{USCC[9:]}", "不会有“张”"),
        (f"91A{USCC[3:]}", "第 3 至 8 位应为数字"),
    ],
)
def test_what_is_wrong_with_a_uscc_is_said(code: str, words: str) -> None:
    assert words in fault_in_uscc(code)


@given(ids())
def test_right_ids_have_no_fault(number: str) -> None:
    assert fault_in_id(number, TODAY) == ""


@given(st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_the_check_character_of_an_id_agrees_with_stdnum(first17: str) -> None:
    # Only this: stdnum also refuses residence permits and counties younger than their people.
    assert id_check(first17) == ric.calc_check_digit(f"{first17}0")


@given(ids())
def test_birth_dates_agree_with_stdnum(number: str) -> None:
    assert f"{ric.get_birth_date(number):%Y%m%d}" == number[6:14]


@given(ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_changed_character_of_an_id_is_caught(number: str, place: int, letter: str) -> None:
    assume(number[place] != letter)
    assert fault_in_id(number[:place] + letter + number[place + 1 :], TODAY)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("370303", "您填了 6 位"),
        (f"{ID[:-1]}5", "校验位不对"),
        ("99030319000101001X", "前两位“99”"),
        ("370303190002300011", "1900 年 02 月 30 日）不存在"),
        ("370303205001010015", "还没有到"),
        (f"{ID[:-1]}张", "17 位数字"),
        (f"{'３' * 17}X", "17 位数字"),
    ],
)
def test_what_is_wrong_with_an_id_is_said(number: str, words: str) -> None:
    assert words in fault_in_id(number, TODAY)


def test_a_birthday_today_exists_and_tomorrow_does_not_yet() -> None:
    today, tomorrow = "37030320261122001", "37030320261123001"
    assert fault_in_id(today + id_check(today), TODAY) == ""
    assert "还没有到" in fault_in_id(tomorrow + id_check(tomorrow), TODAY)


@given(st.text(max_size=20))
def test_any_text_gets_words_and_never_an_exception(text: str) -> None:
    for fault in (fault_in_uscc(text), fault_in_id(text, TODAY), fault_in_mobile(text)):
        assert isinstance(fault, str)


def test_mobile_numbers_have_eleven_digits_from_1() -> None:
    assert fault_in_mobile("13800000000") == ""
    assert "您填了 10 位" in fault_in_mobile("1380000000")
    assert "1 开头" in fault_in_mobile("23800000000")
