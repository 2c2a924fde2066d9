"""Without a mouse every step can be taken and the focus is seen; paper holds the page without its frame."""

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.database import transaction
from engine.drafts import start_draft
from tests import filing
from tests.journeys.applying import answer_the_guide
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import heading, status_of
from tests.journeys.site import Site

MOST_STOPS = 60
# Radios and ticks are drawn by their labels, which then carry the ring.
RING = """() => {
  const focused = document.activeElement;
  const drawn = [focused, focused.nextElementSibling].filter(Boolean).map((each) => getComputedStyle(each));
  return drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus; every stop on the way shows that it has it."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no way to {target} with the Tab key")


def choose(page: Page, option: str) -> None:
    """Reach a group of radios with Tab, and the option with the arrows."""
    option_button = page.get_by_label(option, exact=True)
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _step in range(MOST_STOPS):
        if option_button.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no way to {option} with the arrow keys")


def enter(page: Page) -> None:
    """Press Enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go_on(page: Page, button: str = "继续") -> None:
    tab_to(page, page.locator("main").get_by_role("button", name=button, exact=True).last)
    enter(page)


def test_the_guide_by_keyboard_alone(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.goto("/guide/restaurant")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="开始", exact=True))
    enter(page)
    choose(page, "张店区")
    go_on(page)
    expect(heading(page)).to_have_text("您的店一共有多大？")
    tab_to(page, page.get_by_label("您的店一共有多大？"))
    page.keyboard.type("420")
    enter(page)
    for option in ("否", "是", "否", "是"):
        choose(page, option)
        go_on(page)
    expect(heading(page)).to_have_text("您要办 4 项许可，一次办好")


def test_a_section_by_keyboard_alone(site: Site, open_browser: OpenBrowser) -> None:
    with transaction(site.engine) as db:
        user = site.people["applicant"]
        draft = start_draft(
            db, user=user, industry=filing.INDUSTRY, answers=filing.EVERYTHING, now=filing.NOW
        )
    page = open_browser("applicant")
    page.goto(f"/apply/{draft}")
    tab_to(page, page.get_by_role("link", name="污水排入排水管网许可"))
    enter(page)
    tab_to(page, page.get_by_label("每天排水量"))
    page.keyboard.type("3.5")
    tab_to(page, page.get_by_label("隔油池"))
    page.keyboard.press("Space")
    go_on(page, "保存并继续")
    expect(status_of(page, "污水排入排水管网许可")).to_have_text("已完成")


@pytest.mark.parametrize("address", ["/industries/restaurant", "/guide/restaurant/result?a={a}"])
def test_paper_holds_the_page_without_its_frame(address: str, open_browser: OpenBrowser) -> None:
    page = open_browser()
    answer_the_guide(page)
    page.goto(address.replace("{a}", page.url.partition("?a=")[2]))
    expect(page.locator("header.op-header")).to_be_visible()
    page.emulate_media(media="print")
    for frame in ("header.op-header", "footer.op-footer", "aside.op-help", ".op-actions"):
        expect(page.locator(frame).first).to_be_hidden()
    expect(heading(page)).to_be_visible()
    expect(page.locator(".op-print-head")).to_be_visible()
