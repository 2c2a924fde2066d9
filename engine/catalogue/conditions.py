"""Checks that every condition and sentence of a catalogue names only what it may read, and has a value."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.catalogue.question import EMPTY
from engine.catalogue.reading import MATERIALS, Sheets, guide_path, industry_path, item_path
from engine.catalogue.wording import names_in
from forms.expressions import CannotEvaluate, Expression
from forms.mistakes import Mistake, nearest
from forms.source import Document, Path

# What the conditions of items and materials may read, whatever the industry.
FACTS_OF_ANY = ("answers", "items", "settings")


@dataclass(frozen=True)
class _Readable:
    """What one condition may read: facts by name with a sample each, and the words that may stand in it."""

    facts: Mapping[str, object]
    words: Collection[str]


def check_conditions(sheets: Sheets) -> Iterator[Mistake]:
    """Every condition that names something unknown or has no value, every sentence with an unknown place."""
    yield from _check_guide(sheets)
    yield from _check_industry(sheets)
    samples = _samples(sheets)
    of_any = _Readable({name: samples[name] for name in FACTS_OF_ANY}, _words(sheets))
    for item in sheets.items.values():
        yield from _check(sheets.documents[item_path(item.id)], ("inspection",), item.inspection, of_any)
    for name, material in sheets.materials.items():
        yield from _check(sheets.documents[MATERIALS], ("materials", name, "when"), material.when, of_any)


def _check_guide(sheets: Sheets) -> Iterator[Mistake]:
    document = sheets.documents[guide_path(sheets.industry.id)]
    samples, words = _samples(sheets), _words(sheets)
    earlier: dict[str, object] = {"settings": samples["settings"]}
    for number, question in enumerate(sheets.guide.questions):
        readable = _Readable(dict(earlier), words)
        yield from _check(document, ("questions", number, "show_if"), question.show_if, readable)
        earlier[question.id] = EMPTY[question.kind]
    for number, not_for in enumerate(sheets.guide.not_for):
        keys: Path = ("not_for", number)
        yield from _check(document, (*keys, "when"), not_for.when, _Readable(earlier, words))
        for key, sentence in (("because", not_for.because), ("instead", not_for.instead)):
            yield from _check_sentence(document, (*keys, key), sentence, sheets)


def _check_industry(sheets: Sheets) -> Iterator[Mistake]:
    document = sheets.documents[industry_path(sheets.industry.id)]
    readable = _Readable(_samples(sheets), _words(sheets))
    for number, item in enumerate(sheets.industry.items):
        keys: Path = ("items", number)
        yield from _check(document, (*keys, "when"), item.when, readable)
        for key, sentence in (("why", item.why), ("otherwise", item.otherwise)):
            yield from _check_sentence(document, (*keys, key), sentence, sheets)
    for number, note in enumerate(sheets.industry.notes):
        keys = ("notes", number)
        yield from _check(document, (*keys, "when"), note.when, readable)
        yield from _check_sentence(document, (*keys, "text"), note.text, sheets)


def _check(
    document: Document, keys: Path, condition: Expression | None, readable: _Readable
) -> Iterator[Mistake]:
    if condition is None:
        return
    wrong = False
    for kind, used, known in (
        ("数据项", condition.names, readable.facts),
        ("设置、问题或选项", condition.constants, readable.words),
    ):
        for word in sorted(used - set(known)):
            wrong = True
            do = nearest(word, known) or f"可以用：{'、'.join(sorted(known))}。"
            yield document.mistake(keys, f"条件里没有名为“{word}”的{kind}。", do)
    if not wrong:
        try:
            condition.evaluate(readable.facts)
        except CannotEvaluate as error:
            yield document.mistake(keys, str(error), "请检查比较的两边是不是同一类数据。")


def _check_sentence(document: Document, keys: Path, sentence: str, sheets: Sheets) -> Iterator[Mistake]:
    known = [*_settings(sheets), *(each.id for each in sheets.guide.questions), "region"]
    for name in sorted(names_in(sentence) - set(known)):
        do = nearest(name, known) or f"可以用：{'、'.join(known)}。"
        yield document.mistake(keys, f"句子里没有名为“{{{name}}}”的值。", do)


def _samples(sheets: Sheets) -> dict[str, object]:
    """Facts of an application that has answered nothing yet, in the city."""
    answers: dict[str, object] = {each.id: EMPTY[each.kind] for each in sheets.guide.questions}
    return {**answers, "settings": _settings(sheets), "answers": answers, "items": []}


def _settings(sheets: Sheets) -> Mapping[str, object]:
    return next((each.settings for each in sheets.regions.values() if each.parent is None), {})


def _words(sheets: Sheets) -> frozenset[str]:
    """The texts that may stand in a condition: names of settings, questions, options, regions and items."""
    options = (value for question in sheets.guide.questions for value, _ in question.options)
    questions = (question.id for question in sheets.guide.questions)
    return frozenset([*_settings(sheets), *options, *questions, *sheets.regions, *sheets.items])
