"""A slip of the pen in any file of an industry is found, with its place and the nearest right word."""

from collections.abc import Mapping

import pytest

from engine.checking import check_industry
from forms.mistakes import Mistake
from tests.filing import INDUSTRY, files

PROCESS = "processes/restaurant/process.bpmn"
ACCEPTANCE = "processes/shared/acceptance.bpmn"
FOOD = "processes/items/food_operation.yaml"
FOOD_FIELDS = "forms/definitions/fields/food_operation.yaml"
SIGN_FIELDS = "forms/definitions/fields/signboard.yaml"


def check(changes: Mapping[str, tuple[str, str]]) -> tuple[Mistake, ...]:
    changed = dict(files())
    for path, (old, new) in changes.items():
        assert old in changed[path], f"{old} is not in {path}"
        changed[path] = changed[path].replace(old, new, 1)
    return check_industry(changed, INDUSTRY)


def test_the_files_as_they_are_have_no_mistake() -> None:
    assert check_industry(files(), INDUSTRY) == ()


@pytest.mark.parametrize(
    ("path", "old", "new", "word"),
    [
        (PROCESS, 'name="form" value="review"', 'name="form" value="reveiw"', "review"),
        (
            PROCESS,
            'name="item" value="food_operation"',
            'name="item" value="food_operatoin"',
            "food_operation",
        ),
        (PROCESS, 'name="市场监督管理局"', 'name="市场监督管理"', "市场监督管理局"),
        (PROCESS, "visit_needed", "visit_neded", "visit_needed"),
        (PROCESS, 'calledElement="acceptance"', 'calledElement="aceptance"', "acceptance"),
        (ACCEPTANCE, 'value="remind"', 'value="remnd"', "remind"),
        (FOOD, "number: market.food_business", "number: market.food_busines", "market.food_business"),
        (FOOD, "reviewer: market", "reviewer: markte", "market"),
        (FOOD, "statutory_days", "statutory_day", "statutory_days"),
        (FOOD, "scope_from: [food_items]", "scope_from: [food_itmes]", "food_items"),
        ("processes/materials.yaml", "merged_into: floor_plan", "merged_into: flor_plan", "floor_plan"),
        ("processes/regions.yaml", 'parent: "370300"', 'parent: "370301"', "370300"),
        ("processes/departments.yaml", "department: market", "department: maket", "market"),
        ("processes/restaurant/industry.yaml", "id: food_operation", "id: food_operaton", "food_operation"),
        ("processes/restaurant/guide.yaml", "field: area", "field: aera", "area"),
        ("forms/definitions/sections.yaml", "fields:", "feilds:", "fields"),
        (FOOD_FIELDS, "kind: choices", "kind: choises", "choices"),
        ("forms/definitions/fields.yaml", "label:", "lable:", "label"),
        ("forms/definitions/items/food_operation.yaml", "food_online", "food_onlin", "food_online"),
        ("forms/definitions/steps/decide.yaml", "required: outcome", "required: outcom", "outcome"),
    ],
)
def test_a_slip_is_found_by_name_with_the_nearest_word(path: str, old: str, new: str, word: str) -> None:
    found = check({path: (old, new)})
    assert any(word in mistake.do or word in mistake.says for mistake in found), found
    assert all(mistake.file and mistake.element and mistake.says and mistake.do for mistake in found)


@pytest.mark.parametrize(
    "path",
    [PROCESS, ACCEPTANCE, FOOD, "processes/restaurant/guide.yaml", "processes/regions.yaml"],
)
@pytest.mark.parametrize("text", ["", "\x00", "<", "a: [", "{}", "- 1\n- 2\n", "🍜" * 10])
def test_a_file_that_is_something_else_is_a_mistake_and_no_accident(path: str, text: str) -> None:
    found = check_industry({**files(), path: text}, INDUSTRY)
    assert any(mistake.file == path for mistake in found), found


@pytest.mark.parametrize("path", [PROCESS, ACCEPTANCE, FOOD, "processes/departments.yaml"])
def test_a_file_that_is_missing_is_named(path: str) -> None:
    found = check_industry({name: text for name, text in files().items() if name != path}, INDUSTRY)
    stem = path.rsplit("/", 1)[-1].split(".")[0]
    assert any(stem in f"{mistake.file}{mistake.says}{mistake.do}" for mistake in found), found


def test_an_industry_without_files_is_a_mistake() -> None:
    assert check_industry(files(), "bakery")
    assert check_industry({}, INDUSTRY)


def test_a_scope_that_is_not_printed_is_refused() -> None:
    (found,) = check({SIGN_FIELDS: ("    printed: true\n", "")})
    assert (found.file, found.element) == ("processes/items/signboard.yaml", "licence.scope_from")
    assert "sign_size" in found.says and "printed: true" in found.do


def test_several_mistakes_are_told_at_once() -> None:
    found = check(
        {
            FOOD: ("number: market.food_business", "number: market.food_busines"),
            PROCESS: ('name="form" value="review"', 'name="form" value="reveiw"'),
        }
    )
    assert {mistake.file for mistake in found} == {FOOD, PROCESS}
