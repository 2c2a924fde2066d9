"""What the law wants of an announcement, a hearing and a decision, whatever the clerk's form says."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.acts import ACTS
from engine.cases import Case, CaseItem
from engine.catalogue import Catalogue, Phases, Special
from engine.deployments import unpublished
from engine.errors import Invalid
from engine.said import Said
from engine.workflow import Step
from tests.engine.test_words_of_a_case import NEW
from tests.filing import INDUSTRY, NOW, files

FIRST, SECOND = "fire_check", "food_operation"
GRANT: Mapping[str, object] = {"outcome": "granted", "reasons": None}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The restaurant's, in which the second item needs the first; the second is reviewed and visited."""
    read = unpublished(files(), INDUSTRY, NOW).catalogue
    second = replace(read.item(SECOND), needs={FIRST: "decide"}, phases=Phases(1, 1, 1))
    return replace(read, items={**read.items, SECOND: second})


def case(*items: CaseItem) -> Case:
    return replace(NEW, items={item.item: item for item in items})


def examined(item: str, outcome: str | None = None) -> CaseItem:
    """An item whose review and visit went well."""
    return CaseItem(item, True, "agree", "pass", outcome)


def do(act: str, catalogue: Catalogue, about: Case, values: Mapping[str, object]) -> Said:
    step = Step("s", "环节", "user", "p", act=act, item=SECOND)
    return ACTS[act](about, step, values, catalogue)


def refused(catalogue: Catalogue, about: Case, values: Mapping[str, object] = GRANT) -> Mapping[str, str]:
    """What the clerk is told who tries to decide so."""
    with pytest.raises(Invalid) as told:
        do("decide", catalogue, about, values)
    return told.value.errors


def test_an_item_is_granted_after_the_one_it_needs(catalogue: Catalogue) -> None:
    said = do("decide", catalogue, case(examined(FIRST, "granted"), examined(SECOND)), GRANT)
    assert said.items == {SECOND: {"outcome": "granted", "reasons": None}}


def test_an_item_is_never_granted_when_the_one_it_needs_was_refused(catalogue: Catalogue) -> None:
    about = case(examined(FIRST, "refused"), examined(SECOND))
    for values in (GRANT, {"outcome": "granted", "reasons": "仍然准予。"}):
        told = refused(catalogue, about, values)["outcome"]
        assert catalogue.item(FIRST).name in told and catalogue.item(SECOND).name in told
        assert "请选择“不予许可”" in told


def test_an_item_is_never_granted_before_the_one_it_needs(catalogue: Catalogue) -> None:
    assert "请先办理" in refused(catalogue, case(examined(FIRST), examined(SECOND)))["outcome"]


def test_an_item_that_rests_on_a_refused_one_may_be_refused(catalogue: Catalogue) -> None:
    values = {"outcome": "refused", "reasons": "消防安全检查不合格。"}
    said = do("decide", catalogue, case(examined(FIRST, "refused"), examined(SECOND)), values)
    assert said.outcome == "refused"


def test_an_item_that_is_not_in_the_case_is_not_waited_for(catalogue: Catalogue) -> None:
    assert do("decide", catalogue, case(examined(SECOND)), GRANT).outcome == "granted"


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (CaseItem(SECOND, True, "disagree", "pass"), "不支持准予"),
        (CaseItem(SECOND, True, "agree", "fail"), "不支持准予"),
        (CaseItem(SECOND, True, None, None), "没有经过审查"),
        (CaseItem(SECOND, False, None, None), "没有经过审查"),
        (CaseItem(SECOND, True, "agree", None), "没有踏勘"),
    ],
)
def test_what_nothing_in_the_case_supports_is_granted_only_with_reasons(
    catalogue: Catalogue, item: CaseItem, words: str
) -> None:
    told = refused(catalogue, case(item))["reasons"]
    assert words in told and "请写明理由" in told
    with_reasons = {"outcome": "granted", "reasons": "材料齐全，现场情况已另行核实。"}
    assert do("decide", catalogue, case(item), with_reasons).outcome == "granted"


def test_an_item_that_nobody_reviews_needs_no_reasons(catalogue: Catalogue) -> None:
    filing = replace(catalogue.item(SECOND), phases=Phases(0, 0, 0))
    on_the_spot = replace(catalogue, items={**catalogue.items, SECOND: filing})
    assert do("decide", on_the_spot, case(CaseItem(SECOND, False)), GRANT).outcome == "granted"


def test_an_announcement_and_a_hearing_decide_nothing(catalogue: Catalogue) -> None:
    about = case(examined(SECOND))
    days = {"first_day": "2026-11-23", "last_day": "2026-12-03"}
    assert do("announce", catalogue, about, days) == Said("announced")
    assert do("hear", catalogue, about, {"conclusion": "divided"}) == Said("divided")


def test_an_announcement_does_not_end_before_it_begins(catalogue: Catalogue) -> None:
    with pytest.raises(Invalid) as told:
        do("announce", catalogue, case(), {"first_day": "2026-11-23", "last_day": "2026-11-22"})
    assert set(told.value.errors) == {"last_day"}


def test_nothing_is_granted_without_the_hearing_that_the_law_wants(catalogue: Catalogue) -> None:
    hearing = Special("听证", 20, "working_day", "条例第十条", False, False, before_granting=True)
    heard = replace(catalogue.item(SECOND), special=(hearing,))
    wanted = replace(catalogue, items={**catalogue.items, SECOND: heard})
    opposed = case(examined(FIRST, "granted"), CaseItem(SECOND, True, "disagree"))
    told = refused(wanted, opposed, {"outcome": "granted", "reasons": "仍然准予。"})["outcome"]
    assert "没有经过听证，不能准予" in told
    assert (
        do("decide", wanted, case(examined(FIRST, "granted"), examined(SECOND)), GRANT).outcome == "granted"
    )
