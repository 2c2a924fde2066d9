"""Finds what keeps items from being promised: conditions that name nothing known, no form, no later check."""

from collections.abc import Collection, Iterable, Iterator

from engine.catalogue import Catalogue, Item
from engine.catalogue.stated import FACTS_OF_ANY
from engine.files import LIFECYCLE, STEPS, Files
from engine.linked import POST_CHECK
from engine.said import GRANTED, REFUSED
from engine.taking import PROMISE
from forms.expressions import CannotEvaluate
from forms.library import FormLibrary
from forms.mistakes import Mistake, nearest


def check_commitments(files: Files, catalogue: Catalogue, forms: FormLibrary) -> Iterator[Mistake]:
    """Every mistake about 告知承诺 in the items of an industry."""
    versions = [item for history in catalogue.history.values() for item in history]
    for item in {id(each.commitment_when): each for each in versions if each.commitment_when}.values():
        yield from _check_condition(item, catalogue, forms)
    if any(item.commitment == "full" or item.commitment_when for item in versions):
        yield from _check_steps(files, forms)


def _check_condition(item: Item, catalogue: Catalogue, forms: FormLibrary) -> Iterator[Mistake]:
    """Names and words of `commitment_when`: fields of the item's own form and what `inspection` may name."""
    condition = item.commitment_when
    assert condition is not None
    fields = {field.id: field for field in forms.items[item.form].fields} if item.form else {}
    options = {option.value for name in condition.names & fields.keys() for option in fields[name].options}
    words = {*options, *catalogue.settings(catalogue.industry.open_in[0]), *catalogue.items, *catalogue.rules}
    words |= {question.id for question in catalogue.questions}
    wrong = [
        *_unknown("数据项", condition.names - {*FACTS_OF_ANY}, fields.keys()),
        *_unknown("选项、设置或问题", condition.constants, words),
    ]
    for says, do in wrong:
        yield Mistake(f"processes/items/{item.id}.yaml", "commitment_when", says, do)
    if not wrong:
        facts = catalogue.facts({}, ())
        try:
            item.may_be_promised({name: facts[name] for name in FACTS_OF_ANY}, {})
        except CannotEvaluate as error:
            do = "什么都还没有填时，条件也要算得出结果。"
            yield Mistake(f"processes/items/{item.id}.yaml", "commitment_when", str(error), do)


def _unknown(what: str, used: Iterable[str], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for word in sorted({*used} - {*known}):
        do = nearest(word, known) or f"可以用：{'、'.join(sorted(known)) or '（没有）'}。"
        yield f"条件里没有名为“{word}”的{what}。", do


def _check_steps(files: Files, forms: FormLibrary) -> Iterator[Mistake]:
    """The form of the decision on the spot, and the process of the check that comes later."""
    asked = {field.id: field for field in forms.steps[PROMISE].fields} if PROMISE in forms.steps else {}
    outcome = asked.get("outcome")
    if outcome is None or {each.value for each in outcome.options} != {GRANTED, REFUSED}:
        path = f"{STEPS}{PROMISE}.yaml"
        do = f"请写上字段 outcome，选项正好是 {GRANTED}、{REFUSED}。"
        yield Mistake(path, "outcome", "有事项可以告知承诺，但缺少当场决定的表单，或者表单没有结果可读。", do)
    if f"{LIFECYCLE}{POST_CHECK}.bpmn" not in files:
        path = f"{LIFECYCLE}{POST_CHECK}.bpmn"
        yield Mistake(path, "文件", "有事项可以告知承诺，但没有事后核查的流程图。", "请补上这张图。")
