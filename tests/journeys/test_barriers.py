"""No page holds a barrier: axe finds nothing, nothing is wider than a phone, no policy complains."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete, update

from engine.database import transaction
from engine.drafts import start_draft
from engine.incidents import HANDLER, open_incident
from engine.tables import credit_records, hearings
from tests import filing
from tests.engine.clerks import REFUSE, carry, case_of
from tests.journeys.applying import USCC
from tests.journeys.conftest import DESK, OpenBrowser
from tests.journeys.pages import fill_in, finish, go, press, save
from tests.journeys.site import Site

PHONE, SMALLEST = 390, 320
TALL = 900
CALLED_YESTERDAY = {
    "state": "called",
    "place": "三楼听证室",
    "chair": "周持平",
    "takes_place_at": datetime.now(UTC) - timedelta(days=1),
}


BROKEN = """() => axe.run({resultTypes: ["violations"]}).then((found) => found.violations.map((rule) =>
  [rule.id, rule.nodes.slice(0, 3).map((each) => each.html)]))"""
TOO_WIDE = """() => [...document.body.querySelectorAll("*")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth)
  .slice(0, 5).map((each) => each.outerHTML.slice(0, 200))"""


def broken_rules(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it stands: each rule with the elements that break it."""
    if page.evaluate("!window.axe"):
        page.evaluate(Axe().axe_script)
    return [(rule, elements) for rule, elements in page.evaluate(BROKEN)]


def assert_no_barrier(page: Page) -> None:
    """The page as it stands, on a desk and on two phones."""
    assert page.locator("h1").count() == 1, page.url
    for width in (DESK, PHONE, SMALLEST):
        page.set_viewport_size({"width": width, "height": TALL})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide on {width} px: {page.evaluate(TOO_WIDE)}"
        if width != SMALLEST:
            broken = broken_rules(page)
            assert not broken, f"{page.url} at {width} px: {broken}"


def assert_none_has_a_barrier(page: Page, addresses: Iterable[str]) -> None:
    for address in addresses:
        page.goto(address)
        if page.locator("figure[data-diagram]").count():
            expect(page.locator(".djs-container")).to_be_visible()
        assert_no_barrier(page)


@pytest.fixture
def draft(site: Site) -> str:
    """An application that was just begun."""
    with transaction(site.engine) as db:
        user = site.people["applicant"]
        return start_draft(db, user=user, industry=filing.INDUSTRY, answers=filing.EVERYTHING, now=filing.NOW)


@pytest.fixture
def number(site: Site) -> str:
    """A case that was just filed."""
    return filing.file_case(site.engine, site.people)


def test_the_public_pages(open_browser: OpenBrowser) -> None:
    pages = ("/", "/industries", "/industries/restaurant", "/guide/restaurant", "/track", "/verify", "/login")
    lists = ("/industries?q=6210", "/industries?q=x", "/industries/restaurant?region=370303")
    versions = ("/industries/restaurant/versions", "/industries/restaurant/versions/1", "/registry?q=家")
    plain = (
        "/help",
        "/notices",
        "/privacy",
        "/accessibility",
        "/v/aaaaaaaaaa",
        "/nowhere",
        "/industries/bakery",
    )
    assert_none_has_a_barrier(open_browser(), (*pages, *lists, *versions, *plain))


