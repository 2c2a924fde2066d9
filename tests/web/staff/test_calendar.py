"""The administrator's calendar: a year at a glance, days laid down for a place, years declared complete."""

import pytest

from engine.database import transaction
from engine.people import Membership, add_user
from tests.filing import DISTRICT, NOW, PASSWORD
from tests.web.conftest import Site, post

PAGE = "/admin/calendar"
LOCAL = {
    "region": DISTRICT,
    "day": "2026-12-10",
    "works": "no",
    "reason": "大厅搬迁，区政府办通知〔2026〕8号",
}


@pytest.fixture(scope="module", autouse=True)
def administrator(whole_site: Site) -> None:
    with transaction(whole_site.engine) as db:
        roles = [Membership("administrator")]
        add_user(db, login="keeper", name="管历", password=PASSWORD, roles=roles, now=NOW)


def test_a_year_shows_holidays_and_make_up_days(site: Site) -> None:
    page = site.signed_in("keeper").get(f"{PAGE}?year=2025").text
    assert page.count("<caption>") == 12
    assert "放假" in page and "调休上班" in page and "已经内置" in page


def test_a_year_that_nobody_announced_is_marked(site: Site) -> None:
    assert "这一年是暂定的" in site.signed_in("keeper").get(f"{PAGE}?year=2039").text


def test_only_administrators_see_it(site: Site) -> None:
    assert site.signed_in("market").get(PAGE).status_code == 403
    assert post(site.signed_in("market"), "/tasks", f"{PAGE}/days", **LOCAL).status_code == 403


def test_a_day_is_laid_down_for_a_district_and_taken_back(site: Site) -> None:
    keeper = site.signed_in("keeper")
    here = f"{PAGE}?year=2026&region={DISTRICT}"
    assert post(keeper, here, f"{PAGE}/days", **LOCAL).status_code == 303
    assert "大厅搬迁" in keeper.get(here).text
    assert "大厅搬迁" not in keeper.get(f"{PAGE}?year=2026").text
    assert post(keeper, here, f"{PAGE}/days/remove", region=DISTRICT, day="2026-12-10").status_code == 303
    assert "大厅搬迁" not in keeper.get(here).text


@pytest.mark.parametrize("field", ["day", "works", "reason"])
def test_what_is_missing_comes_back_at_its_field(site: Site, field: str) -> None:
    answer = post(site.signed_in("keeper"), PAGE, f"{PAGE}/days", **{**LOCAL, field: ""})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_a_year_is_declared_with_its_source(site: Site) -> None:
    keeper = site.signed_in("keeper")
    assert post(keeper, PAGE, f"{PAGE}/years", year="2040", source=" ").status_code == 422
    assert post(keeper, PAGE, f"{PAGE}/years", year="2040", source="国办发〔2039〕9号").status_code == 303
    page = keeper.get(f"{PAGE}?year=2040").text
    assert "国办发〔2039〕9号" in page and "这一年是暂定的" not in page


def test_a_region_that_does_not_exist_is_not_found(site: Site) -> None:
    keeper = site.signed_in("keeper")
    assert keeper.get(f"{PAGE}?region=999999").status_code == 404
    assert post(keeper, PAGE, f"{PAGE}/days", **{**LOCAL, "region": "999999"}).status_code == 404
