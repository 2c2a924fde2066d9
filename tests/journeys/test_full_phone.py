"""A phone without room keeps nothing new, and shows on line what the network answers all the same."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenBrowser
from tests.journeys.site import Site
from tests.journeys.visiting import PHONE, open_visit, photo, point, uploaded, visit_of_today

KITCHEN = "布局和流程合理，能防止生熟交叉污染"
# Whether the phone takes one more thing: the same that the service worker does for every page and file.
HAS_ROOM = """async () => {
  const much = new Response("x".repeat(1e5));
  const put = async () => (await caches.open("inspect-files")).put("/static/room", much);
  return put().then(() => true, () => false);
}"""


def fill_up(page: Page, address: str) -> None:
    """No byte more fits into what this browser gives to the product."""
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": 1}
    )
    assert not page.evaluate(HAS_ROOM)


def drawn_at(page: Page) -> str:
    """When the server made the page that is open."""
    return str(page.evaluate("JSON.parse(document.getElementById('frame').dataset.state).at"))


def test_a_full_phone_opens_the_page_fresh_and_with_its_script(site: Site, open_browser: OpenBrowser) -> None:
    page, visit = open_browser("market", width=PHONE["width"]), visit_of_today(site)[1]
    open_visit(page, visit)
    card = point(page, KITCHEN)
    card.locator("input[type=file]").set_input_files(photo())
    uploaded(page)
    page.reload()
    whole = card.locator(".op-photo a").get_attribute("href")
    assert page.evaluate("whole => fetch(whole).then((answer) => answer.ok)", whole)
    kept = "async () => (await (await caches.open('inspect-pages')).keys()).map((each) => each.url)"
    page.goto(f"/inspect/{visit}")
    addresses = page.evaluate(kept)
    assert f"{site.address}/inspect/{visit}" in addresses
    assert not any("size=full" in each for each in addresses)
    before = drawn_at(page)
    page.evaluate("caches.delete('inspect-files')")
    fill_up(page, site.address)
    page.reload()
    assert drawn_at(page) > before
    expect(page.locator("html.op-scripted")).to_have_count(1)
    uploaded(page)
