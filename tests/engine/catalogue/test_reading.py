"""Reading the files of a catalogue: what is wrong inside one of them is named with its line and remedy."""

from collections.abc import Callable

import pytest

from engine.catalogue import Catalogue
from engine.files import Files
from forms.mistakes import Mistake, Mistakes

Faults = Callable[..., tuple[Mistake, ...]]

YARDSTICKS = "processes/yardsticks.yaml"
FOOD = "processes/items/food_operation.yaml"
GUIDE = "processes/restaurant/guide.yaml"
INDUSTRY = "processes/restaurant/industry.yaml"
FIRE_PLAN = """    name: 场所平面布置图、消防设施平面图
    kind: document
    source: applicant
    merged_into: floor_plan
"""


def test_the_restaurant_has_its_five_items_in_the_order_of_its_file(restaurant: Catalogue) -> None:
    expected = ["food_operation", "fire_check", "tobacco_retail", "drainage", "signboard"]
    assert list(restaurant.items) == expected


def test_a_misspelt_key_is_named_with_its_line_and_the_nearest_right_one(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "extension_days: 5", "extention_days: 5")
    assert mistake.file == FOOD
    assert mistake.element.startswith("extention_days 行 ")
    assert mistake.do == "您是不是要写“extension_days”？"


def test_a_misspelt_key_inside_a_list_is_named_at_its_place(faults: Faults) -> None:
    (mistake,) = faults(GUIDE, "unit: 平方米", "units: 平方米")
    assert mistake.element.startswith("questions.1.units 行 ")
    assert "unit" in mistake.do


def test_a_misspelt_key_inside_a_mapping_of_materials_is_named_at_its_place(faults: Faults) -> None:
    (mistake,) = faults("processes/materials.yaml", FIRE_PLAN, FIRE_PLAN.replace("merged", "merge"))
    assert mistake.element.startswith("materials.fire_plan.merge_into 行 ")
    assert mistake.do == "您是不是要写“merged_into”？"


def test_mistakes_of_several_files_are_all_named_at_once(faults: Faults) -> None:
    found = faults(
        FOOD, "fee: 0", "fee: 免费", FOOD, "level: district", "level: distrikt", GUIDE, "kind: number", ""
    )
    assert {(each.file, each.element.split()[0]) for each in found} == {
        (FOOD, "fee"),
        (FOOD, "level"),
        (GUIDE, "questions.1.kind"),
    }


def test_a_missing_key_is_asked_for(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "name: 食品经营许可\n", "")
    assert (mistake.element, mistake.says, mistake.do) == ("name", "缺少这个键。", "请补上。")


def test_a_value_that_is_none_of_the_known_words_is_told_which_there_are(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "commitment: partial", "commitment: half")
    assert mistake.says == "没有“half”这个值，只能是 full、partial、none。"


@pytest.mark.parametrize("days", ["true", "-1", '"3"', "3.5", "三天"])
def test_days_that_are_no_whole_number_are_refused(faults: Faults, days: str) -> None:
    found = faults(FOOD, "committed_days: 3", f"committed_days: {days}")
    assert any(each.element.startswith("committed_days") for each in found)


def test_phases_that_do_not_add_up_to_the_committed_days_are_refused(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "review: 1, visit: 1", "review: 2, visit: 1")
    assert mistake.element.startswith("phases 行 ") and "加起来" in mistake.says


def test_a_commitment_longer_than_the_law_allows_is_refused(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "statutory_days: 10", "statutory_days: 2")
    assert mistake.element.startswith("committed_days 行 ") and "法定时限" in mistake.says


def test_a_short_name_that_fills_more_than_its_place_is_refused(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "short: 食品经营", "short: 食品经营许可新办延续")
    assert mistake.element.startswith("short 行 ") and "8" in mistake.says


