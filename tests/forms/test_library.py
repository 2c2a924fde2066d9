"""A designer's slip in the definitions is found by name, with its line and the nearest word."""

from collections.abc import Mapping

import pytest

from forms.library import FormLibrary
from forms.mistakes import Mistakes

FIELDS = "forms/definitions/fields.yaml"
MORE = "forms/definitions/fields/more.yaml"
SECTIONS = "forms/definitions/sections.yaml"
FOOD = "forms/definitions/items/food.yaml"
STEP = "forms/definitions/steps/decide.yaml"

GOOD: Mapping[str, str] = {
    FIELDS: """fields:
  name: {label: 名称, kind: text}
  area: {label: 面积, kind: number, unit: 平方米}
  way: {label: 方式, kind: choice, options: [邮寄, 自取]}
  dishes: {label: 菜品, kind: choices, options: {hot: 热菜, cold: 凉菜}}
""",
    SECTIONS: """sections:
  - id: subject
    title: 主体
    basis: 行政许可法
    fields: [name, way, {id: area, needed_by: {food: 食品安全法}}]
""",
    FOOD: "title: 食品\nbasis: 食品安全法\nfields: [dishes]\n",
    STEP: "title: 决定\nfields:\n  outcome: {label: 决定, kind: choice, options: [准予, 不准]}\n",
}


def mistakes(changed: Mapping[str, str], *, whole: bool = True) -> str:
    with pytest.raises(Mistakes) as caught:
        FormLibrary.read({**GOOD, **changed}, whole=whole)
    return str(caught.value)


def test_good_definitions_are_read_in_order() -> None:
    library = FormLibrary.read(GOOD, whole=True)
    assert [section.id for section in library.sections] == ["subject"]
    assert [asked.field.id for asked in library.sections[0].asked] == ["name", "way", "area"]
    assert library.items["food"].fields == (library.fields["dishes"],)
    assert library.steps["decide"].fields[0].id == "outcome"


def test_a_field_that_says_nothing_of_its_error_asks_for_itself() -> None:
    fields = FormLibrary.read(GOOD).fields
    assert (fields["name"].missing, fields["way"].missing) == ("请填写名称", "请选择方式")


@pytest.mark.parametrize(
    ("path", "old", "new", "found"),
    [
        (FOOD, "[dishes]", "[dishs]", f"{FOOD} · fields.0 行 3：字段库里没有“dishs”。您是不是要写“dishes”？"),
        (
            FIELDS,
            "kind: number",
            "kind: numer",
            "fields.area.kind 行 3：没有“numer”这种字段。您是不是要写“number”？",
        ),
        (FIELDS, "unit: 平方米", "unti: 平方米", "fields.area.unti 行 3：不认识“unti”。您是不是要写“unit”？"),
        (FIELDS, "label: 名称, ", "", "fields.name.label 行 2：缺少“label”。"),
        (FIELDS, "options: [邮寄, 自取]", "options: [邮寄]", "至少要有两个选项"),
        (FIELDS, "kind: text", "kind: text, unit: 米", "“text”类字段不用“unit”"),
        (FIELDS, "kind: text", "kind: text, privacy: secret", "没有“secret”这个隐私级别"),
        (
            FIELDS,
            "kind: text",
            "kind: text, required: 是",
            "fields.name.required 行 2：条件里的“是”不是这里能用的字段",
        ),
        (FIELDS, "kind: text", "kind: text, max_length: 长", "“max_length”应当是不小于 0 的整数"),
        (FIELDS, "kind: text", "kind: text, printed: 是", "“printed”应当是 true 或 false"),
        (FIELDS, "kind: number", "kind: number, min: 一", "“一”不能作为界限"),
        (FIELDS, "kind: choice,", "kind: choice, default: 邮递,", "选项里没有“邮递”"),
        (FIELDS, "kind: text", "kind: table", "表格没有列"),
        (FIELDS, "  name:", "  Name:", "“Name”不能用作字段名"),
        (FIELDS, "  name:", "  items:", "“items”不能用作字段名"),
        (
            FIELDS,
            "kind: text",
            'kind: text, visible_if: wey == "邮寄"',
            "“wey”不是这里能用的字段。您是不是要写“way”？",
        ),
        (FIELDS, "kind: text", 'kind: text, visible_if: way == "邮递"', "“邮递”不是选项的值"),
        (FIELDS, "kind: text", "kind: text, visible_if: way.strip()", "不能使用"),
        (FIELDS, "kind: text", "kind: text, visible_if: dishes", "条件里的“dishes”不是这里能用的字段"),
        (SECTIONS, "basis: 行政许可法", "", "sections.0.basis 行 2：缺少“basis”"),
        (
            SECTIONS,
            "{food: 食品安全法}",
            "{foods: 食品安全法}",
            "没有“foods”这个事项表单。您是不是要写“food”？",
        ),
        (SECTIONS, "[name, way,", "[name, name, way,", "字段“name”列了两次"),
        (SECTIONS, "[name, way,", "[name,", "字段“way”没有在任何表单里使用"),
        (
            FOOD,
            "fields:",
            "shared: {aera: 食品安全法}\nfields:",
            "shared.aera 行 3：共用部分没有“aera”。您是不是要写“area”？",
        ),
        (FOOD, "fields: [dishes]", "fields: dishes", "“fields”应当是列表"),
        (STEP, "[准予, 不准]", "[准予, 不准], required: reason", "条件里的“reason”不是这里能用的字段"),
    ],
)
def test_a_slip_is_found_with_its_place_and_remedy(path: str, old: str, new: str, found: str) -> None:
    assert old in GOOD[path]
    assert found in mistakes({path: GOOD[path].replace(old, new, 1)})


def test_a_field_defined_in_two_files_is_a_mistake() -> None:
    found = mistakes({MORE: "fields:\n  name: {label: 名, kind: text}\n"})
    assert f"{MORE} · fields.name 行 2：字段“name”在 {FIELDS} 里已经定义过。" in found


def test_questions_that_wait_for_each_other_are_a_mistake() -> None:
    both = (
        "fields:\n  a: {label: 甲, kind: yes_no, required: b}\n  b: {label: 乙, kind: yes_no, required: a}\n"
    )
    assert "互相等待" in mistakes({STEP: f"title: 决定\n{both}"})
    shared = "sections:\n  - {id: s, title: 一, basis: 法, fields: [name, way, area, a, b]}\n"
    assert "互相等待" in mistakes({MORE: both, SECTIONS: shared})


def test_all_mistakes_of_all_files_come_at_once() -> None:
    found = mistakes({FOOD: "title: 食品\nfields: [dishs]\n", STEP: "title: 决定\nfields: [\n"})
    assert all(words in found for words in ("dishs", "缺少“basis”", f"{STEP} · 行"))
    assert "没有在任何表单里使用" not in found


def test_a_deployment_may_leave_out_forms_of_items_that_are_not_its_own() -> None:
    files = {path: text for path, text in GOOD.items() if path != FOOD}
    assert FormLibrary.read(files).items == {}
    with pytest.raises(Mistakes, match="没有“food”这个事项表单"):
        FormLibrary.read(files, whole=True)