def test_a_button_without_words_is_found(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.goto("/help")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [rule for rule, _elements in broken_rules(page)] == ["button-name"]


def test_the_guide(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.goto("/guide/restaurant/q/1")
    assert_no_barrier(page)
    press(page, "继续")
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)
    page.get_by_label("张店区").check()
    press(page, "继续")
    fill_in(page, {"您的店一共有多大？": "20"})
    assert_no_barrier(page)
    press(page, "继续")
    assert_no_barrier(page)  # too small for this industry: where to go instead
    go(page, page.get_by_role("link", name="上一题"))
    fill_in(page, {"您的店一共有多大？": "420"})
    press(page, "继续")
    for _question in range(4):
        page.get_by_label("是", exact=True).check()
        press(page, "继续")
    assert_no_barrier(page)


def test_the_applicants_form(draft: str, open_browser: OpenBrowser) -> None:
    page = open_browser("applicant")
    assert_none_has_a_barrier(
        page, (f"/apply/{draft}", f"/apply/{draft}/check", f"/apply/{draft}/discard", "/my")
    )
    for section in ("subject", "food_operation"):
        page.goto(f"/apply/{draft}/{section}")
        save(page)
        expect(page.locator("#error-summary")).to_be_focused()
        assert_no_barrier(page)
    page.goto(f"/apply/{draft}/subject")
    fill_in(page, {"统一社会信用代码": USCC})
    press(page, "按统一社会信用代码带出信息")
    assert_no_barrier(page)
    go(page, page.get_by_role("link", name="更正住所"))
    press(page, "保存更正")
    assert_no_barrier(page)
    page.goto(f"/apply/{draft}/materials")
    page.get_by_role("button", name="上传").first.click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)


def test_the_other_sections(site: Site, open_browser: OpenBrowser) -> None:
    with transaction(site.engine) as db:
        ready = filing.fill_draft(db, site.people["applicant"])
    page = open_browser("applicant")
    sections = ("premises", "agent", "fire_check", "tobacco_retail", "drainage", "signboard")
    assert_none_has_a_barrier(page, [f"/apply/{ready}/{each}" for each in (*sections, "materials", "check")])
    press(page, "确认并提交申请")
    assert_no_barrier(page)


def test_a_case_under_way_and_ended(site: Site, open_browser: OpenBrowser) -> None:
    number = filing.file_case(site.engine, site.people)
    carry(site.engine, site.people, number, until="inspect")
    page = open_browser("applicant")
    assert_none_has_a_barrier(page, (f"/cases/{number}", f"/cases/{number}/diagram"))
    carry(site.engine, site.people, number, decide_tobacco_retail=REFUSE)
    site.let_the_worker_work()
    assert_none_has_a_barrier(page, (f"/cases/{number}", "/my", "/my/messages", "/my/profile"))
    page.goto(f"/cases/{number}")
    go(page, page.get_by_role("link", name="查看核验页"))
    assert_no_barrier(page)
    page.goto("/track")
    press(page, "查询")
    assert_no_barrier(page)
    fill_in(page, {"受理号": number, "手机号后四位": "5678"})
    press(page, "查询")
    assert_no_barrier(page)


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("accept", "window"),
        ("review_food_operation", "market"),
        ("arrange", "approval"),
        ("decide_food_operation", "approval"),
    ],
)
def test_the_clerks_forms(site: Site, number: str, open_browser: OpenBrowser, step: str, who: str) -> None:
    carry(site.engine, site.people, number, until=step)
    page = open_browser(who)
    assert_none_has_a_barrier(page, [f"/tasks/{filing.open_steps(site.engine, number)[step]}"])
    finish(page)
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)


def test_the_clerks_lists(site: Site, number: str, open_browser: OpenBrowser) -> None:
    task = filing.open_steps(site.engine, number)["accept"]
    page = open_browser("window")
    assert_none_has_a_barrier(page, ("/tasks", "/tasks/claimable", "/tasks/claimable?q=x"))
    page.goto("/tasks/claimable")
    go(page, page.locator(f"form[action='/tasks/{task}/claim'] button"))
    assert_none_has_a_barrier(page, ("/tasks", f"/office/cases/{number}"))
    page.goto(f"/tasks/{task}")
    fill_in(page, {"受理意见": "受理"})
    finish(page)
    assert_none_has_a_barrier(
        page, ("/tasks", "/tasks/done", f"/tasks/{task}", "/tasks/unknown", "/incidents")
    )


