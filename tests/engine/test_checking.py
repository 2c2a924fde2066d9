"""A slip of the pen in any file of an industry is found, with its place and the nearest right word."""

from collections.abc import Mapping

import pytest

from engine.checking import check_all, check_industry
from engine.files import files_of
from forms.mistakes import Mistake
from tests.filing import INDUSTRY, files

PROCESS = "processes/restaurant/process.bpmn"
ACCEPTANCE = "processes/shared/acceptance.bpmn"
RECEIVING = "processes/shared/receiving.bpmn"
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
        (RECEIVING, 'value="remind"', 'value="remnd"', "remind"),
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
    assert check_industry(files(), "spaceport")
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


def found_in_all(*changes: str, **added: str) -> tuple[Mistake, ...]:
    """What is said more than about one industry's files alone: found_in_all(path, old, new, …)."""
    alone = files_of(files(), INDUSTRY)
    changed = dict(alone)
    for path, old, new in zip(changes[::3], changes[1::3], changes[2::3], strict=True):
        assert old in changed[path], f"{old} is not in {path}"
        changed[path] = changed[path].replace(old, new, 1)
    known = {(each.file, each.says) for each in check_all(alone)}
    found = check_all({**changed, **added})
    return tuple(each for each in found if (each.file, each.says) not in known)


def test_all_files_as_they_are_have_no_mistake() -> None:
    assert check_all(files()) == ()


MATERIAL = "  lost: {name: 失物, kind: document, source: applicant}\n"
DEPARTMENT = "  - {id: lost, code: X, name: 无, office: '{region}无'}\n"
LANE = "  无人处: {department: fire, role: clerk}\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "word"),
    [
        ("processes/materials.yaml", "materials:\n", MATERIAL, "lost"),
        ("processes/regions.yaml", "small_area: 50\n", "      lost_area: 5\n", "lost_area"),
        ("processes/departments.yaml", "lanes:\n", LANE, "无人处"),
        ("processes/departments.yaml", "departments:\n", DEPARTMENT, "lost"),
        ("processes/groups.yaml", "[餐饮食品,", " 无人行业,", "无人行业"),
    ],
)
def test_an_entry_that_no_industry_uses_is_named(path: str, old: str, new: str, word: str) -> None:
    (mistake,) = found_in_all(path, old, old + new)
    assert mistake.file == path and word in mistake.says
    assert "行 " in mistake.element


def test_a_file_that_no_industry_uses_is_named() -> None:
    copies = {
        "processes/items/lost.yaml": files()[FOOD].replace("id: food_operation", "id: lost"),
        "processes/shared/lost.bpmn": files()[ACCEPTANCE].replace('"acceptance"', '"lost"'),
        "processes/rules/lost.dmn": files()["processes/rules/drainage_permit.dmn"],
        "forms/definitions/steps/lost.yaml": files()["forms/definitions/steps/accept.yaml"],
        "forms/definitions/items/lost.yaml": "title: 无\nintro: 无\nbasis: 无\norder: 199\nfields: []\n",
    }
    found = {each.file for each in found_in_all(**copies) if "没有一个行业用到" in each.says}
    assert found == copies.keys()


def test_two_industries_at_the_same_place_of_a_list_are_named() -> None:
    own = "processes/restaurant/industry.yaml"
    other = {"processes/elsewhere/industry.yaml": files()[own].replace("id: restaurant", "id: elsewhere")}
    assert [each.element.split()[0] for each in found_in_all(**other) if each.file == own] == ["order"]


def test_an_industry_may_be_published_while_another_one_is_broken() -> None:
    others = {
        "processes/elsewhere/industry.yaml": "id: [",
        "processes/elsewhere/process.bpmn": "<",
        "processes/items/lost.yaml": "id: lost\n",
        "forms/definitions/items/lost.yaml": "titel: 无\n",
    }
    assert check_industry({**files(), **others}, INDUSTRY) == ()
    assert {each.file for each in check_all({**files(), **others})} >= {
        "processes/elsewhere/industry.yaml",
        "processes/items/lost.yaml",
        "forms/definitions/items/lost.yaml",
    }