@pytest.mark.parametrize(
    ("old", "new"),
    [("inspection: true", "inspection: false"), ("{review: 1, visit: 1", "{review: 2, visit: 0")],
)
def test_an_item_has_days_for_a_visit_exactly_when_it_may_take_one(
    faults: Faults, old: str, new: str
) -> None:
    (mistake,) = faults(FOOD, old, new)
    assert mistake.element.startswith("phases 行 ") and "上门" in mistake.says


def test_an_item_without_a_licence_is_a_stage_of_another(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "licence: {", "# licence: {")
    assert mistake.element.startswith("licence") and "stage_of" in mistake.says


def test_a_stage_of_another_item_has_no_licence_of_its_own(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "fee: 0", "fee: 0\nstage_of: fire_check")
    assert mistake.element.startswith("licence") and "stage_of" in mistake.says


def test_a_window_of_renewal_opens_before_it_closes(faults: Faults) -> None:
    found = faults(
        FOOD, "opens: 90, closes: 15, unit: working_day", "opens: 15, closes: 90, unit: working_day"
    )
    assert {each.element.split()[0] for each in found} == {"renewal.opens"}


def test_an_unsafe_condition_is_refused_where_it_stands(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, "when: greasy_water and", "when: area.__class__ and")
    assert mistake.element.startswith("items.3.when 行 ")


def test_a_key_written_twice_is_refused(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "fee: 0", "fee: 0\nfee: 100")
    assert "写了两次" in mistake.says


def test_an_item_without_a_file_offers_the_nearest_that_has_one(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, "id: food_operation", "id: food_operations")
    assert mistake.element.startswith("items.0.id 行 ")
    assert mistake.do == "您是不是要写“food_operation”？"


def test_an_item_whose_id_is_not_its_file_name_is_refused(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "id: food_operation\n", "id: food\n")
    assert mistake.do == "请改成“food_operation”。"


def test_a_mark_of_a_key_that_is_not_there_is_refused(faults: Faults) -> None:
    (mistake,) = faults(FOOD, "committed_days: A", "comitted_days: A")
    assert mistake.element.startswith("marks.comitted_days 行 ")
    assert mistake.do == "您是不是要写“committed_days”？"


def test_an_unknown_industry_is_a_missing_file_and_no_crash(files: Files) -> None:
    with pytest.raises(Mistakes) as raised:
        Catalogue.read(files, "spaceport")
    assert {each.file for each in raised.value.mistakes} == {
        "processes/spaceport/industry.yaml",
        "processes/spaceport/guide.yaml",
    }


def test_values_that_are_only_assumed_are_known_to_designers(restaurant: Catalogue) -> None:
    assert restaurant.item("food_operation").unverified() == (
        "changes",
        "checklist",
        "commitment",
        "committed_days",
        "later",
        "phases",
    )
    assert "name" not in restaurant.item("signboard").unverified()
    assert "basis" in restaurant.item("signboard").unverified()


def test_what_others_have_published_is_kept_as_they_give_it(restaurant: Catalogue) -> None:
    assert {each.where for each in restaurant.yardsticks} >= {"上海浦东", "济南"}
    assert all(each.what and each.said for each in restaurant.yardsticks)


def test_a_city_may_do_without_what_others_have_published(files: Files) -> None:
    alone = {path: text for path, text in files.items() if path != YARDSTICKS}
    assert Catalogue.read(alone, "restaurant").yardsticks == ()


def test_a_slip_in_what_others_have_published_is_named(faults: Faults) -> None:
    (mistake,) = faults(YARDSTICKS, "what: 药店", "waht: 药店")[:1]
    assert (mistake.file, "what" in mistake.do) == (YARDSTICKS, True)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("name: record", "names: record", "names"),
        ("scope: review", "scope: often", "often"),
        ("scope_from: [food_items]", "scope_from: []", "scope_from"),
    ],
)
def test_what_may_change_of_a_licence_is_known_and_can_be_asked(
    faults: Faults, old: str, new: str, says: str
) -> None:
    found = faults(FOOD, old, new)
    assert any(each.element.startswith("changes") for each in found), found
    assert any(says in f"{each.element}{each.says}{each.do}" for each in found)
