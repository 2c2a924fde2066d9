"""A hearing on request: offered, asked for, called, held; the decision goes by its minutes."""

from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from engine.database import transaction
from engine.tables import cases, hearings
from tests.engine.clerks import carry
from tests.filing import file_case
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, finish, follow, go, heading, press, summary, take
from tests.journeys.site import Site

DECIDE, ITEM = "决定食品经营许可", "食品经营许可"


def test_the_decision_rests_on_the_hearing_that_the_applicant_asked_for(
    site: Site, open_browser: OpenBrowser
) -> None:
    number = file_case(site.engine, site.people)
    carry(site.engine, site.people, number, until="decide_food_operation")
    clerk, applicant = open_browser("approval"), open_browser("applicant", width=390)
    offer(clerk, number)
    refused(clerk, number, "要等申请人答复")
    ask(applicant, number)
    call(clerk, number)
    applicant.goto(f"/cases/{number}")
    expect(applicant.get_by_role("main")).to_contain_text("区政务服务中心三楼听证室")
    time_passes(site, number)
    record(clerk, number)
    decide(clerk, number)
    applicant.goto(f"/cases/{number}/hearings")
    follow(applicant, ITEM)
    expect(summary(applicant, "听证结论")).to_have_text("不支持准予许可")


def offer(page: Page, number: str) -> None:
    page.goto(f"/office/cases/{number}")
    follow(page, "听证：告知、通知、笔录")
    follow(page, "告知听证")
    fill_in(page, {"为什么告知听证": "油烟直接影响楼上住户。"})
    press(page, "出具听证告知书")
    expect(page.locator("main")).to_contain_text("已告知，等申请人答复")


def refused(page: Page, number: str, why: str) -> None:
    """The decision cannot be made meanwhile, and the page says what has to come first."""
    take(page, DECIDE, number)
    fill_in(page, {"决定": "准予许可"})
    finish(page)
    expect(page.get_by_role("alert")).to_contain_text(why)


def ask(page: Page, number: str) -> None:
    page.goto(f"/cases/{number}")
    follow(page, "去答复")
    press(page, "要求听证")
    expect(page.get_by_role("alert")).to_contain_text("请写明为什么要求听证")
    fill_in(page, {"为什么要求听证，打算说明什么": "我想说明油烟净化设备已经更换。"})
    press(page, "要求听证")
    expect(page.locator("main")).to_contain_text("已收到您的要求")


def call(page: Page, number: str) -> None:
    page.goto(f"/office/cases/{number}/hearings")
    follow(page, "通知听证")
    today = page.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'Asia/Shanghai'})")
    notice = {"听证日期": today, "开始时间": "下午2时", "听证地点": "区政务服务中心三楼听证室"}
    fill_in(page, notice | {"主持人": "market·甲"})
    press(page, "出具听证通知书")
    expect(page.get_by_role("alert")).to_contain_text("“听证日期”不能早于")
    later = page.evaluate(
        "new Date(Date.now() + 8 * 864e5).toLocaleDateString('sv-SE', {timeZone: 'Asia/Shanghai'})"
    )
    fill_in(page, {"听证日期": later})
    press(page, "出具听证通知书")
    expect(page.get_by_role("alert")).to_contain_text("依法不能主持听证")
    fill_in(page, {"主持人": "周持平"})
    press(page, "出具听证通知书")
    expect(page.locator("main")).to_contain_text("已通知，待举行")


def time_passes(site: Site, number: str) -> None:
    """The day of the hearing has come: it was called ten days ago."""
    of_case = hearings.c.case_id == select(cases.c.id).where(cases.c.number == number).scalar_subquery()
    with transaction(site.engine) as db:
        told = hearings.c.takes_place_at - timedelta(days=10)
        db.execute(update(hearings).where(of_case).values(takes_place_at=told))


def record(page: Page, number: str) -> None:
    page.goto(f"/office/cases/{number}/hearings")
    day = page.locator("dl > div").filter(has_text="听证时间").locator("dd").first.inner_text()
    held_on = day.split(" ")[0]
    follow(page, "填写笔录")
    fill_in(
        page,
        {
            "收到的书面意见": "没有收到意见",
            "听证日期": held_on.replace("年", "-").replace("月", "-").replace("日", ""),
        },
    )
    expect(page.get_by_label("主持人", exact=True)).to_have_value("周持平")
    people = page.get_by_role("group", name="参加人", exact=True)
    fill_in(
        people.get_by_role("group", name="第 1 人", exact=True),
        {"姓名": "张春和", "身份": "申请人", "笔录签字": "拒绝签字"},
    )
    page.get_by_role("button", name="再加一人").click()
    people = page.get_by_role("group", name="参加人", exact=True)
    fill_in(
        people.get_by_role("group", name="第 2 人", exact=True),
        {"姓名": "李楼上", "身份": "楼上住户", "笔录签字": "已签字或者盖章"},
    )
    fill_in(page, {"笔录": "住户反映夜间油烟；申请人出示检测报告。", "听证结论": "不支持准予许可"})
    press(page, "提交笔录，不再更改")
    expect(page.get_by_role("alert")).to_contain_text("张春和拒绝签字，请写明理由")
    people = page.get_by_role("group", name="参加人", exact=True)
    people.get_by_role("group", name="第 1 人", exact=True).get_by_label(
        "拒绝签字的理由（选填）", exact=True
    ).fill("认为笔录不完整。")
    press(page, "提交笔录，不再更改")
    expect(page.locator("main")).to_contain_text("李楼上")


def decide(page: Page, number: str) -> None:
    page.goto("/tasks")
    line = page.get_by_role("row").filter(has_text=DECIDE).filter(has_text=number)
    go(page, line.get_by_role("link", name="办理"))
    expect(heading(page)).to_have_text(DECIDE)
    expect(page.locator("main")).to_contain_text("住户反映夜间油烟")
    fill_in(page, {"决定": "准予许可"})
    finish(page)
    expect(page.get_by_role("alert")).to_contain_text("听证结论不支持准予许可")
    fill_in(page, {"决定": "准予许可", "理由": "净化设备已经更换，检测合格，住户书面同意。"})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("已办理：准予许可")
