"""Checks that what decides whether a question is asked can be known where it is asked."""

from collections.abc import Collection, Mapping
from graphlib import CycleError, TopologicalSorter

from forms.entries import Entry
from forms.expressions import Expression
from forms.fields import Field
from forms.mistakes import nearest
from forms.question import CONTEXT


def check_conditions(question: Field, entry: Entry, known: Mapping[str, Field]) -> None:
    """Note names that are neither a field in `known` nor given by the context, and words no option has."""
    for key, condition in (("visible_if", question.visible_if), ("required", question.required)):
        if not isinstance(condition, Expression):
            continue
        for name in sorted(condition.names - known.keys() - CONTEXT):
            near = nearest(name, [*known, *CONTEXT]) or "请改用已有字段的名称。"
            entry.wrong(key, f"条件里的“{name}”不是这里能用的字段。", near)
        offered = _offered(condition, known)
        for words in sorted(condition.constants - offered if offered else ()):
            near = nearest(words, offered) or f"选项有：{'、'.join(sorted(offered))}。"
            entry.wrong(key, f"条件里的“{words}”不是选项的值。", near)


def check_order(questions: Collection[Field], defined: Mapping[str, Entry]) -> None:
    """Note questions that wait for each other's answers, at one of them in `defined`."""
    try:
        in_order(questions)
    except CycleError as error:
        cycle = [str(id) for id in error.args[1]]
        words = f"字段的条件互相等待：{' → '.join(cycle)}。"
        defined[min(cycle)].wrong("visible_if", words, "请改其中一个字段的条件。")


def in_order(questions: Collection[Field]) -> list[Field]:
    """The questions, each after those that its conditions name. Raises CycleError."""
    known = {question.id: question for question in questions}
    graph = {id: question.names & known.keys() for id, question in known.items()}
    return [known[id] for id in TopologicalSorter(graph).static_order()]


def _offered(condition: Expression, known: Mapping[str, Field]) -> frozenset[str]:
    """The values that the named fields can have, empty when one of them is not a choice."""
    named = [known.get(name) for name in condition.names]
    if not all(field and field.options for field in named):
        return frozenset()
    return frozenset(option.value for field in named if field for option in field.options)
