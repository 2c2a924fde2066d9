"""Two departments mark, the window asks once, the applicant replies once, and only those two look again."""

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from engine.database import transaction
from tests.engine.corrections.noticing import ask, note
from tests.filing import ANSWERS, file_case
from tests.journeys.conftest import DESK, OpenBrowser
from tests.journeys.pages import (
    fill_in,
    finish,
    follow,
    go,
    heading,
    one_page,
    press,
    summary,
)
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier

OPERATOR = str(ANSWERS["ent_name"])
EXITS, ITEMS, PLAN, AGENT = "安全出口和疏散楼梯数", "经营项目", "经营场所平面布局图", "是否委托他人办理"
PHONE = 390


def mark(page: Page, number: str, thing: str, kind: str, reason: str, wanted: str) -> None:
    """From the list of cases on receipt to the thing that is wrong, and what to do about it."""
    page.goto("/tasks/receipt")
    go(page, page.get_by_role("row").filter(has_text=number).get_by_role("link", name="核对"))
    expect(heading(page)).to_have_text("核对材料，标记问题")
    follow(page, f"标记问题 {thing}")
    fill_in(page, {"是什么问题": kind, "问题在哪里": reason, "怎样改才符合要求": wanted})
    press(page, "标记")
    expect(page.get_by_role("status")).to_contain_text("已标记")


def mark_in_two_departments(open_browser: OpenBrowser, number: str) -> None:
    fire, market = open_browser("fire"), open_browser("market")
    mark(fire, number, EXITS, "填写有误", "写了 3 个，图上有 4 个。", "请按平面图填写。")
    mark(fire, number, PLAN, "看不清或不完整", "没有标出口宽度。", "请标出每个出口的宽度。")
    mark(market, number, PLAN, "缺少", "图上没有厨房。", "请画出厨房的布局。")
    assert_no_barrier(market)


def window_asks_once(page: Page, number: str) -> None:
    """The window sees what all marked, as the applicant will, adds nothing, and sends it."""
    page.goto(f"/office/cases/{number}/points")
    expect(page.get_by_role("heading", name="已标记的问题（2 处）")).to_be_visible()
    follow(page, "预览")
    notice = page.locator("main h3")
    expect(notice).to_have_text([EXITS, PLAN])
    take_up(page, number, "受理审查")
    fill_in(page, {"受理意见": "一次性告知补正"})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("“受理审查”已办理")


def take_up(page: Page, number: str, title: str) -> None:
    page.goto("/tasks/claimable")
    line = page.get_by_role("row").filter(has_text=number).filter(has_text=title)
    go(page, line.first.get_by_role("button", name="领取"))


def flagged(page: Page) -> Locator:
    return page.locator(".op-correct h3")


def reply_once(page: Page, number: str) -> None:
    """Exactly what was flagged; a mistake comes back at its field; everything is sent once."""
    page.goto(f"/cases/{number}")
    expect(page.locator(".op-note-warn").first).to_contain_text("请补正 2 处")
    follow(page, "去补正")
    expect(flagged(page)).to_have_text([EXITS, PLAN])
    plan = page.locator("#of-material-floor_plan")
    expect(plan).to_contain_text("请标出每个出口的宽度。")
    expect(plan).to_contain_text("请画出厨房的布局。")
    expect(summary(page, "原来的内容")).to_have_text("3 个")
    fill_in(page, {EXITS: "四个"})
    press(page, "提交补正")
    expect(page.locator("#error-summary")).to_contain_text("还没有上传")
    expect(page.get_by_label(EXITS, exact=True)).to_have_value("四个")
    fill_in(page, {EXITS: "4"})
    file = FilePayload(name="新平面图.pdf", mimeType="application/pdf", buffer=one_page())
    plan.get_by_label("选择改好的文件").set_input_files(file)
    press(page, "保存，以后再交")
    expect(page.get_by_text("已改好 2 处，共 2 处")).to_be_visible()
    expect(plan.get_by_role("link", name="新平面图.pdf")).to_be_visible()
    press(page, "提交补正")
    expect(page.get_by_role("status")).to_contain_text("补正已提交")
    follow(page, "第 1 次补正")
    expect(page.get_by_role("button", name="提交补正")).to_have_count(0)


def look_again(page: Page, number: str, points: int) -> None:
    take_up(page, number, "核对补正")
    expect(page.locator(".op-before-after").first).to_be_visible()
    checks = page.locator(".op-point")
    expect(checks).to_have_count(points)
    for place in range(points):
        checks.nth(place).get_by_label("已改正", exact=True).check()
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("已改正")


@pytest.mark.parametrize(("scripts", "width"), [(True, DESK), (False, PHONE)])
def test_two_departments_are_answered_in_one_correction(
    site: Site, open_browser: OpenBrowser, scripts: bool, width: int
) -> None:
    number = file_case(site.engine, site.people)
    mark_in_two_departments(open_browser, number)
    window = open_browser("window")
    window_asks_once(window, number)
    reply_once(open_browser("applicant", scripts=scripts, width=width), number)

    tobacco = open_browser("tobacco")
    tobacco.goto("/tasks/claimable")
    expect(tobacco.get_by_role("row").filter(has_text=number)).to_have_count(0)
    look_again(open_browser("fire"), number, 2)
    look_again(open_browser("market"), number, 1)
    take_up(window, number, "受理审查")
    expect(window.locator(".op-told").first).to_contain_text("已改正")
    fill_in(window, {"受理意见": "受理"})
    finish(window)
    expect(window.get_by_role("status").first).to_contain_text("“受理审查”已办理：受理。")


def test_questions_that_come_up_with_a_new_answer_appear_at_once(
    site: Site, open_browser: OpenBrowser
) -> None:
    number = file_case(site.engine, site.people)
    with transaction(site.engine) as db:
        note(db, site.people, number, "window", "has_agent")
    with transaction(site.engine) as db:
        ask(db, site.people, number)
    page = open_browser("applicant")
    page.goto(f"/cases/{number}/corrections/1")
    name = page.locator("[data-question=agent_name]")
    expect(name).to_be_hidden()
    fill_in(page, {AGENT: "是"})
    expect(name).to_be_visible()
    press(page, "提交补正")
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)


def test_no_page_of_a_correction_holds_a_barrier(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    with transaction(site.engine) as db:
        note(db, site.people, number, "fire", "fire_exits", "fire_check")
    place = f"/office/cases/{number}"
    window = open_browser("window")
    for address in (place, f"{place}/points", f"{place}/points/preview", f"{place}/points/field/phone"):
        window.goto(address)
        assert_no_barrier(window)
    press(window, "标记")
    expect(window.locator("#error-summary")).to_be_focused()
    assert_no_barrier(window)
    fire = open_browser("fire")
    fire.goto("/tasks/receipt")
    assert_no_barrier(fire)
    with transaction(site.engine) as db:
        ask(db, site.people, number)
    applicant = open_browser("applicant")
    for address in (f"/cases/{number}", f"/cases/{number}/corrections/1"):
        applicant.goto(address)
        assert_no_barrier(applicant)
