"""A catalogue answers who, where and by which settings."""

import pytest

from engine.catalogue import Answer, Catalogue
from engine.errors import NotFound
from engine.files import Files

REGIONS = "processes/regions.yaml"


def test_an_office_has_the_name_of_its_region(restaurant: Catalogue) -> None:
    assert restaurant.office_name("market", "370303") == "张店区市场监督管理局"
    assert restaurant.office_name("approval", "370390") == "高新区行政审批服务局"


def test_the_fire_office_of_the_city_has_a_name_of_its_own(restaurant: Catalogue) -> None:
    assert restaurant.office_name("fire", "370303") == "张店区消防救援大队"
    assert restaurant.office_name("fire", "370300") == "淄博市消防救援支队"


def test_an_item_of_the_city_is_decided_by_the_office_of_the_city(files: Files) -> None:
    path = "processes/items/signboard.yaml"
    changed = {**files, path: files[path].replace("level: district", "level: city")}
    assert Catalogue.read(changed, "restaurant").authority_of("signboard", "370303") == "淄博市行政审批服务局"


def test_a_region_has_the_settings_of_the_city_and_its_own_over_them(files: Files) -> None:
    old = 'parent: "370300"\n    settings: {centre: [36.50, 117.86], '
    text = files[REGIONS].replace(old, f"{old}fire_area: 200, ")
    catalogue = Catalogue.read({**files, REGIONS: text}, "restaurant")
    own = {"centre": [36.50, 117.86], "certificate_issuer_code": "11370304MB37030433", "fire_area": 200}
    assert catalogue.settings("370304") == {**catalogue.settings("370300"), **own}
    assert catalogue.settings("370305")["fire_area"] == 300


def test_only_the_regions_that_the_industry_opens_in_are_open(files: Files) -> None:
    path = "processes/restaurant/industry.yaml"
    changed = {**files, path: files[path] + '\nopen_in: ["370303", "370304"]\n'}
    catalogue = Catalogue.read(changed, "restaurant")
    assert [region.name for region in catalogue.regions_open()] == ["张店区", "博山区"]
    assert "文昌湖区" not in [region.name for region in catalogue.regions_open()]
    assert ("370392", "文昌湖区") not in catalogue.question("district").options


def test_an_industry_that_names_no_regions_is_open_in_every_district_and_zone(restaurant: Catalogue) -> None:
    kinds = [region.kind for region in restaurant.regions_open()]
    assert sorted(kinds) == ["district"] * 8 + ["zone"] * 3


def test_a_lane_says_who_works_in_it(restaurant: Catalogue) -> None:
    lane = restaurant.lane("联合踏勘组")
    assert (lane.role, lane.department) == ("inspector", "approval")
    assert restaurant.lane("申请人").department is None


@pytest.mark.parametrize("ask", ["item", "lane", "region", "department", "question", "settings"])
def test_what_is_not_there_is_not_found(restaurant: Catalogue, ask: str) -> None:
    with pytest.raises(NotFound):
        getattr(restaurant, ask)("nowhere")


def test_what_the_guide_knows_is_carried_over_to_the_form(restaurant: Catalogue) -> None:
    answers: dict[str, Answer] = {"district": "370303", "area": 85.5, "tobacco": True}
    assert restaurant.carried_over(answers) == {"district": "370303", "area": 85.5}


def test_a_yes_may_fill_one_value_of_a_field_of_many_choices(files: Files) -> None:
    path = "processes/restaurant/guide.yaml"
    hint = "    hint: 吧台卖几包香烟也算。\n"
    text = files[path].replace(hint, f"{hint}    field: tob_scope\n    fills: 卷烟\n")
    catalogue = Catalogue.read({**files, path: text}, "restaurant")
    assert catalogue.carried_over({"tobacco": True}) == {"tob_scope": ["卷烟"]}
    assert catalogue.carried_over({"tobacco": False}) == {}
