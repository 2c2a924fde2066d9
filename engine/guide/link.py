"""Writes a guide's answers into a short piece of a web address and reads them back, trusting nothing."""

import hashlib
import re

from engine.catalogue import Answer, Catalogue, Question
from engine.catalogue.question import CHOICE, YES_NO
from engine.errors import Invalid, NotFound
from engine.guide.questions import Answers, asked, clean_answer, usable

BETWEEN = "_"
LONGEST_LINK = 500
_FORM = re.compile(r"[0-9a-f]{6}(_[A-Za-z0-9.]*)*", re.ASCII)
_AGAIN = "请从头回答几个问题，结果会重新生成。"


def encode_answers(catalogue: Catalogue, answers: Answers) -> str:
    """The answers as text for a link: `a1b2c3_370303_120_y_n`, one part a question in the guide's order.

    It begins with a mark of the questions, so that it is never read against others. Questions that are not on
    this applicant's way are left empty.
    """
    known, way = usable(catalogue, answers), asked(catalogue, answers)
    parts = [
        _part(each, known[each.id]) if each in way and each.id in known else ""
        for each in catalogue.questions
    ]
    return BETWEEN.join([_mark(catalogue), *parts]).rstrip(BETWEEN)


def decode_answers(catalogue: Catalogue, text: str) -> dict[str, Answer]:
    """The answers in a link's text, each checked as if typed. Raises NotFound for any other text."""
    if len(text) > LONGEST_LINK or not _FORM.fullmatch(text):
        raise NotFound("这个链接不完整。", _AGAIN)
    mark, *parts = text.split(BETWEEN)
    if mark != _mark(catalogue) or len(parts) > len(catalogue.questions):
        raise NotFound("这个链接生成以后，导办的问题已经更新。", _AGAIN)
    pairs = zip(catalogue.questions, parts, strict=False)
    try:
        return {question.id: _value(question, part) for question, part in pairs if part}
    except (Invalid, LookupError, ValueError):
        raise NotFound("这个链接里的回答不正确。", _AGAIN) from None


def _mark(catalogue: Catalogue) -> str:
    """Six characters that change with the questions; the regions that are open make no difference."""
    said = [(each.id, each.kind, each.options if each.kind == CHOICE else ()) for each in catalogue.questions]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:6]


def _part(question: Question, value: Answer) -> str:
    if question.kind == YES_NO:
        return "y" if value else "n"
    if question.kind == CHOICE:
        return str([option for option, _ in question.options].index(str(value)))
    return str(value)


def _value(question: Question, part: str) -> Answer:
    if question.kind == YES_NO:
        return {"y": True, "n": False}[part]
    if question.kind == CHOICE:
        return question.options[int(part)][0]
    return clean_answer(question, part)
