"""The merge of any items of the catalogue: overlaps once, nothing lost, fees singly and summed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalogue import Answer, Catalogue, Item, MergedMaterial
from engine.catalogue.combined import RULES, committed_days, statutory_days
from engine.catalogue.material import APPLICANT, RESULT
from engine.catalogue.merging import merge
from engine.catalogue.question import NUMBER, YES_NO
from engine.files import industries_in
from engine.guide import GuideResult, asked, next_question, result
from engine.guide.notice import NeededItem
from forms.library import FormLibrary
from forms.merge import ItemNeeds, MergedForm
from forms.merge import merge as merge_forms
from tests.filing import files

CATALOGUES = {industry: Catalogue.read(files(), industry) for industry in industries_in(files())}
ITEMS: Mapping[str, Item] = {
    id: item for catalogue in CATALOGUES.values() for id, item in catalogue.items.items()
}
ANY = next(iter(CATALOGUES.values()))
MATERIALS = ANY.materials
FORMS = FormLibrary.read(files(), whole=True)
ON = date(2026, 11, 23)

some_items = st.lists(st.sampled_from(sorted(ITEMS)), min_size=1, unique=True)


def form_of(items: Sequence[str]) -> MergedForm:
    return merge_forms(
        FORMS,
        [
            ItemNeeds(item.id, item.name, item.form or "", "；".join(map(str, item.basis)), item.materials)
            for item in map(ITEMS.__getitem__, items)
        ],
    )


def materials_of(items: Sequence[str]) -> dict[str, MergedMaterial]:
    facts = ANY.facts({}, sorted(items))
    facts["answers"] = dict.fromkeys(_every_question(), False)
    return {each.material.id: each for each in merge([ITEMS[item] for item in items], MATERIALS, facts)}


def _every_question() -> set[str]:
    return {question.id for catalogue in CATALOGUES.values() for question in catalogue.questions}


def reasons_of(form: MergedForm) -> dict[str, set[tuple[str, str]]]:
    return {one.field.id: {(each.item, each.law) for each in one.reasons} for one in form.fields()}


@given(some_items, st.randoms())
def test_the_order_of_items_does_not_matter(items: list[str], random: Random) -> None:
    shuffled = items.copy()
    random.shuffle(shuffled)
    assert form_of(shuffled) == form_of(items)
    assert list(materials_of(shuffled)) == list(materials_of(items))
    for id, material in materials_of(items).items():
        other = materials_of(shuffled)[id]
        assert replace(other, items=material.items) == material
        assert set(other.items) == set(material.items)
    first, second = [ITEMS[id] for id in items], [ITEMS[id] for id in shuffled]
    assert statutory_days(first) == statutory_days(second)
    assert all(committed_days(first, rule) == committed_days(second, rule) for rule in RULES)


@given(some_items, st.sampled_from(sorted(ITEMS)))
def test_adding_an_item_takes_nothing_from_the_others_but_what_it_yields(items: list[str], more: str) -> None:
    before, after = reasons_of(form_of(items)), reasons_of(form_of([*items, more]))
    assert all(reasons <= after[id] for id, reasons in before.items())
    had, has = materials_of(items), materials_of([*items, more])
    assert had.keys() <= has.keys()
    for id, material in had.items():
        assert set(material.items) <= set(has[id].items)
        if material.source == APPLICANT and has[id].source != APPLICANT:
            assert id in ITEMS[more].produces and more not in items


@given(some_items)
def test_every_question_and_material_stands_once_and_has_an_item_and_a_law(items: list[str]) -> None:
    form = form_of(items)
    ids = [one.field.id for one in form.fields()]
    assert len(ids) == len(set(ids))
    assert len({one.field.label for one in form.fields()}) == len(ids)
    for one in form.fields():
        assert one.reasons, one.field.id
        assert {reason.item for reason in one.reasons} <= set(items)
        assert all(reason.law and reason.name for reason in one.reasons), one.field.id
    for id, material in materials_of(items).items():
        assert set(material.items) <= set(items) and material.items, id
        assert all(ITEMS[item].basis for item in material.items), id


@given(some_items)
def test_the_form_of_many_asks_what_each_asks_alone_and_nothing_else(items: list[str]) -> None:
    alone = [reasons_of(form_of([item])) for item in items]
    assert reasons_of(form_of(items)).keys() == set().union(*alone)
    assert set(materials_of(items)) == set().union(*(materials_of([item]) for item in items))


def test_what_an_item_yields_is_asked_of_nobody_and_without_it_of_the_applicant() -> None:
    producers = {name: item.id for item in ITEMS.values() for name in item.produces}
    wanting = [(id, name) for id, item in ITEMS.items() for name in item.materials if name in producers]
    assert wanting
    for id, name in wanting:
        assert materials_of([id])[name].source == APPLICANT
        together = materials_of([id, producers[name]])[name]
        assert together.source == RESULT and id in together.items


def test_every_result_has_exactly_one_item_that_yields_it() -> None:
    produced = [name for item in ITEMS.values() for name in item.produces]
    assert sorted(produced) == sorted(set(produced))
    assert all(MATERIALS[name].source == RESULT for name in produced)


@given(
    st.lists(st.tuples(st.sampled_from(sorted(ITEMS)), st.integers(0, 5000)), unique_by=lambda pair: pair[0])
)
def test_fees_are_listed_singly_and_summed(priced: list[tuple[str, int]]) -> None:
    needed = [NeededItem(replace(ITEMS[id], fee=fee), "", False, "", False) for id, fee in priced]
    notice = GuideResult(next(iter(ANY.regions.values())), ON, False, items=tuple(needed))
    assert [(item.id, fee) for item, fee in notice.fees] == priced
    assert notice.fee_total == sum(fee for _, fee in priced)


@st.composite
def applicants(draw: st.DrawFn) -> tuple[Catalogue, dict[str, Answer]]:
    """An industry, and what somebody answered to its questions from the first to the last."""
    catalogue = CATALOGUES[draw(st.sampled_from(sorted(CATALOGUES)))]
    answers: dict[str, Answer] = {}
    while (question := next_question(catalogue, answers)) is not None:
        if question.kind == YES_NO:
            answers[question.id] = draw(st.booleans())
        elif question.kind == NUMBER:
            near = [value for value in (49, 50, 51, 300, 301) if question.min <= value <= question.max]
            answers[question.id] = draw(
                st.sampled_from([*near, question.min]) | st.integers(question.min, question.max)
            )
        else:
            answers[question.id] = draw(st.sampled_from([value for value, _ in question.options]))
    return catalogue, answers


@settings(max_examples=400)
@given(applicants())
def test_whatever_is_answered_comes_to_a_whole_notice(asked_of: tuple[Catalogue, dict[str, Answer]]) -> None:
    catalogue, answers = asked_of
    notice = result(catalogue, answers, ON)
    if notice.ineligible is not None:
        assert notice.ineligible.because and notice.ineligible.instead
        return
    assert notice.items, "no item is needed, and the guide does not say what to do instead"
    chosen = {each.item.id for each in notice.items}
    assert chosen.isdisjoint(each.item.id for each in notice.not_needed)
    assert all(set(each.items) <= chosen for each in notice.materials)
    assert notice.to_bring <= len(notice.materials) <= notice.before_merge
    assert notice.visits <= notice.visits_before
    assert notice.statutory_days <= notice.statutory_sum
    assert asked(catalogue, answers)
