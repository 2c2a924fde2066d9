"""The applicant's part of a journey: the guide, the one form, the materials, filing."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.pages import (
    Answers,
    fill_in,
    fill_row,
    follow,
    go_back,
    hand_in_everything,
    heading,
    open_section,
    press,
    save,
    status_of,
    summary,
)

USCC = "91370303MA3T00017Y"
OPERATOR = "淄博小厨飘香餐饮有限公司"
SHARED_BY = "市场监管部门共享数据（演示库）"
APPLICANT = {"联系电话": "13805335678", "经营场所地址": "淄博市张店区柳泉路100号1层"}
SECTIONS: dict[str, Answers] = {
    "经营场所": {
        "经营场所地址": APPLICANT["经营场所地址"],
        "所在楼层": "1 层",
        "房屋性质": "商业",
        "房屋来源": "租赁",
        "从业人员数": "12",
    },
    "委托与送达": {"是否委托他人办理": "否", "证照怎么给您": "邮寄送达", "是否同时申领单项许可证": "否"},
    "食品经营许可": {
        "主体业态": "餐饮服务经营者",
        "经营项目": ["热食类制售", "冷食类制售"],
        "是否在网上经营": "否",
        "是否连锁经营": "否",
    },
    "公众聚集场所消防安全检查": {
        "所在建筑情况": "六层框架结构，耐火等级二级，本店在一层。",
        "安全出口和疏散楼梯数": "3",
        "已有的消防设施（选填）": ["灭火器"],
    },
    "烟草专卖零售许可": {
        "烟草制品经营范围": ["卷烟"],
        "经营场所是否与住所隔开": "是",
        "是否属于照顾群体": "无",
    },
    "城镇污水排入排水管网许可": {"每天排水量": "3.5", "污水预处理设施": ["隔油池"]},
    "门店招牌设置": {"招牌尺寸": "长 6 米、高 1.2 米"},
}
PERSONS: dict[str, tuple[str, Answers]] = {
    "食品经营许可": (
        "食品安全管理员",
        {"姓名": "王安全", "身份证号码": "370303190001010016", "手机号码": "13805331234"},
    ),
    "公众聚集场所消防安全检查": (
        "消防安全责任人和管理人",
        {
            "职责": "消防安全责任人",
            "姓名": "张守信",
            "身份证号码": "370303190001010016",
            "手机号码": "13805335678",
        },
    ),
}


def answer_the_guide(page: Page) -> str:
    """From the front page through one question a page to the result; the address of the result."""
    page.goto("/")
    follow(page, "我要办")
    follow(page, "开办餐饮店")
    follow(page, "开始导办")
    follow(page, "开始")
    expect(heading(page)).to_have_text("您的店开在哪里？")
    answer(page, "张店区")
    page.get_by_label("您的店一共有多大？").fill("420")
    press(page, "继续")
    answer(page, "否")
    go_back(page, "上一题")
    expect(page.get_by_label("否", exact=True)).to_be_checked()
    answer(page, "是")
    for _question in ("排水", "烟", "招牌"):
        answer(page, "是")
    expect(heading(page)).to_have_text("您要办 5 项许可，一次办好")
    items = page.locator("ol.op-items > li")
    expect(items).to_have_count(5)
    for number in range(5):
        expect(items.nth(number).locator("h3 + p")).not_to_be_empty()
    return page.get_by_label("打开这个链接就是本页结果，不用登录").input_value()


def answer(page: Page, option: str) -> None:
    page.get_by_label(option, exact=True).check()
    press(page, "继续")


def prefill_and_contest(page: Page) -> None:
    """The subject's data come from the shared data, with source and date; one of them is out of date."""
    open_section(page, "主体信息")
    fill_in(page, {"统一社会信用代码": USCC})
    press(page, "按统一社会信用代码带出信息")
    known = page.get_by_role("region", name="已带出")
    expect(known).to_contain_text(OPERATOR)
    expect(known.get_by_text(re.compile(f"^{SHARED_BY} · 20[0-9]{{2}}年.+日查询$")).first).to_be_visible()
    known.get_by_role("link", name="更正住所").click()
    fill_in(page, {"住所": "山东省淄博市张店区柳泉路演示 9 号", "更正理由": "上月已经办理住所变更登记。"})
    press(page, "保存更正")
    expect(page.locator(".op-contested")).to_contain_text("柳泉路演示 1 号")
    fill_in(page, {"联系电话": APPLICANT["联系电话"]})
    save(page)
    expect(status_of(page, "主体信息")).to_have_text("已完成")


def fill_in_every_section(page: Page, *, scripts: bool) -> None:
    """Every section of the task list; a question that hangs on another appears when that is answered."""
    for title, answers in SECTIONS.items():
        open_section(page, title)
        fill_in(page, answers)
        if title in PERSONS:
            table, cells = PERSONS[title]
            fill_row(page, table, 1, cells)
        if answers.get("证照怎么给您") == "邮寄送达":
            give_the_postal_address(page, scripts=scripts)
        save(page)
        expect(heading(page)).to_have_text("填写申请")
        expect(status_of(page, title)).to_have_text("已完成")


def give_the_postal_address(page: Page, *, scripts: bool) -> None:
    """Asked at once with scripts; without, when the page is saved: kindly, and not as a mistake."""
    if not scripts:
        save(page)
        expect(page.get_by_text("根据您的选择，还需要填写 1 项")).to_be_visible()
    fill_in(page, {"邮寄地址": "淄博市张店区柳泉路100号1层"})


def hand_in_the_materials(page: Page) -> None:
    follow(page, "材料")
    assert hand_in_everything(page) > 1
    press_link_back(page)
    expect(page.locator(".op-lead")).to_contain_text("已完成 9 / 9 部分")


def press_link_back(page: Page) -> None:
    follow(page, "回到申请")
    expect(heading(page)).to_have_text("填写申请")


def check_and_submit(page: Page) -> str:
    """Check the answers, change one, come back, declare and file; the number of the case."""
    follow(page, "核对并提交申请")
    expect(heading(page)).to_have_text("提交前请核对")
    expect(summary(page, "从业人员数")).to_have_text("12 人")
    page.get_by_role("link", name="更改 从业人员数").click()
    fill_in(page, {"从业人员数": "15"})
    save(page)
    expect(heading(page)).to_have_text("提交前请核对")
    expect(summary(page, "从业人员数")).to_have_text("15 人")
    press(page, "确认并提交申请")
    expect(heading(page)).to_have_text("申请已提交")
    return page.locator(".op-confirmation-number").inner_text()
