"""One-time informing: from a few answers in everyday words to exactly the items, materials, days and fees."""

from engine.guide.link import decode_answers, encode_answers
from engine.guide.notice import GuideResult, Ineligible, NeededItem, UnneededItem, result
from engine.guide.questions import Answers, asked, clean_answer, next_question, usable

__all__ = [
    "Answers",
    "GuideResult",
    "Ineligible",
    "NeededItem",
    "UnneededItem",
    "asked",
    "clean_answer",
    "decode_answers",
    "encode_answers",
    "next_question",
    "result",
    "usable",
]
