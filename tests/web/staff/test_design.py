"""The designers' pages: every industry, what it rests on, and why the one form asks what it asks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from engine.database import transaction
from engine.files import industries_in
from engine.people import Membership, add_user
from tests import filing
from tests.web.conftest import Site, post

LOGIN = "designer_of_pages"


@pytest.fixture(scope="module")
def designer(whole_site: Site) -> FlaskClient:
    """A designer's browser."""
    with transaction(whole_site.engine) as db:
        roles = (Membership("designer"),)
        add_user(db, login=LOGIN, name="设计员", password=filing.PASSWORD, roles=roles, now=filing.NOW)
    browser = whole_site.browser()
    assert post(browser, "/login", "/login", login=LOGIN, password=filing.PASSWORD).status_code == 303
    return browser


@pytest.fixture
def folder(site: Site, tmp_path: Path) -> Iterator[Path]:
    """A copy of the designers' files, which the pages show while the test runs."""
    for part in ("processes", "forms/definitions"):
        copytree(filing.ROOT / part, tmp_path / part)
    before = site.app.extensions["settings"]
    site.app.extensions["settings"] = replace(before, code_location=tmp_path)
    yield tmp_path
    site.app.extensions["settings"] = before


def change(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def plain(page: str) -> str:
    """The words of a page, without tags and with single blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_shows_every_industry_in_the_catalogues_order(designer: FlaskClient) -> None:
    page = designer.get("/design").text
    found = re.findall(r'href="/design/([a-z_]+)"', page)
    assert sorted(found) == sorted(industries_in(filing.files()))
    assert found.index("restaurant") == 2
    assert "与已发布的相同" in page and "未发布" in page


def test_the_list_says_which_files_were_changed_and_which_cannot_be_read(
    designer: FlaskClient, folder: Path
) -> None:
    change(folder, "processes/restaurant/industry.yaml", "summary: ", "summary: 新的说明。")
    assert "有改动未发布" in designer.get("/design").text
    change(folder, "processes/restaurant/industry.yaml", "lead: market", "lead: markt")
    assert "有错误要改" in designer.get("/design").text
    page = designer.get("/design/restaurant")
    assert page.status_code == 200 and "读不出来" in page.text
    merge = designer.get("/design/restaurant/merge")
    assert merge.status_code == 200 and "market" in merge.text
    assert "lead" in designer.get("/design/restaurant/check").text


def test_an_industrys_page_names_each_assumption_with_value_file_and_line(designer: FlaskClient) -> None:
    page = plain(designer.get("/design/restaurant").text)
    assert "processes/items/food_operation.yaml" in page
    assert "承诺时限 committed_days 3" in page
    assert "四减一优" in page and "减环节" in page
    assert "已不适用" in page and "现行" in page
    assert "processes/rules/" in page and "历次版本" in page


def test_the_check_walks_the_scenarios(designer: FlaskClient) -> None:
    page = designer.get("/design/restaurant/check").text
    assert "没有发现问题" in page and "all_granted.yaml" in page


def test_the_merge_says_who_needs_a_question_and_what_falls_away(designer: FlaskClient) -> None:
    page = plain(designer.get("/design/restaurant/merge").text)
    assert "5 项都要" in page
    assert "不办“烟草专卖零售许可”" in page
    assert "平面布局图" in page and "同时代替：" in page


def test_the_merge_may_be_asked_for_some_items_only(designer: FlaskClient) -> None:
    page = designer.get("/design/restaurant/merge?item=fire_check&item=drainage&item=nothing").text
    checked = re.findall(r'name="item" value="(\w+)" checked', page)
    assert checked == ["fire_check", "drainage"]
    assert "2 项都要" in plain(page) and "不办“食品经营许可”" not in plain(page)


def test_what_an_item_yields_would_be_asked_for_without_it(designer: FlaskClient) -> None:
    page = plain(designer.get("/design/hotel/merge?item=fire_check&item=hotel_security").text)
    assert "改由申请人交 公众聚集场所投入使用、营业前消防安全检查意见书" in page


@pytest.mark.parametrize("page", ["", "/restaurant", "/restaurant/check", "/restaurant/merge"])
def test_nobody_else_sees_these_pages(site: Site, page: str) -> None:
    assert site.signed_in("applicant").get(f"/design{page}").status_code == 403
    assert site.browser().get(f"/design{page}").status_code in (302, 303)


def test_an_unknown_industry_is_said_to_be_unknown(designer: FlaskClient) -> None:
    for page in ("", "/check", "/merge"):
        assert designer.get(f"/design/nothing_such{page}").status_code == 404
