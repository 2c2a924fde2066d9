"""Bad input in the browser: a clear answer at the right place, everything typed is kept, nothing breaks."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from engine.database import transaction
from engine.drafts import start_draft
from tests import filing
from tests.journeys.applying import USCC
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, fill_row, heading, press, save
from tests.journeys.site import Site

TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.fixture
def draft(site: Site) -> str:
    """An application that was just begun."""
    with transaction(site.engine) as db:
        user = site.people["applicant"]
        return start_draft(db, user=user, industry=filing.INDUSTRY, answers=filing.EVERYTHING, now=filing.NOW)


@pytest.fixture
def filled(site: Site) -> str:
    """An application that is ready to be filed."""
    with transaction(site.engine) as db:
        return filing.fill_draft(db, site.people["applicant"])


def assert_named(page: Page, field: str, words: str) -> None:
    """The summary has the focus and names the mistake; its link leads to the field, which says it too."""
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("错误：")
    expect(page.locator(f"[id='{field}-error']")).to_contain_text(words)
    summary.get_by_role("link", name=words).first.click()
    expect(page.locator(f"[id='{field}']")).to_be_focused()


def test_a_wrong_check_digit_is_named_and_everything_typed_is_kept(
    draft: str, open_browser: OpenBrowser
) -> None:
    page = open_browser("applicant")
    page.goto(f"/apply/{draft}/subject")
    fill_in(page, {"统一社会信用代码": USCC[:-1] + "X", "联系电话": "13805335678", "住所": "柳泉路 9 号"})
    save(page)
    assert_named(page, "uscc", "统一社会信用代码")
    expect(page.get_by_label("统一社会信用代码", exact=True)).to_have_value(USCC[:-1] + "X")
    expect(page.get_by_label("住所", exact=True)).to_have_value("柳泉路 9 号")


def test_a_birthday_that_never_was_is_named_in_its_row(draft: str, open_browser: OpenBrowser) -> None:
    page = open_browser("applicant")
    page.goto(f"/apply/{draft}/food_operation")
    person = {"姓名": "王安全", "身份证号码": "370303199902300018", "手机号码": "13805331234"}
    fill_row(page, "食品安全管理员", 1, person)
    save(page)
    assert_named(page, "food_safety_mgr-0-id_no", "身份证号码")
    expect(page.locator("[id='food_safety_mgr-0-name']")).to_have_value("王安全")


def test_a_character_that_cannot_be_printed_is_named(draft: str, open_browser: OpenBrowser) -> None:
    page = open_browser("applicant")
    page.goto(f"/apply/{draft}/subject")
    fill_in(page, {"统一社会信用代码": USCC, "市场主体名称": "好味道🍜餐饮有限公司"})
    save(page)
    assert_named(page, "ent_name", "🍜")


def test_ten_megabytes_of_text_are_refused_with_the_way_back(draft: str, open_browser: OpenBrowser) -> None:
    page = open_browser("applicant")
    page.goto(f"/apply/{draft}/subject")
    fill_in(page, {"住所": "柳泉路 9 号"})
    type_at_once(page.get_by_label("经营范围", exact=True), TEN_MEGABYTES)
    save(page)
    expect(heading(page)).to_have_text("提交的内容太大，没有保存")
    page.go_back()
    expect(page.get_by_label("住所", exact=True)).to_have_value("柳泉路 9 号")


def status_at(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None, address
    return answer.status


def type_at_once(field: Locator, letters: int) -> None:
    """Put very much text into a field; out of sight, as drawing it takes a browser longer than sending it."""
    field.evaluate("(field, n) => { field.style.display = 'none'; field.value = 'x'.repeat(n); }", letters)


@pytest.mark.parametrize("address", ["/industries/bakery", "/guide/bakery", "/guide/bakery/result?a=x"])
def test_an_unknown_industry_leads_to_those_that_there_are(address: str, open_browser: OpenBrowser) -> None:
    page = open_browser()
    assert status_at(page, address) == 404
    page.get_by_role("link", name="开办餐饮店").click()
    expect(heading(page)).to_have_text("开办餐饮店")


def test_a_file_that_is_not_what_it_says_is_named(filled: str, open_browser: OpenBrowser) -> None:
    page = open_browser("applicant")
    page.goto(f"/apply/{filled}/materials")
    material = page.locator("section.op-material").first
    fake = FilePayload(name="平面图.pdf", mimeType="application/pdf", buffer=b"MZ this is a program")
    material.get_by_label("再加一个文件").set_input_files(fake)
    material.get_by_role("button", name="上传").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("文件“平面图.pdf”的内容与扩展名不一致")


def test_filing_again_by_the_back_button_leads_to_the_same_case(
    filled: str, open_browser: OpenBrowser
) -> None:
    page = open_browser("applicant")
    page.goto(f"/apply/{filled}/check")
    press(page, "确认并提交申请")
    number = page.locator(".op-confirmation-number").inner_text()
    page.go_back()
    if page.get_by_role("button", name="确认并提交申请").count():
        press(page, "确认并提交申请")
    expect(heading(page)).to_have_text("您已提交，无需重复提交")
    expect(page.locator(".op-confirmation-number")).to_have_text(number)


def test_a_double_click_files_once(site: Site, filled: str, open_browser: OpenBrowser) -> None:
    page = open_browser("applicant")
    page.goto("/my")
    before = cases_on(page)
    page.goto(f"/apply/{filled}/check")
    page.get_by_role("button", name="确认并提交申请").dblclick(no_wait_after=True)
    expect(page.locator(".op-confirmation-number")).to_be_visible()
    page.goto("/my")
    assert cases_on(page) == before + 1


def cases_on(page: Page) -> int:
    return page.locator("a[href^='/cases/']").filter(has_text=str(filing.ANSWERS["ent_name"])).count()


def test_nothing_of_anothers_application_is_found(site: Site, filled: str, open_browser: OpenBrowser) -> None:
    number = filing.file_case(site.engine, site.people)
    page = open_browser("other_applicant")
    of_the_case = [f"/cases/{number}{more}" for more in ("", "/submitted", "/diagram", "/certificate.pdf")]
    of_the_draft = [f"/apply/{filled}{more}" for more in ("", "/subject", "/materials", "/check", "/discard")]
    for address in (*of_the_case, *of_the_draft):
        assert status_at(page, address) == 404, address
        expect(heading(page)).to_have_text(re.compile("^没有"))


def test_a_task_of_another_region_is_not_found(site: Site, open_browser: OpenBrowser) -> None:
    number = filing.file_case(site.engine, site.people)
    task = filing.open_steps(site.engine, number)["accept"]
    page = open_browser("elsewhere")
    assert status_at(page, f"/tasks/{task}") == 404
    expect(heading(page)).to_have_text("没有找到这项任务")
    assert status_at(page, f"/office/cases/{number}") == 404


def test_a_refusal_without_reasons_keeps_the_clerks_form(site: Site, open_browser: OpenBrowser) -> None:
    number = filing.file_case(site.engine, site.people)
    task = filing.open_steps(site.engine, number)["accept"]
    page = open_browser("window")
    page.goto(f"/tasks/{task}")
    fill_in(page, {"受理意见": "不予受理"})
    press(page, "提交办理结果")
    assert_named(page, "reasons", "请写明不予受理的理由")
    expect(page.get_by_label("不予受理", exact=True)).to_be_checked()
