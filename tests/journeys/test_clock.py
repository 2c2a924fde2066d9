"""Time on the pages: a clerk stops a clock and asks for days, a head grants them, the applicant reads why."""

import pytest
from playwright.sync_api import Page, expect

from engine.database import transaction
from engine.people import Membership, add_user
from tests import filing
from tests.engine.clerks import carry
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, follow, go_back, press
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier, assert_none_has_a_barrier

REVIEW = "review_food_operation"


@pytest.fixture
def accepted(site: Site) -> str:
    """A case under review, filed today."""
    number = filing.file_case(site.engine, site.people)
    carry(site.engine, site.people, number, until=REVIEW)
    return number


@pytest.fixture(scope="module", autouse=True)
def head(site: Site) -> None:
    with transaction(site.engine) as db:
        roles = [Membership("head", "approval", filing.DISTRICT)]
        add_user(db, login="head", name="钱局", password=filing.PASSWORD, roles=roles, now=filing.NOW)


def stop(clerk: Page, number: str) -> None:
    """Stop the clock of the clerk's item for a test that takes ten working days."""
    clerk.goto(f"/office/cases/{number}/clock")
    assert_no_barrier(clerk)
    follow(clerk, "暂停计时")
    press(clerk, "暂停计时并告知申请人")
    expect(clerk.locator("#error-summary")).to_be_focused()
    assert_no_barrier(clerk)
    fill_in(clerk, {"是哪一种特殊环节": "检验检测", "预计需要多少个工作日": "10", "为什么需要": "熟食送检"})
    press(clerk, "暂停计时并告知申请人")
    expect(clerk.get_by_text("检验检测进行中", exact=True)).to_be_visible()
    assert_no_barrier(clerk)


def ask_for_days(clerk: Page) -> None:
    follow(clerk, "申请延期")
    assert_no_barrier(clerk)
    fill_in(clerk, {"为什么在时限内办不完": "等检测结果"})
    press(clerk, "提请批准")
    expect(clerk.get_by_text("待批准", exact=True)).to_be_visible()


def grant(boss: Page) -> None:
    boss.goto("/approvals")
    assert_no_barrier(boss)
    follow(boss, "答复")
    press(boss, "提交答复")
    expect(boss.locator("#error-summary")).to_be_focused()
    assert_no_barrier(boss)
    fill_in(boss, {"您的答复": "批准"})
    press(boss, "提交答复")
    expect(boss.get_by_role("status")).to_contain_text("已批准")


def test_a_clock_is_stopped_prolonged_and_explained(
    site: Site, accepted: str, open_browser: OpenBrowser
) -> None:
    clerk, applicant = open_browser("market"), open_browser("applicant")
    stop(clerk, accepted)
    ask_for_days(clerk)
    grant(open_browser("head"))

    applicant.goto(f"/cases/{accepted}")
    expect(applicant.get_by_text("计时暂停", exact=True).first).to_be_visible()
    follow(applicant, "怎么算的")
    expect(applicant.get_by_text("经批准延长 5 个工作日").first).to_be_visible()
    assert_no_barrier(applicant)
    go_back(applicant, "返回办件")

    clerk.goto(f"/office/cases/{accepted}/clock")
    follow(clerk, "结束检验检测，恢复计时")
    assert_no_barrier(clerk)
    fill_in(clerk, {"结果是什么": "检测合格"})
    press(clerk, "恢复计时")
    expect(clerk.get_by_text("检验检测进行中", exact=True)).to_have_count(0)


def test_the_working_calendar(open_browser: OpenBrowser) -> None:
    page = open_browser("admin")
    assert_none_has_a_barrier(page, ("/admin/calendar?year=2026", "/admin/calendar?year=2039"))
    press(page, "保存这一天")
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)
