"""One visit of two offices on two phones, off line in between; what failed is put right and seen again."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, follow, go, heading, press, take
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier
from tests.journeys.visiting import (
    PHONE,
    fail,
    judge_own,
    open_visit,
    photo,
    point,
    sign,
    uploaded,
    visit_of_today,
)

KITCHEN, EXITS = "布局和流程合理，能防止生熟交叉污染", "安全出口和疏散通道数量够、畅通、不上锁"
CROSSED, LOCKED = "切配台紧挨洗碗池，生熟交叉。", "后门上了锁。"


def on_the_phone(page: Page) -> None:
    """No barrier, and back to the size of a phone."""
    assert_no_barrier(page)
    page.set_viewport_size(PHONE)


def market_looks_off_line(page: Page, visit: int) -> None:
    """The signal goes; points, words and photos stay in the phone, through a reload, until it is back."""
    open_visit(page, visit)
    page.context.set_offline(True)
    fail(page, KITCHEN, CROSSED, photos=2)
    judge_own(page)
    page.reload()
    expect(heading(page)).to_be_visible()
    expect(point(page, KITCHEN).get_by_label("说明")).to_have_value(CROSSED)
    expect(page.locator("[data-bar-words]")).to_contain_text("没有网络 · 待上传 8 项")
    on_the_phone(page)
    page.goto("/inspect/offline")
    expect(page.locator(".op-queue-line")).to_have_count(8)
    on_the_phone(page)
    page.goto(f"/inspect/{visit}")
    page.context.set_offline(False)
    uploaded(page)


def fire_looks(page: Page, visit: int) -> None:
    open_visit(page, visit)
    expect(point(page, KITCHEN)).to_contain_text(CROSSED)
    fail(page, EXITS, LOCKED, photos=1)
    judge_own(page)
    uploaded(page)


def both_sign(market: Page, fire: Page) -> None:
    """Each on their own phone; the applicant's person on that of the market's."""
    for page in (market, fire):
        page.reload()
        expect(point(page, EXITS)).to_contain_text(LOCKED if page is market else "已上传")
        sign(page, page.locator("[data-own-signature]"), "确认签名")
        expect(page.locator("[data-own-signature]")).to_contain_text("已签名，已上传")
    party = market.locator("[data-party]")
    party.locator("summary").first.click()
    sign(market, party, "确认")
    expect(party).to_contain_text("已签名，已上传")
    on_the_phone(market)


def close_visit(page: Page) -> None:
    follow(page, "汇总")
    expect(page.locator(".op-found > li").first).to_contain_text("不合格")
    on_the_phone(page)
    press(page, "结束踏勘")


def put_right(page: Page, number: str) -> None:
    """The applicant answers the one notice: words for both, a photo for one."""
    page.goto(f"/cases/{number}/inspection")
    for title, words in ((KITCHEN, "已隔开切配区。"), (EXITS, "锁已拆除。")):
        section = page.locator("section.op-correct").filter(has_text=title)
        section.get_by_label("怎样整改的").fill(words)
    page.locator("section.op-correct").first.locator("input[type=file]").first.set_input_files(photo(5))
    assert_no_barrier(page)
    press(page, "提交整改")
    expect(page.get_by_role("status").first).to_contain_text("整改已经提交")


def look_again(market: Page, fire: Page, number: str) -> None:
    """Only the two points, on paper; one is right now, the other is not."""
    market.goto("/inspect")
    on_the_phone(market)
    card = market.locator(".op-visit-card").filter(has_text=number).filter(has_text="书面复查")
    go(market, card.get_by_role("link"))
    again = market.url
    expect(market.locator("article")).to_have_count(2)
    expect(point(market, KITCHEN)).to_contain_text("已隔开切配区。")
    assert judge_own(market) == 1
    uploaded(market)
    on_the_phone(market)
    fire.goto(again)
    fail(fire, EXITS, "锁还在。")
    expect(point(fire, EXITS)).to_contain_text("已上传")
    market.reload()
    expect(point(market, EXITS)).to_contain_text("锁还在。")
    for page in (market, fire):
        sign(page, page.locator("[data-own-signature]"), "确认签名")
        expect(page.locator("[data-own-signature]")).to_contain_text("已签名，已上传")
    fire.goto(f"{again}/summary")
    press(fire, "结束踏勘")
    expect(fire.get_by_role("status").first).to_contain_text("1 个事项不合格")


def test_what_failed_is_put_right_once_and_decided_item_by_item(
    site: Site, open_browser: OpenBrowser
) -> None:
    number, visit = visit_of_today(site)
    market, fire = (open_browser(who, width=PHONE["width"]) for who in ("market", "fire"))
    on_the_phone(market)
    market_looks_off_line(market, visit)
    fire_looks(fire, visit)
    both_sign(market, fire)
    close_visit(market)
    expect(market.get_by_role("status").first).to_contain_text("2 个事项不合格")
    on_the_phone(market)
    site.let_the_worker_work()
    applicant = open_browser("applicant")
    put_right(applicant, number)
    look_again(market, fire, number)
    site.let_the_worker_work()
    decide(open_browser("approval"), open_browser("fire"), number)
    applicant.goto(f"/cases/{number}")
    for said in ("决定食品经营许可：准予许可", "决定消防安全检查：不予许可"):
        expect(applicant.locator("main")).to_contain_text(said)


def decide(approval: Page, fire: Page, number: str) -> None:
    """What is right now is granted; what is not is refused with the reasons that the visit wrote."""
    take(approval, "决定食品经营许可", number)
    fill_in(approval, {"决定": "准予许可"})
    press(approval, "提交办理结果")
    take(fire, "决定消防安全检查", number)
    expect(fire.get_by_label("理由")).to_have_value(re.compile("锁还在。"))
    fill_in(fire, {"决定": "不予许可"})
    press(fire, "提交办理结果")
