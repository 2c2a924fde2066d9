"""Checks that every condition and sentence of a catalogue names only what it may read, and has a value."""

from collections.abc import Collection, Iterator, Mapping

from engine.catalogue.question import EMPTY
from engine.catalogue.reading import Sheets
from engine.catalogue.stated import FACTS_OF_ANY, Stated, conditions_of, sentences_of, settings_of
from engine.catalogue.wording import names_in
from engine.rules import Rules, Table, rule_path
from engine.rules.unary import WORDS
from forms.expressions import CannotEvaluate, Expression
from forms.mistakes import Mistake, nearest

COMPARE = "请检查比较的两边是不是同一类数据。"


def check_conditions(sheets: Sheets, tables: Mapping[str, Table]) -> Iterator[Mistake]:
    """Every condition that names something unknown or has no value, every sentence with an unknown place."""
    samples, words = _samples(sheets, tables), _words(sheets, tables)
    unknown = [mistake for table in tables.values() for mistake in _check_table(table, samples, words)]
    yield from unknown
    for stated in conditions_of(sheets):
        yield from _check(stated, samples, words, evaluates=not unknown)
    for said in sentences_of(sheets):
        for name in sorted(names_in(said.sentence) - set(said.names)):
            do = nearest(name, said.names) or f"可以用：{'、'.join(said.names) or '（没有）'}。"
            yield said.document.mistake(said.keys, f"句子里没有名为“{{{name}}}”的值。", do)


def _check(
    stated: Stated, samples: Mapping[str, object], words: Collection[str], *, evaluates: bool
) -> Iterator[Mistake]:
    wrong = list(_unknown(stated.condition, stated.facts, words))
    for says, do in wrong:
        yield stated.document.mistake(stated.keys, says, do)
    if evaluates and not wrong:
        try:
            stated.condition.evaluate({name: samples[name] for name in stated.facts})
        except CannotEvaluate as error:
            yield stated.document.mistake(stated.keys, str(error), COMPARE)


def _check_table(table: Table, samples: Mapping[str, object], words: Collection[str]) -> Iterator[Mistake]:
    """Names and words of a table's cells, where they stand."""
    facts = [*WORDS, *(name for name in samples if name != "rules")]
    for row in table.rows:
        for test in row.tests:
            wrong = list(_unknown(test.expression, facts, words))
            try:
                if not wrong:
                    test.holds(samples)
            except CannotEvaluate as error:
                wrong.append((str(error), COMPARE))
            for says, do in wrong:
                yield Mistake(rule_path(table.name), test.element, says, do)


def _unknown(
    condition: Expression, facts: Collection[str], words: Collection[str]
) -> Iterator[tuple[str, str]]:
    for kind, used, known in (
        ("数据项", condition.names, facts),
        ("设置、问题、选项或决策表", condition.constants, words),
    ):
        for word in sorted(used - set(known)):
            do = nearest(word, known) or f"可以用：{'、'.join(sorted(known))}。"
            yield f"条件里没有名为“{word}”的{kind}。", do


def _samples(sheets: Sheets, tables: Mapping[str, Table]) -> dict[str, object]:
    """Facts of an application that has answered nothing yet, in the city."""
    answers: dict[str, object] = {each.id: EMPTY[each.kind] for each in sheets.guide.questions}
    facts = {**answers, "settings": settings_of(sheets), "answers": answers, "items": []}
    samples: dict[str, object] = {**facts, "rules": Rules(tables, facts)}
    assert samples.keys() >= set(FACTS_OF_ANY)
    return samples


def _words(sheets: Sheets, tables: Mapping[str, Table]) -> frozenset[str]:
    """Texts that may stand in a condition: names of settings, questions, options, regions, items, tables."""
    options = (value for question in sheets.guide.questions for value, _ in question.options)
    questions = (question.id for question in sheets.guide.questions)
    return frozenset([*settings_of(sheets), *options, *questions, *sheets.regions, *sheets.items, *tables])
