"""Checks that what a scenario names is there: questions, steps and their fields, timers, ends, items."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.diagram import Node, read_diagram
from engine.scenarios.reading import Scenario
from engine.workflow import Model
from forms.library import FormLibrary
from forms.mistakes import Mistake, nearest
from forms.source import Files


@dataclass(frozen=True)
class Names:
    """What the scenarios of one industry may name; `steps` are the questions of each step's form."""

    questions: Collection[str]
    items: Collection[str]
    steps: Mapping[str, Collection[str]]
    timers: Collection[str]
    ends: Collection[str]


def names_in(files: Files, catalogue: Catalogue, model: Model, forms: FormLibrary) -> Names:
    """The names of an industry that can be read."""
    nodes: list[Node] = []
    for process, path in model.processes.items():
        nodes += (node for node in read_diagram(files[path], path).nodes if node.process == process)
    asked = {
        step.id: [field.id for field in forms.steps[step.form].fields] if step.form in forms.steps else []
        for step in model.steps.values()
    }
    return Names(
        questions=[question.id for question in catalogue.questions],
        items=list(catalogue.items),
        steps=asked,
        timers=[node.id for node in nodes if node.event == "timer"],
        ends=[node.id for node in nodes if node.kind == "endEvent" and node.process == model.process],
    )


def check_names(file: str, scenario: Scenario, names: Names) -> Iterator[Mistake]:
    """Every name in one scenario that is not there, with the nearest that is."""
    for question in scenario.answers:
        yield from _unknown(file, f"answers.{question}", "导办的问题", question, names.questions)
    for deed in scenario.steps:
        if deed.wait:
            yield from _unknown(file, "steps.wait", "计时器", deed.wait, names.timers)
        if deed.do:
            yield from _unknown(file, "steps.do", "环节", deed.do, names.steps)
            for field in deed.form:
                fields = names.steps.get(deed.do)
                if fields is not None:
                    yield from _unknown(file, f"steps.{deed.do}.form", "字段", field, fields)
    yield from _unknown(file, "expect.end", "结束事件", scenario.expect.end, names.ends)
    for item in scenario.expect.outcomes:
        yield from _unknown(file, "expect.outcomes", "事项", item, names.items)


def _unknown(file: str, element: str, what: str, word: str, known: Collection[str]) -> Iterator[Mistake]:
    if word not in known:
        do = nearest(word, known) or f"可写的有：{'、'.join(sorted(known))}。"
        yield Mistake(file, element, f"没有{what}“{word}”。", do)
