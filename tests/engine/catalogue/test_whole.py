"""All items against each other: needs, results and shared points of the checklists."""

from collections.abc import Callable

import pytest

from engine.catalogue.whole import check_items
from engine.files import Files
from forms.mistakes import Mistake

DRAINAGE = "processes/items/drainage.yaml"
FIRE = "processes/items/fire_check.yaml"
SIGN = "processes/items/signboard.yaml"
FEE = "fee: 0"
CHECKLIST = "checklist:\n"

Found = Callable[..., tuple[Mistake, ...]]


@pytest.fixture
def found(files: Files) -> Found:
    """What is said more than about the repository's own files: found(path, old, new, path, old, new)."""

    def read(*changes: str) -> tuple[Mistake, ...]:
        changed = dict(files)
        for path, old, new in zip(changes[::3], changes[1::3], changes[2::3], strict=True):
            assert old in changed[path], f"{path} does not say {old!r}"
            changed[path] = changed[path].replace(old, new)
        known = check_items(files)
        return tuple(each for each in check_items(changed) if each not in known)

    return read


def test_the_items_of_the_repository_fit_each_other(files: Files) -> None:
    assert check_items(files) == ()


def test_an_item_that_needs_an_unknown_one_offers_the_nearest(found: Found) -> None:
    (mistake,) = found(SIGN, FEE, "fee: 0\nneeds: {fire_chek: decide}")
    assert mistake.file == SIGN and mistake.element.startswith("needs.fire_chek 行 ")
    assert mistake.do == "您是不是要写“fire_check”？"


def test_an_item_waits_with_its_review_or_its_decision_and_nothing_else(found: Found) -> None:
    (mistake,) = found(SIGN, FEE, "fee: 0\nneeds: {fire_check: visit}")
    assert mistake.element.startswith("needs.fire_check 行 ")
    assert "review、decide" in mistake.says


def test_an_item_does_not_need_itself(found: Found) -> None:
    assert any("signboard" in each.says for each in found(SIGN, FEE, "fee: 0\nneeds: {signboard: decide}"))


def test_items_that_wait_for_each_other_in_a_circle_are_named(found: Found) -> None:
    (mistake,) = found(
        SIGN, FEE, "fee: 0\nneeds: {drainage: decide}", DRAINAGE, FEE, "fee: 0\nneeds: {signboard: review}"
    )
    assert "drainage、signboard" in mistake.says


def test_a_result_has_one_item_that_yields_it(found: Found) -> None:
    (mistake,) = found(SIGN, FEE, "fee: 0\nproduces: [fire_opinion]")
    assert mistake.file == SIGN and "fire_check" in mistake.says


def test_whoever_asks_for_a_result_needs_the_decision_that_yields_it(found: Found) -> None:
    (mistake,) = found(SIGN, "materials: [", "materials: [fire_opinion, ")
    assert mistake.element.startswith("materials.0 行 ")
    assert "fire_check: decide" in mistake.do


def test_the_same_point_says_the_same_in_every_checklist(found: Found) -> None:
    (mistake,) = found(SIGN, CHECKLIST, CHECKLIST + "  - {id: drainage_well, text: 别的话, basis: 消防法}\n")
    assert mistake.element.startswith("checklist.") and "drainage" in mistake.says


def test_the_same_point_in_two_checklists_is_no_mistake(found: Found) -> None:
    text = "接入市政管网前设有便于检测取样的检测井"
    assert (
        found(SIGN, CHECKLIST, f"{CHECKLIST}  - {{id: drainage_well, text: {text}, basis: 排水条例}}\n") == ()
    )
