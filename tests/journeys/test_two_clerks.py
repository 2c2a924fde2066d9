"""Two people of one office at the same task: one is heard, the other is told who did what and when."""

import re

from playwright.sync_api import Page, expect

from tests import filing
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, finish, heading, summary
from tests.journeys.site import Site

A_MOMENT = re.compile(r"20[0-9]{2}年[0-9]+月[0-9]+日 [0-9]{2}:[0-9]{2}")


def waiting_task(site: Site) -> str:
    """The window's task of a case that was just filed."""
    number = filing.file_case(site.engine, site.people)
    return filing.open_steps(site.engine, number)["accept"]


def accepting(page: Page, task: str) -> Page:
    page.goto(f"/tasks/{task}")
    fill_in(page, {"受理意见": "受理"})
    return page


def test_the_slower_of_two_clerks_learns_who_did_what_and_when(site: Site, open_browser: OpenBrowser) -> None:
    task = waiting_task(site)
    first = accepting(open_browser("window"), task)
    second = accepting(open_browser("window2"), task)
    finish(first)
    expect(first.get_by_role("status")).to_contain_text("已办理：受理")
    finish(second)
    expect(heading(second)).to_have_text("这项任务已经有人处理")
    expect(second.locator(".op-lead")).to_contain_text("没有保存，也没有重复办理")
    expect(summary(second, "任务")).to_have_text("受理审查")
    expect(summary(second, "处理情况")).to_have_text("受理")
    expect(summary(second, "处理人")).to_have_text("window·甲")
    expect(summary(second, "处理时间")).to_have_text(A_MOMENT)


def test_a_task_that_a_colleague_has_in_hand_is_not_taken_again(
    site: Site, open_browser: OpenBrowser
) -> None:
    task = waiting_task(site)
    first, second = open_browser("window"), open_browser("window2")
    for page in (first, second):
        page.goto("/tasks/claimable")
    for page in (first, second):
        page.locator(f"form[action='/tasks/{task}/claim'] button").click()
    expect(heading(first)).to_have_text("受理审查")
    expect(heading(second)).to_have_text("这项任务已经有人处理")
    expect(summary(second, "处理情况")).to_have_text("已领取")
    expect(summary(second, "处理人")).to_have_text("window·甲")


def test_finishing_twice_by_the_back_button_is_finishing_once(site: Site, open_browser: OpenBrowser) -> None:
    task = waiting_task(site)
    page = accepting(open_browser("window"), task)
    finish(page)
    expect(page.get_by_role("status")).to_contain_text("已办理：受理")
    page.go_back()
    if page.get_by_role("button", name="提交办理结果").count():
        finish(page)
    expect(heading(page)).to_have_text("这项任务已经有人处理")
