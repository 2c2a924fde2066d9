"""The main job: from the first question to the scanned certificate, with scripts and without."""

import io
import re
from dataclasses import dataclass

import pypdf
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.journeys.applying import (
    APPLICANT,
    OPERATOR,
    USCC,
    answer_the_guide,
    check_and_submit,
    fill_in_every_section,
    hand_in_the_materials,
    prefill_and_contest,
)
from tests.journeys.conftest import OpenBrowser
from tests.journeys.handling import LICENCES, decide, review, visit, window_accepts
from tests.journeys.pages import fill_in, fill_login, heading, press, status_of
from tests.journeys.site import Site

QR_DPI = 150


@dataclass
class Journey:
    """Who is on the way, and what they have got so far."""

    site: Site
    open_browser: OpenBrowser
    scripts: bool

    def browser(self, who: str = "") -> Page:
        return self.open_browser(who, scripts=self.scripts)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_first_question_to_the_scanned_certificate(
    site: Site, open_browser: OpenBrowser, scripts: bool
) -> None:
    journey = Journey(site, open_browser, scripts)
    applicant = journey.browser()
    result = answer_the_guide(applicant)
    assert_the_link_can_be_shared(journey, result)

    press(applicant, "开始申请")
    fill_login(applicant, "applicant")
    expect(heading(applicant)).to_have_text("填写申请")
    prefill_and_contest(applicant)
    fill_in_every_section(applicant, scripts=scripts)
    hand_in_the_materials(applicant)
    number = check_and_submit(applicant)

    window_accepts(journey.browser("window"))
    assert_a_stranger_can_follow(journey, number, "审查中")
    for office in ("market", "fire", "tobacco", "housing", "urban"):
        review(journey.browser(office), office)
    assert_the_drawing_shows_the_states(applicant, number, scripts)
    visit(site.engine, number)
    for office in ("approval", "fire", "tobacco"):
        decide(journey.browser(office), office)
    site.let_the_worker_work()

    paper = download_the_certificate(applicant, number)
    scanned = scan(paper)
    assert_the_certificate_is_valid(journey, scanned)
    assert_the_case_tells_its_story(applicant, number)
    assert_a_stranger_can_follow(journey, number, "已办结")


def assert_the_link_can_be_shared(journey: Journey, link: str) -> None:
    """Somebody else opens the result without a login."""
    friend = journey.browser()
    friend.goto(link)
    expect(heading(friend)).to_have_text("您要办 5 项许可，一次办好")


def assert_a_stranger_can_follow(journey: Journey, number: str, status: str) -> None:
    """Number and phone open the state of the case, nothing of the person; a wrong phone opens nothing."""
    page = journey.browser()
    page.goto("/track")
    fill_in(page, {"受理号": number, "手机号后四位": "0000"})
    press(page, "查询")
    expect(page.locator("#error-summary")).to_contain_text("没有查到这件申请")
    fill_in(page, {"手机号后四位": "5678"})
    press(page, "查询")
    expect(heading(page)).to_have_text("办理进度")
    expect(page.locator("dl.op-summary .op-tag").first).to_have_text(status)
    assert_names_nobody(page)
    assert OPERATOR not in page.content()


def assert_names_nobody(page: Page) -> None:
    """Neither whole names nor numbers of a person or a phone stand anywhere in the page."""
    html = page.content()
    for private in ("张守信", "王安全", "13805335678", "13805331234", "190001010"):
        assert private not in html
    assert re.search(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", html) is None


def assert_the_drawing_shows_the_states(page: Page, number: str, scripts: bool) -> None:
    """The steps in words, and with scripts the drawing with each step's state in colour."""
    page.goto(f"/cases/{number}/diagram")
    expect(status_of(page, "审查食品经营条件")).to_have_text("已完成")
    expect(status_of(page, "安排踏勘")).to_have_text("正在办理")
    expect(status_of(page, "决定食品经营许可")).to_have_text("尚未开始")
    drawing = page.locator("figure.op-diagram")
    if not scripts:
        expect(drawing).to_be_hidden()
        return
    expect(drawing.locator("[data-element-id=review_food_operation].st-done")).to_be_visible()
    expect(drawing.locator("[data-element-id=joint_inspection].st-active")).to_be_visible()
    waiting = drawing.locator("[data-element-id=do_food_operation]")
    expect(waiting).to_be_visible()
    expect(waiting).not_to_have_class(re.compile("st-done|st-active"))


def download_the_certificate(page: Page, number: str) -> bytes:
    """The PDF that the case's page offers, with everything on it that was granted."""
    page.goto(f"/cases/{number}")
    expect(page.locator(".op-identity .op-tag")).to_have_text("已办结")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载证照（PDF）").click()
    paper = download.value.path().read_bytes()
    said = "".join("".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(paper)).pages)
    for fact in ("行业综合许可证", "餐饮店", OPERATOR, "张守信", APPLICANT["经营场所地址"], USCC, *LICENCES):
        assert "".join(fact.split()) in said
    return paper


def scan(paper: bytes) -> str:
    """The address in the QR code of the certificate as it is printed."""
    (face, *_annex) = pypdfium2.PdfDocument(paper)
    (code,) = zxingcpp.read_barcodes(face.render(scale=QR_DPI / 72).to_pil())
    return str(code.text)


def assert_the_certificate_is_valid(journey: Journey, scanned: str) -> None:
    """Whoever scans it sees that all licences hold, and no personal data."""
    assert scanned.startswith(f"{journey.site.address}/v/")
    page = journey.browser()
    page.goto(scanned)
    expect(heading(page)).to_have_text("有效")
    expect(page.locator(".op-licences > li")).to_have_count(len(LICENCES))
    for licence in LICENCES:
        expect(page.locator(".op-licences > li").filter(has_text=licence).locator(".op-tag")).to_have_text(
            "有效"
        )
    expect(page.locator("dl.op-summary")).to_contain_text("张*")
    assert_names_nobody(page)


def assert_the_case_tells_its_story(page: Page, number: str) -> None:
    page.goto(f"/cases/{number}")
    story = page.locator(".op-timeline")
    for line in (
        "提交申请",
        "受理审查：受理",
        "审查消防安全条件：同意",
        "联合踏勘：合格",
        "决定食品经营许可：准予许可",
    ):
        expect(story).to_contain_text(line)
    page.goto("/my")
    expect(page.locator("main")).to_contain_text("我的证照")
