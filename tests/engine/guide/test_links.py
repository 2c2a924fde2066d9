"""The link that carries a guide's answers: back to the same ones, and never against other questions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import Answer
from engine.errors import NotFound
from engine.guide import decode_answers, encode_answers, next_question
from tests.engine.test_guide import EVERYTHING, RESTAURANT, answers, with_change


@given(answers)
def test_a_link_leads_back_to_the_same_answers(given_answers: dict[str, Answer]) -> None:
    text = encode_answers(RESTAURANT, given_answers)
    assert re.fullmatch(r"[A-Za-z0-9_.~-]{1,60}", text)
    assert decode_answers(RESTAURANT, text) == given_answers


def test_a_link_to_half_the_answers_leads_to_the_next_question() -> None:
    text = encode_answers(RESTAURANT, {"district": "370303", "area": 120})
    question = next_question(RESTAURANT, decode_answers(RESTAURANT, text))
    assert question is not None and question.id == "cold_food"


def test_a_link_from_before_the_questions_changed_is_not_read_against_the_new_ones() -> None:
    path = "processes/restaurant/guide.yaml"
    more = "questions:\n  - {id: owner, text: 您是老板吗？, kind: yes_no}\n"
    catalogue = with_change(path, "questions:\n", more)
    with pytest.raises(NotFound, match="已经更新"):
        decode_answers(catalogue, encode_answers(RESTAURANT, EVERYTHING))


@pytest.mark.parametrize(
    "ending", ["_370303_1e9_y", "_999999_120", "_370303_0", "_370303_120_x", "_370303" + "_y" * 9, "_../x"]
)
def test_a_link_that_somebody_has_changed_is_refused(ending: str) -> None:
    mark = encode_answers(RESTAURANT, {})
    with pytest.raises(NotFound) as raised:
        decode_answers(RESTAURANT, mark + ending)
    assert "从头回答" in raised.value.do


@given(st.text(max_size=600))
def test_any_other_text_is_no_link(text: str) -> None:
    try:
        assert set(decode_answers(RESTAURANT, text)) <= set(EVERYTHING)
    except NotFound as error:
        assert error.says and error.do
