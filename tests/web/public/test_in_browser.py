"""The public pages in a real Chromium: walked with and without scripts, and with the keyboard."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.web.conftest import Site

pytestmark = pytest.mark.journey

PHONE, DESK = 390, 1280


@pytest.fixture(scope="module")
def address(whole_site: Site) -> Iterator[str]:
    """Where the application answers."""
    server = make_server("127.0.0.1", 0, whole_site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def open_page(chromium: Browser, address: str, width: int, *, scripts: bool = True) -> Page:
    context = chromium.new_context(
        base_url=address,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
    )
    return context.new_page()


def answer_everything(page: Page) -> None:
    """From the front page through all questions."""
    page.goto("/")
    page.get_by_role("link", name="我要办").click()
    page.get_by_role("link", name="开办餐饮店").click()
    page.get_by_role("link", name="开始导办").click()
    page.get_by_role("link", name="开始", exact=True).click()
    page.get_by_label("张店区").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("您的店一共有多大？").fill("350")
    page.get_by_role("button", name="继续").click()
    for answer in ("是", "是", "是", "否"):
        page.get_by_label(answer, exact=True).check()
        page.get_by_role("button", name="继续").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_guide_can_be_walked_with_and_without_scripts(
    chromium: Browser, address: str, scripts: bool
) -> None:
    page = open_page(chromium, address, PHONE, scripts=scripts)
    answer_everything(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("您要办 4 项许可，一次办好")
    page.get_by_role("link", name="上一题").click()
    expect(page.get_by_label("否", exact=True)).to_be_checked()


def test_mistakes_take_the_focus_and_lead_to_their_field(chromium: Browser, address: str) -> None:
    page = open_page(chromium, address, DESK)
    page.goto("/track")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="请输入受理号").click()
    expect(page.locator("#number")).to_be_focused()


def test_the_first_key_offers_a_way_past_the_frame(chromium: Browser, address: str) -> None:
    page = open_page(chromium, address, DESK)
    page.goto("/help")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_drawing_appears_beside_its_words(chromium: Browser, address: str) -> None:
    page = open_page(chromium, address, DESK)
    page.goto("/industries/restaurant")
    expect(page.locator("[data-element-id=review_food_operation]").first).to_be_visible()
    expect(page.locator("#flow + ol")).to_contain_text("审查食品经营条件")
