"""Checks that what a scenario names is there: questions, steps and their fields, timers, ends, items."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.catalogue import Catalogue, Question
from engine.diagram import Node, read_diagram
from engine.scenarios.reading import Deed, Scenario
from engine.workflow import Model
from forms.fields import Field
from forms.library import FormLibrary
from forms.mistakes import Mistake, nearest
from forms.source import Files


@dataclass(frozen=True)
class Names:
    """What the scenarios of one industry may name.

    `steps` are the questions of each person's step, `points` those of all checklists.
    """

    questions: Mapping[str, Question]
    items: Collection[str]
    steps: Mapping[str, Mapping[str, Field]]
    points: Collection[str]
    timers: Collection[str]
    ends: Collection[str]


def names_in(files: Files, catalogue: Catalogue, model: Model, forms: FormLibrary) -> Names:
    """The names of an industry that can be read."""
    nodes: list[Node] = []
    for process, path in model.processes.items():
        nodes += (node for node in read_diagram(files[path], path).nodes if node.process == process)
    asked = {
        step.id: {field.id: field for field in forms.steps[step.form or ""].fields}
        for step in model.steps.values()
        if step.form in forms.steps
    }
    return Names(
        questions={question.id: question for question in catalogue.questions},
        items=list(catalogue.items),
        steps=asked,
        points=[point.id for item in catalogue.items.values() for point in item.checklist],
        timers=[node.id for node in nodes if node.event == "timer"],
        ends=[node.id for node in nodes if node.kind == "endEvent" and node.process == model.process],
    )


def check_names(file: str, scenario: Scenario, names: Names) -> Iterator[Mistake]:
    """Every name in one scenario that is not there, with the nearest that is."""
    for name, answer in scenario.answers.items():
        yield from _unknown(file, f"answers.{name}", "导办的问题", name, names.questions)
        if name in names.questions and not names.questions[name].accepts(answer):
            do = "请改成这个问题能接受的回答：是否题写 true 或 false，选择题写选项的值，数字题写数字。"
            yield Mistake(file, f"answers.{name}", f"问题“{name}”不会得到回答“{answer}”。", do)
    for deed in scenario.steps:
        if deed.wait:
            yield from _unknown(file, "steps.wait", "计时器", deed.wait, names.timers)
        if deed.do:
            yield from _unknown(file, "steps.do", "环节", deed.do, names.steps)
            yield from _form(file, deed, names)
    yield from _unknown(file, "expect.end", "结束事件", scenario.expect.end, names.ends)
    for item in scenario.expect.outcomes:
        yield from _unknown(file, "expect.outcomes", "事项", item, names.items)


def _form(file: str, deed: Deed, names: Names) -> Iterator[Mistake]:
    """What one step is filled in with: its questions, the points of its checklist and their results."""
    fields = names.steps.get(deed.do or "", {})
    for name, value in deed.form.items() if fields else ():
        element = f"steps.{deed.do}.form"
        yield from _unknown(file, element, "字段", name, fields)
        options = {option.value for option in fields[name].options} if name in fields else set()
        if name in fields and fields[name].kind == "checklist":
            yield from _points(file, f"{element}.{name}", value, names.points, options)
        elif options and isinstance(value, str):
            yield from _unknown(file, f"{element}.{name}", "选项", value, options)


def _points(
    file: str, element: str, value: object, points: Collection[str], results: Collection[str]
) -> Iterator[Mistake]:
    for point, found in value.items() if isinstance(value, dict) else [("", value)]:
        if not isinstance(found, dict):
            do = "请写成“要点: {result: fail, words: 看到了什么}”。"
            yield Mistake(file, element, f"核查要点不能写成“{found}”。", do)
            continue
        yield from _unknown(file, element, "要点", point, points)
        yield from _unknown(file, element, "结果", str(found.get("result")), results)


def _unknown(file: str, element: str, what: str, word: str, known: Collection[str]) -> Iterator[Mistake]:
    if word not in known:
        do = nearest(word, known) or f"可写的有：{'、'.join(sorted(known))}。"
        yield Mistake(file, element, f"没有{what}“{word}”。", do)
