"""The one form: each question once, with everybody who needs it, in the same order whoever comes first."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from forms.library import FormLibrary
from forms.merge import ItemNeeds, MergedForm, merge

LIBRARY = FormLibrary.read(
    {
        "forms/definitions/fields.yaml": """fields:
  name: {label: 名称, kind: text}
  phone: {label: 电话, kind: mobile, basis: 电话规定}
  area: {label: 面积, kind: number}
  floors: {label: 楼层, kind: text}
  dishes: {label: 菜品, kind: text}
  exits: {label: 出口, kind: integer, basis: 消防法第十六条}
  drugs: {label: 兽药, kind: text}
""",
        "forms/definitions/sections.yaml": """sections:
  - {id: subject, title: 主体, basis: 行政许可法, fields: [name, phone]}
  - id: premises
    title: 场所
    basis: 行政许可法
    fields: [{id: area, needed_by: {food: 食品安全法}}, {id: floors, needed_by: []}]
""",
        "forms/definitions/items/food.yaml": "title: 食品\nbasis: 食品法\norder: 20\nfields: [dishes]\n",
        "forms/definitions/items/fire.yaml": (
            "title: 消防\nbasis: 消防法\norder: 10\nfields: [exits]\nshared: {area: 第15条, floors: 消防法}\n"
        ),
        "forms/definitions/items/farm.yaml": "title: 农业\nbasis: 农业法\nshared: [area]\nfields: [drugs]\n",
    },
    whole=True,
)
ITEMS = (
    ItemNeeds("food_op", "食品经营许可", "food", "食品安全法第三十五条"),
    ItemNeeds("fire_check", "消防检查", "fire", "消防法第十五条"),
    ItemNeeds("vet_drug", "兽药经营许可", "farm", "兽药管理条例"),
    ItemNeeds("pesticide", "农药经营许可", "farm", "农药管理条例"),
    ItemNeeds("filing", "备案", "", "备案规定"),
)
chosen = st.lists(st.sampled_from(ITEMS), min_size=1, unique=True)


def asked(form: MergedForm) -> dict[str, list[tuple[str, str]]]:
    return {
        one.field.id: [(reason.item, reason.law) for reason in one.reasons]
        for section in form.sections
        for one in section.fields
    }


def test_a_question_that_two_items_need_is_asked_once_for_both() -> None:
    reasons = asked(merge(LIBRARY, ITEMS[:2]))
    assert reasons["area"] == [("fire_check", "第15条"), ("food_op", "食品安全法")]


def test_a_question_is_asked_only_of_those_who_need_it() -> None:
    assert "floors" not in asked(merge(LIBRARY, ITEMS[:1]))
    assert asked(merge(LIBRARY, ITEMS[1:2]))["floors"] == [("fire_check", "消防法")]


def test_the_most_exact_law_is_named() -> None:
    reasons = asked(merge(LIBRARY, ITEMS[1:3]))
    assert reasons["name"] == [("fire_check", "行政许可法"), ("vet_drug", "行政许可法")]
    assert reasons["phone"][0] == ("fire_check", "电话规定")
    assert reasons["exits"] == [("fire_check", "消防法第十六条")]
    assert reasons["area"][1] == ("vet_drug", "行政许可法")


def test_items_that_share_a_form_share_its_section() -> None:
    form = merge(LIBRARY, ITEMS[2:4])
    assert [section.id for section in form.sections] == ["subject", "premises", "farm"]
    assert [item for item, _ in asked(form)["drugs"]] == ["pesticide", "vet_drug"]


def test_an_item_without_questions_of_its_own_still_needs_the_shared_ones() -> None:
    assert asked(merge(LIBRARY, ITEMS[4:])) == {
        "name": [("filing", "行政许可法")],
        "phone": [("filing", "电话规定")],
    }


def test_nothing_chosen_asks_nothing() -> None:
    assert merge(LIBRARY, []).sections == ()


def test_a_section_is_found_by_its_id() -> None:
    form = merge(LIBRARY, ITEMS)
    section = form.section("farm")
    assert section is not None and section.title == "农业"
    assert form.section("nowhere") is None


@given(chosen, st.randoms())
def test_the_order_of_items_does_not_matter(items: list[ItemNeeds], random: Random) -> None:
    shuffled = [*items, items[0]]
    random.shuffle(shuffled)
    assert merge(LIBRARY, shuffled) == merge(LIBRARY, items)


@given(chosen, st.sampled_from(ITEMS))
def test_adding_an_item_never_removes_a_question_nor_a_reason(
    items: list[ItemNeeds], more: ItemNeeds
) -> None:
    before, after = asked(merge(LIBRARY, items)), asked(merge(LIBRARY, [*items, more]))
    assert all(set(reasons) <= set(after[id]) for id, reasons in before.items())


@given(chosen)
def test_every_question_stands_once_and_has_a_reason_with_a_law(items: list[ItemNeeds]) -> None:
    fields = list(merge(LIBRARY, items).fields())
    assert len(fields) == len({one.field.id for one in fields})
    assert all(one.reasons and all(reason.law for reason in one.reasons) for one in fields)


@given(chosen)
def test_what_falls_away_without_an_item_was_needed_by_it_alone(items: list[ItemNeeds]) -> None:
    whole, without = asked(merge(LIBRARY, items)), asked(merge(LIBRARY, items[1:]))
    for id in whole.keys() - without.keys():
        assert {item for item, _ in whole[id]} == {items[0].id}
