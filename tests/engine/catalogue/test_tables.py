"""Conditions that ask a decision table: what they name is known, and a deployment holds it."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.catalogue import Answer, Catalogue
from engine.files import Files, files_of
from engine.guide import result
from forms.mistakes import Mistake

Faults = Callable[..., tuple[Mistake, ...]]

TABLE = "processes/rules/drainage_permit.dmn"
INDUSTRY = "processes/restaurant/industry.yaml"
MONDAY = date(2026, 11, 23)


def test_a_condition_on_an_unknown_table_offers_the_nearest(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, 'rules["drainage_permit"]', 'rules["drainage_permits"]')
    assert mistake.element.startswith("items.3.when 行 ")
    assert mistake.do == "您是不是要写“drainage_permit”？"


def test_a_table_may_be_asked_for_by_its_name_only(faults: Faults) -> None:
    (mistake,) = faults(INDUSTRY, 'rules["drainage_permit"]', "any(rules)")
    assert 'rules["' in mistake.says


def test_a_table_that_reads_an_unknown_fact_offers_the_nearest(faults: Faults) -> None:
    (mistake, *_) = faults(TABLE, "<text>area</text>", "<text>arae</text>")
    assert (mistake.file, mistake.element) == (TABLE, "drainage_permit_small_area")
    assert mistake.do == "您是不是要写“area”？"


def test_a_cell_with_an_unknown_region_offers_the_nearest(faults: Faults) -> None:
    (mistake,) = faults(TABLE, '"370322"', '"370329"')
    assert mistake.element == "drainage_permit_small_district" and "3703" in mistake.do


def test_a_table_that_compares_unlike_things_is_found_before_anybody_answers(faults: Faults) -> None:
    (mistake,) = faults(TABLE, "<text>area</text>", "<text>district</text>")
    assert (mistake.file, mistake.element) == (TABLE, "drainage_permit_small_area")


@pytest.mark.parametrize(
    ("district", "area", "needed"),
    [("370322", 99, False), ("370322", 100, True), ("370323", 60, False), ("370303", 60, True)],
)
def test_a_district_differs_by_a_row_of_a_table_and_by_nothing_else(
    restaurant: Catalogue, district: str, area: int, needed: bool
) -> None:
    answers: dict[str, Answer] = {
        "district": district,
        "area": area,
        "greasy_water": True,
        "tobacco": False,
        "signboard": False,
    }
    answers = {each.id: answers.get(each.id, False) for each in restaurant.questions}
    found = result(restaurant, answers, MONDAY)
    assert ("drainage" in [each.item.id for each in found.items]) is needed


def test_a_deployment_holds_the_tables_that_its_industry_asks_and_no_others(files: Files) -> None:
    own = files_of({**files, "processes/rules/other.dmn": files[TABLE]}, "restaurant")
    assert [path for path in own if path.endswith(".dmn")] == [TABLE]