def test_the_supervisors_list(site: Site, number: str, open_browser: OpenBrowser) -> None:
    page = open_browser("supervisor")
    with transaction(site.engine) as db:
        case = case_of(db, number).id
        says = "自动环节“制发证照”没有办成，系统会再试；也可以由督查人员重试。"
        open_incident(db, case, None, HANDLER, says, "ConnectionError: " + "refused " * 40, filing.NOW)
    assert_none_has_a_barrier(page, ("/incidents", f"/office/cases/{number}"))


def test_the_manuals(open_browser: OpenBrowser) -> None:
    assert_none_has_a_barrier(open_browser("market"), ("/office/manuals", "/office/manuals/restaurant"))


def test_the_pages_of_designers_and_administrators(open_browser: OpenBrowser) -> None:
    own = f"/design/{filing.INDUSTRY}"
    assert_none_has_a_barrier(open_browser("designer"), ("/design", own, f"{own}/check", f"{own}/merge"))
    assert_none_has_a_barrier(open_browser("admin"), ("/system",))


def test_the_pages_of_a_hearing(site: Site, number: str, open_browser: OpenBrowser) -> None:
    carry(site.engine, site.people, number, until="decide_food_operation")
    clerk, applicant = open_browser("approval"), open_browser("applicant")
    office = f"/office/cases/{number}/hearings"
    assert_none_has_a_barrier(clerk, (office, f"{office}/offer/food_operation"))
    fill_in(clerk, {"为什么告知听证": "油烟直接影响楼上住户。"})
    press(clerk, "出具听证告知书")
    assert_no_barrier(clerk)
    applicant.goto(f"/cases/{number}/hearings")
    assert_no_barrier(applicant)
    go(applicant, applicant.locator("main").get_by_role("link", name="食品经营许可"))
    press(applicant, "要求听证")
    expect(applicant.locator("#error-summary")).to_be_focused()
    assert_no_barrier(applicant)
    fill_in(applicant, {"为什么要求听证，打算说明什么": "说明油烟净化设备。"})
    press(applicant, "要求听证")
    own = applicant.url.rsplit("/", 1)[1]
    clerk.goto(f"{office}/{own}/call")
    press(clerk, "出具听证通知书")
    expect(clerk.locator("#error-summary")).to_be_focused()
    assert_no_barrier(clerk)
    assert_none_has_a_barrier(clerk, (office, f"{office}/{own}/cancel", f"{office}/{own}/record"))
    with transaction(site.engine) as db:
        db.execute(update(hearings).where(hearings.c.id == int(own)).values(CALLED_YESTERDAY))
    clerk.goto(f"{office}/{own}/record")
    go(clerk, clerk.get_by_role("button", name="再加一人"))
    press(clerk, "提交笔录，不再更改")
    assert_no_barrier(clerk)


def test_the_pages_of_a_promise(site: Site, draft: str, open_browser: OpenBrowser) -> None:
    with transaction(site.engine) as db:  # what another journey put on record
        db.execute(delete(credit_records))
        ready = filing.fill_draft(db, site.people["applicant"])
    page, clerk = open_browser("applicant"), open_browser("approval")
    own = f"/apply/{ready}/commitments"
    assert_none_has_a_barrier(page, (f"/apply/{draft}/commitments/signboard", own, f"{own}/signboard"))
    fill_in(page, {"您选哪一种？": "告知承诺：下面的条件我都已具备"})
    press(page, "保存我的选择")
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)
    for each in page.locator("input[name=ticked]").all():
        each.check()
    page.get_by_label("签名").fill(str(filing.ANSWERS["legal_rep"]))
    press(page, "保存我的选择")
    assert_none_has_a_barrier(page, (own, f"{own}/signboard", f"/apply/{ready}", f"/apply/{ready}/check"))
    press(page, "确认并提交申请")
    number = page.locator(".op-confirmation-number").inner_text()
    assert_none_has_a_barrier(page, (f"/cases/{number}",))
    carry(site.engine, site.people, number, until="review_signboard")
    clerk.goto(f"/tasks/{filing.open_steps(site.engine, number)['review_signboard']}")
    assert_no_barrier(clerk)
