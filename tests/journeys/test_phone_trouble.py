"""What goes wrong with a phone loses nothing: signed out, another person, no answer, a second phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Geolocation, expect
from sqlalchemy import select, update

from engine.database import transaction
from engine.people import hashed
from engine.tables import inspection_photos, users
from tests import filing
from tests.conftest import PATIENCE
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_login, go, sign_in
from tests.journeys.site import Site
from tests.journeys.visiting import PHONE, fail, open_visit, photo, point, uploaded, visit_of_today

EXITS = "安全出口和疏散通道数量够、畅通、不上锁"
KITCHEN, TOOLS = "布局和流程合理，能防止生熟交叉污染", "清洗、消毒、冷藏和防蝇防鼠防尘设施齐全可用"

ON_THE_SPOT: Geolocation = {"latitude": 36.81, "longitude": 118.05}


@pytest.fixture(scope="module")
def visit(site: Site) -> int:
    """A visit of today for all tests here: each judges points of its own."""
    return visit_of_today(site)[1]


@pytest.fixture
def phone(site: Site, chromium: Browser) -> Iterator[BrowserContext]:
    """A phone that nobody watches for errors: here the network fails on purpose."""
    context = chromium.new_context(base_url=site.address, locale="zh-CN", viewport=PHONE)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def end_sessions(site: Site, login: str) -> None:
    """A new password ends every session of a person at once; here it is the old one, hashed anew."""
    with transaction(site.engine) as db:
        new = hashed(filing.PASSWORD).value
        db.execute(update(users).where(users.c.login == login).values(password_hash=new))


def test_who_was_signed_out_signs_in_again_where_they_were_and_nothing_is_lost(
    site: Site, open_browser: OpenBrowser, visit: int
) -> None:
    page = open_browser("market", width=PHONE["width"])
    open_visit(page, visit)
    end_sessions(site, "market")
    point(page, KITCHEN).get_by_label("合格", exact=True).check()
    expect(page.locator("[data-bar-words]")).to_have_text("登录已过期 · 待上传 1 项都在手机里")
    go(page, page.get_by_role("link", name="重新登录"))
    fill_login(page, "market")
    assert page.url.endswith(f"/inspect/{visit}")
    uploaded(page)
    page.reload()
    expect(point(page, KITCHEN).get_by_label("合格", exact=True)).to_be_checked()


def test_another_person_on_the_same_phone_neither_sees_nor_sends_what_the_first_one_noted(
    site: Site, open_browser: OpenBrowser, visit: int
) -> None:
    page = open_browser("market", width=PHONE["width"])
    open_visit(page, visit)
    end_sessions(site, "market")
    point(page, TOOLS).get_by_label("不适用", exact=True).check()
    expect(page.locator("[data-bar-words]")).to_contain_text("待上传 1 项")
    sign_in(page, "fire")
    page.goto(f"/inspect/{visit}")
    uploaded(page)
    expect(point(page, TOOLS)).not_to_contain_text("不适用")
    page.goto("/inspect/offline")
    expect(page.locator("[data-queue-others]")).to_contain_text("market·甲还有 1 项没有上传")
    expect(page.locator(".op-queue-line")).to_have_count(0)
    end_sessions(site, "fire")
    sign_in(page, "market")
    page.goto("/inspect/offline")
    expect(page.locator(".op-queue-line")).to_contain_text("已上传")


def test_a_photo_without_an_answer_waits_and_one_that_is_too_large_stays_until_it_is_sent_again(
    site: Site, phone: BrowserContext, visit: int
) -> None:
    page = phone.new_page()
    sign_in(page, "market")
    open_visit(page, visit)
    phone.grant_permissions(["geolocation"])
    phone.set_geolocation(ON_THE_SPOT)
    page.get_by_label("照片带上拍摄位置").check()
    refusal = {"status": 502}
    phone.route("**/photos", lambda route: route.fulfill(**refusal))
    card = point(page, KITCHEN)
    card.locator("input[type=file]").set_input_files(photo(7))
    expect(page.locator("[data-bar-words]")).to_have_text("服务器暂时没有响应 · 待上传 1 项")
    expect(card.locator(".op-photo")).to_contain_text("待上传")
    refusal["status"] = 413
    page.reload()
    expect(card.locator(".op-photo")).to_contain_text("照片太大，服务器没有收。")
    phone.unroute("**/photos")
    page.goto("/inspect/offline")
    line = page.locator(".op-queue-line").filter(has_text="没有收下")
    line.get_by_role("button", name="再传一次").click()
    expect(page.locator(".op-queue-line").filter(has_text="照片")).to_contain_text("已上传")
    of_visit = select(inspection_photos.c.latitude).where(inspection_photos.c.inspection_id == visit)
    with transaction(site.engine) as db:
        assert db.execute(of_visit).scalars().all() == [ON_THE_SPOT["latitude"]]


def test_two_phones_of_one_person_come_to_the_same(open_browser: OpenBrowser, visit: int) -> None:
    one, other = (open_browser("fire", width=PHONE["width"]) for _ in range(2))
    for page in (one, other):
        open_visit(page, visit)
    title = "建筑合法，使用性质与经营用途相符"
    one.context.set_offline(True)
    point(one, title).get_by_label("合格", exact=True).check()
    expect(one.locator("[data-bar-words]")).to_have_text("没有网络 · 待上传 1 项")
    point(other, title).get_by_label("不合格", exact=True).check()
    expect(other.locator("[data-bar-words]")).to_have_text("1 项没有写完，写完才会上传")
    point(other, title).get_by_label("说明").fill("用途不符。")
    uploaded(other)
    one.context.set_offline(False)
    uploaded(one)
    results = []
    for page in (one, other):
        page.reload()
        uploaded(page)
        results.append(point(page, title).locator("input:checked").get_attribute("value"))
    assert results[0] == results[1]
    go(one, one.get_by_role("button", name="退出"))
    assert not one.evaluate("caches.has('inspect-pages')")


def test_what_is_found_last_holds_though_it_was_begun_on_a_phone_before_the_other_one(
    open_browser: OpenBrowser, visit: int
) -> None:
    one, other = (open_browser("fire", width=PHONE["width"]) for _ in range(2))
    for page in (one, other):
        open_visit(page, visit)
    fail(one, EXITS, "")
    expect(point(one, EXITS)).to_contain_text("请写明哪里不合格")
    for result in ("不适用", "合格"):  # two edits: the second is later than what was begun
        with other.expect_response("**/sync"):
            point(other, EXITS).get_by_label(result, exact=True).check()
    one.reload()
    fail(one, EXITS, "后门上了锁。")
    uploaded(one)
    other.reload()
    expect(point(other, EXITS).get_by_label("不合格", exact=True)).to_be_checked()
    expect(point(other, EXITS).get_by_label("说明")).to_have_value("后门上了锁。")
