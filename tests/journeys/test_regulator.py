"""From the certificate to the regulator and back: told, claimed, found, and the decider has it to decide."""

from datetime import date

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from engine.database import transaction
from engine.tables import cases, handouts, licences
from tests.engine.clerks import carry
from tests.filing import ONLY_FOOD, file_case
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, follow, go, heading, press
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier

PENALTY = {
    "检查的结果": "建议撤销许可",
    "情况": "以隐瞒情况取得许可。",
    "依据（选填）": "行政许可法第六十九条",
}


def issue(site: Site) -> str:
    """A restaurant whose certificate is issued and printed."""
    number = file_case(site.engine, site.people, ONLY_FOOD)
    carry(site.engine, site.people, number)
    site.let_the_worker_work()
    with transaction(site.engine) as db:  # before today, whatever day it is
        db.execute(update(licences).values(valid_from=date(2026, 1, 5)))
    return number


def line_of(page: Page, number: str) -> int:
    """How many lines of the list are about the case."""
    return page.get_by_role("row").filter(has_text=number).count()


def test_a_regulator_claims_finds_and_advises_and_the_decider_has_it(
    site: Site, open_browser: OpenBrowser
) -> None:
    number = issue(site)
    regulator = open_browser("regulator")
    expect(heading(regulator)).to_have_text("审管联动")
    assert_no_barrier(regulator)
    row = regulator.get_by_role("row").filter(has_text=number)
    row.get_by_role("checkbox").check()
    press(regulator, "认领所选")
    expect(regulator.get_by_role("status").first).to_contain_text("已认领 1 项。")
    assert line_of(regulator, number) == 0

    regulator.goto("/regulator/claimed")
    go(regulator, regulator.get_by_role("row").filter(has_text=number).get_by_role("link").first)
    expect(regulator.get_by_text("张店区市场监督管理局").first).to_be_visible()
    assert_no_barrier(regulator)
    follow(regulator, "反馈检查情况")
    fill_in(regulator, PENALTY)
    assert_no_barrier(regulator)
    press(regulator, "提交反馈")
    expect(regulator.get_by_role("status").first).to_contain_text("反馈已经记入办件和证照。")
    expect(regulator.get_by_text("已转决定机关处理")).to_be_visible()
    assert_no_barrier(regulator)
    regulator.goto("/regulator/search?q=张")
    assert_no_barrier(regulator)

    clerk = open_browser("approval")
    clerk.goto(f"/office/cases/{number}")
    expect(clerk.get_by_text("以隐瞒情况取得许可。")).to_be_visible()
    assert_no_barrier(clerk)
    with transaction(site.engine) as db:
        parent = select(cases.c.id).where(cases.c.number == number).scalar_subquery()
        started = db.execute(select(cases.c.number).where(cases.c.parent_id == parent)).scalar_one()
    clerk.goto(f"/tasks/claimable?q={started}")
    assert line_of(clerk, started) == 1


def test_a_window_hands_a_certificate_out_and_the_receiver_signs_on_the_screen(
    site: Site, open_browser: OpenBrowser
) -> None:
    number = issue(site)
    window = open_browser("window")
    window.goto(f"/counter/issue?q={number}")
    assert_no_barrier(window)
    follow(window, "发放")
    fill_in(window, {"领取人": "张春和"})
    window.get_by_label("已经核对").check()
    box = window.locator("canvas").bounding_box()
    assert box is not None
    window.mouse.move(box["x"] + 30, box["y"] + 30)
    window.mouse.down()
    window.mouse.move(box["x"] + 120, box["y"] + 90, steps=5)
    window.mouse.up()
    assert_no_barrier(window)
    press(window, "登记发放")
    expect(window.get_by_role("status").first).to_contain_text("已登记发放。")
    expect(window.get_by_text("已在屏幕上签名")).to_be_visible()
    assert_no_barrier(window)
    with transaction(site.engine) as db:
        id = db.execute(select(handouts.c.id).where(handouts.c.state == "done")).scalars().first()
    window.goto(f"/counter/issue/{id}/post")
    assert_no_barrier(window)
