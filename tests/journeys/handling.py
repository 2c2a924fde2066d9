"""The offices' part of a journey: acceptance, reviews, the joint visit, decisions."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select

from engine.database import transaction
from engine.tables import cases, tasks
from tests.journeys.applying import OPERATOR
from tests.journeys.pages import check_all_points, fill_in, finish, take
from web.demo.visits import OF_VISIT, take_step

LICENCES = (
    "食品经营许可",
    "公众聚集场所投入使用、营业前消防安全检查",
    "烟草专卖零售许可",
    "城镇污水排入排水管网许可",
    "门店招牌设置",
)
REVIEWS = {
    "market": "审查食品经营条件",
    "fire": "审查消防安全条件",
    "tobacco": "审查烟草零售条件",
    "housing": "审查排水条件",
    "urban": "审查门店招牌",
}
DECISIONS = {
    "approval": ("决定食品经营许可", "决定排水许可", "决定门店招牌"),
    "fire": ("决定消防安全检查",),
    "tobacco": ("决定烟草零售许可",),
}
CALLED = {"决定门店招牌": "予以备案"}  # what is not a permit has other words


def window_accepts(page: Page, operator: str = OPERATOR) -> None:
    take(page, "受理审查", operator)
    fill_in(page, {"受理意见": "受理"})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("“受理审查”已办理：受理。")


def review(page: Page, office: str, operator: str = OPERATOR) -> None:
    take(page, REVIEWS[office], operator)
    check_all_points(page, "符合")
    fill_in(page, {"审查意见": "同意"})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("已办理：同意。")


def visit(engine: Engine, number: str) -> None:
    """The date is agreed on, everything is looked at and found good; test_joint_visit shows the pages."""
    of_case = select(tasks).join(cases).where(cases.c.number == number, tasks.c.state == "open")
    waiting = of_case.where(tasks.c.act.in_(OF_VISIT)).order_by(tasks.c.step).limit(1)
    while True:
        with transaction(engine) as db:
            task = db.execute(waiting).one_or_none()
            if task is None:
                return
            take_step(db, task, {}, datetime.now(UTC))


def decide(page: Page, office: str, operator: str = OPERATOR) -> None:
    """The office grants everything that is its own to decide."""
    for title in DECISIONS[office]:
        take(page, title, operator)
        granted = CALLED.get(title, "准予许可")
        fill_in(page, {"决定": granted})
        finish(page)
        expect(page.get_by_role("status").first).to_contain_text(f"已办理：{granted}。")


def refuse(page: Page, title: str, operator: str, reasons: str) -> None:
    take(page, title, operator)
    fill_in(page, {"决定": "不予许可", "理由": reasons})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("已办理：不予许可。")
