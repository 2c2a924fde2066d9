"""Leads through the questions of a guide one at a time and reads the answers as people type them."""

import re
import unicodedata
from collections.abc import Mapping

from engine.catalogue import Answer, Catalogue, NotFor, Question
from engine.catalogue.question import NUMBER, YES_NO
from engine.errors import Invalid

Answers = Mapping[str, Answer]

LONGEST_ANSWER = 100  # characters; no honest answer comes near it
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?", re.ASCII)
_SQUARE_METRES = ("平方米", "平米", "平方", "平", "m2")
_YES_NO = {"yes": True, "no": False}


def usable(catalogue: Catalogue, answers: Mapping[str, object]) -> dict[str, Answer]:
    """The answers that these questions could have taken; whatever else was answered is asked anew."""
    return {
        each.id: value
        for each in catalogue.questions
        if isinstance(value := answers.get(each.id), bool | int | float | str) and each.accepts(value)
    }


def asked(catalogue: Catalogue, answers: Answers) -> tuple[Question, ...]:
    """All questions on this applicant's way, in order, answered or still to come."""
    facts = catalogue.facts(usable(catalogue, answers))
    return tuple(each for each in catalogue.questions if each.show_if is None or each.show_if.evaluate(facts))


def next_question(catalogue: Catalogue, answers: Answers) -> Question | None:
    """The first question still without a usable answer; None when the result is settled already.

    It is settled too once the answers so far show that the industry is not for this applicant.
    """
    known = usable(catalogue, answers)
    if excluded_by(catalogue, known) is not None:
        return None
    return next((each for each in asked(catalogue, known) if each.id not in known), None)


def excluded_by(catalogue: Catalogue, answers: Answers) -> NotFor | None:
    """The rule that shuts this applicant out, once every question that it reads has an answer."""
    facts = catalogue.facts(answers)
    questions = {each.id for each in catalogue.questions}
    for rule in catalogue.not_for:
        if catalogue.read_by(rule.when) & questions <= answers.keys() and rule.when.evaluate(facts):
            return rule
    return None


def clean_answer(question: Question, raw: str) -> Answer:
    """The answer that `raw`, as posted by a page, stands for.

    Yes and no come as `yes` and `no`, choices and regions as their value, numbers as typed: full-width digits
    and a unit behind the number are understood. Raises Invalid: the question's id → what to do, in Chinese.
    """
    if len(raw) > LONGEST_ANSWER:
        raise wrong(question, f"填写的内容太长，最多 {LONGEST_ANSWER} 个字。")
    text = unicodedata.normalize("NFKC", raw).strip()
    if question.kind == NUMBER:
        return _number(question, text)
    if question.kind == YES_NO:
        if text not in _YES_NO:
            raise wrong(question, "请选择“是”或“否”。")
        return _YES_NO[text]
    if not question.accepts(text):
        raise wrong(question, "请从列出的选项中选择一项。")
    return text


def wrong(question: Question, says: str) -> Invalid:
    """The error that names one question."""
    return Invalid({question.id: says})


def _number(question: Question, text: str) -> int | float:
    if not text:
        raise wrong(question, f"请填写数字，单位是{question.unit}。" if question.unit else "请填写数字。")
    if text.startswith("-"):
        raise wrong(question, "不能是负数。")
    digits = _without_unit(text, question.unit)
    if not _DECIMAL.fullmatch(digits):
        raise wrong(question, "只填数字就可以，例如 120 或者 85.5，最多两位小数。")
    value = float(digits) if "." in digits else int(digits)
    for beyond, says in (
        (value < question.min, f"不能小于 {question.min}{question.unit}。"),
        (value > question.max, f"不能大于 {question.max}{question.unit}，请核对是不是多打了数字。"),
    ):
        if beyond:
            raise wrong(question, says)
    return value


def _without_unit(text: str, unit: str) -> str:
    """`text` without the unit behind its number, also in the short forms that people use."""
    units = _SQUARE_METRES if unit in _SQUARE_METRES else (unit,)
    for each in units:
        if each and text.endswith(each):
            return text.removesuffix(each).strip()
    return text
