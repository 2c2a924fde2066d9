"""What a phone has not finished, or the server has not taken, is signed over and closed over by nobody."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from engine.database import transaction
from engine.inspections.noting import note
from engine.inspections.sheet import read_sheet
from tests.engine.inspections.visiting import found, party, points_of_office, signed
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import follow
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier
from tests.journeys.visiting import PHONE, fail, open_visit, point, uploaded, visit_of_today

KITCHEN = "布局和流程合理，能防止生熟交叉污染"
UNSETTLED = "有要点还没有写完或者没有收下，请先改好再签名。"
TEAM = ("market", "fire")  # who looks: each login is named as its department


@pytest.fixture
def visit(site: Site) -> int:
    """A visit of today where everything is as it should be, that everybody has signed: it could be closed."""
    visit = visit_of_today(site)[1]
    for login in TEAM:
        with transaction(site.engine) as db:
            own = points_of_office(db, visit, login)
        send(site, login, visit, [found(f"{visit}-{login}-{at}", each) for at, each in enumerate(own)])
    with transaction(site.engine) as db:
        covers = sorted(read_sheet(db, visit).sheet.holding)
    for login in TEAM:
        send(site, login, visit, [signed(f"{visit}-{login}", covers)])
    send(site, "market", visit, [party(f"{visit}-party", covers)])
    return visit


def send(site: Site, login: str, visit: int, entries: list[dict[str, object]]) -> None:
    """This person's phone sends entries."""
    user, now = site.people[login], datetime.now(UTC)
    with transaction(site.engine) as db:
        answers = note(
            db, user=user, inspection=visit, device=f"{login}-one", sent_at=now, entries=entries, now=now
        )
    assert {each.state for each in answers} == {"kept"}, answers


def nobody_signs(page: Page) -> None:
    """Neither pad and neither way on paper is offered, and both say why."""
    other = page.locator("[data-party]")
    other.evaluate("box => box.open = true")
    for box in (page.locator("[data-own-signature]"), other):
        expect(box.locator("[data-sign-said]")).to_have_text(UNSETTLED)
        expect(box.locator("canvas")).to_be_hidden()
        expect(box.locator("[data-paper]")).to_be_hidden()


def nobody_closes(page: Page, visit: int) -> None:
    """The server would let the visit be closed; this phone does not, neither by button nor by key."""
    follow(page, "汇总")
    expect(page.locator("[data-unsent]")).to_contain_text("还有 1 项没有上传")
    expect(page.locator("[data-close]")).to_have_attribute("aria-disabled", "true")
    page.get_by_label("总体说明").focus()
    page.locator("[data-close]").press("Enter")
    expect(page.locator("[data-close]")).to_be_visible()
    assert_no_barrier(page)
    page.set_viewport_size(PHONE)
    page.goto(f"/inspect/{visit}")


def test_a_finding_that_is_refused_or_without_words_is_neither_signed_nor_closed_over(
    open_browser: OpenBrowser, visit: int
) -> None:
    page = open_browser("market", width=PHONE["width"])
    open_visit(page, visit)
    expect(page.locator("[data-own-signature] [data-sign-said]")).to_have_text("已签名，已上传。")
    fail(page, KITCHEN, "漏电🔥")
    expect(point(page, KITCHEN)).to_contain_text("印不出来")
    expect(page.locator("[data-bar-words]")).to_have_text("1 项没有收下，请在“待上传”里查看")
    nobody_signs(page)
    nobody_closes(page, visit)
    expect(point(page, KITCHEN).get_by_label("说明")).to_have_value("漏电🔥")
    fail(page, KITCHEN, "")
    expect(point(page, KITCHEN)).to_contain_text("请写明哪里不合格")
    nobody_signs(page)
    nobody_closes(page, visit)
    fail(page, KITCHEN, "漏电。")
    uploaded(page)
    expect(page.locator("[data-own-signature] [data-sign-said]")).to_contain_text("请重新签名")
    expect(page.locator("[data-own-signature] canvas")).to_be_visible()


def test_words_before_a_result_are_kept_as_unfinished_until_a_result_is_chosen(
    site: Site, open_browser: OpenBrowser
) -> None:
    page, visit = open_browser("market", width=PHONE["width"]), visit_of_today(site)[1]
    open_visit(page, visit)
    card = point(page, KITCHEN)
    card.get_by_role("button", name="写说明、拍照").click()
    card.get_by_label("说明").fill("切配台挨着洗碗池。")
    expect(card).to_contain_text("请选结果")
    expect(page.locator("[data-progress]")).to_contain_text("已查 0/")
    nobody_signs(page)
    follow(page, "汇总")
    expect(page.locator("[data-bar-words]")).to_have_text("1 项没有写完，写完才会上传")
    page.goto("/inspect/offline")
    line = page.locator(".op-queue-line")
    expect(line).to_contain_text("没有写完")
    expect(line).to_contain_text("请选结果")
    page.goto(f"/inspect/{visit}")
    expect(card.get_by_label("说明")).to_have_value("切配台挨着洗碗池。")
    card.get_by_label("说明").fill("")
    expect(page.locator("[data-bar-words]")).to_have_text("已全部上传")  # taken back: nothing is left of it
    card.get_by_label("说明").fill("切配台挨着洗碗池。")
    expect(card).to_contain_text("请选结果")
    card.get_by_label("不合格", exact=True).check()
    expect(card.locator("[data-said]")).to_have_text("已上传")
    page.goto("/inspect/offline")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("已上传")
