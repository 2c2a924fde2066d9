"""告知承诺 from the draft to the register: granted at once, found false, revoked, not to be had again."""

from playwright.sync_api import Page, expect

from engine.database import transaction
from tests.engine.clerks import carry
from tests.engine.commitments.promising import REPRESENTATIVE, check_of
from tests.filing import fill_draft
from tests.journeys.conftest import OpenBrowser
from tests.journeys.handling import window_accepts
from tests.journeys.pages import check_all_points, fill_in, finish, follow, heading, press, status_of, take
from tests.journeys.site import Site

SIGN = "门店招牌设置"
FOUND = "招牌挂到了二楼，超出承诺的位置和大小。"


def test_a_promise_is_granted_at_once_and_a_false_one_is_revoked(
    site: Site, open_browser: OpenBrowser
) -> None:
    applicant = open_browser("applicant")
    number = promise_and_submit(site, applicant)

    window_accepts(open_browser("window"), number)
    approval = open_browser("approval")
    take(approval, "门店招牌：告知承诺决定", number)
    expect(approval.get_by_role("region", name="告知承诺")).to_contain_text(REPRESENTATIVE)
    fill_in(approval, {"决定": "予以备案（按承诺当场决定）"})
    finish(approval)
    site.let_the_worker_work()

    applicant.goto(f"/cases/{number}")
    expect(status_of(applicant, SIGN).first).to_have_text("予以备案")
    expect(status_of(applicant, "食品经营许可").first).not_to_have_text("准予许可")
    expect(applicant.locator(".op-tasklist li").filter(has_text=SIGN).first).to_contain_text("张店")
    expect(applicant.get_by_text("待核查")).to_be_visible()

    carry(site.engine, site.people, number)
    site.let_the_worker_work()
    certificate = certificate_of(applicant, number)
    expect(heading(applicant)).to_have_text("有效")

    check = check_of(site.engine, number)
    find_it_false(open_browser("urban"), check)
    revoke(approval, check)
    site.let_the_worker_work()

    applicant.goto(f"/cases/{check}")
    expect(applicant.locator(".op-identity .op-tag").first).to_have_text("已撤销")
    expect(applicant.get_by_text(FOUND).first).to_be_visible()
    stranger = open_browser()
    stranger.goto(certificate)
    expect(heading(stranger)).to_have_text("有效")  # what the newest issue states holds
    revoked = stranger.locator(".op-licences li").filter(has_text=SIGN)
    expect(revoked.locator(".op-tag")).to_have_text("已撤销")
    try_again(site, applicant, check)


def promise_and_submit(site: Site, page: Page) -> str:
    """Tick each condition, sign, file; the case's number."""
    with transaction(site.engine) as db:
        draft = fill_draft(db, site.people["applicant"])
    page.goto(f"/apply/{draft}")
    follow(page, "告知承诺")
    follow(page, SIGN)
    conditions = page.locator("input[name=ticked]")
    assert conditions.count() > 1
    for each in (*conditions.all(), *page.locator("input[name=way]").all()):
        expect(each).not_to_be_checked()
    fill_in(page, {"您选哪一种？": "告知承诺：下面的条件我都已具备"})
    page.get_by_label("签名").fill("李四")
    press(page, "保存我的选择")
    expect(page.get_by_role("alert")).to_contain_text("还没有做到的，请按一般程序办理")
    for each in conditions.all():
        each.check()
    page.get_by_label("签名").fill(REPRESENTATIVE)
    press(page, "保存我的选择")
    expect(status_of(page, SIGN)).to_have_text("已承诺")
    page.goto(f"/apply/{draft}/check")
    expect(page.get_by_text(f"{REPRESENTATIVE}，").first).to_be_visible()
    press(page, "确认并提交申请")
    return page.locator(".op-confirmation-number").inner_text()


def certificate_of(page: Page, number: str) -> str:
    """The address of the page that verifies the certificate, which the page then shows."""
    page.goto(f"/cases/{number}")
    follow(page, "查看核验页")
    return page.url


def find_it_false(page: Page, check: str) -> None:
    take(page, "门店招牌：核查承诺", check)
    check_all_points(page, "不属实")
    for point in page.locator(".op-point").all():
        point.locator("summary").click()
        point.locator("textarea").fill("与承诺不符。")
    fill_in(page, {"核查结论": "承诺不属实", "核查情况": FOUND})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("承诺不属实")


def revoke(page: Page, check: str) -> None:
    take(page, "门店招牌：决定是否撤销", check)
    heard = {"当事人提出了陈述、申辩吗": "明确表示放弃", "当事人的陈述和申辩": "书面表示没有意见。"}
    fill_in(page, {**heard, "决定": "予以撤销", "理由": "承诺与事实不符。"})
    finish(page)
    expect(page.get_by_role("status").first).to_contain_text("予以撤销")


def try_again(site: Site, page: Page, check: str) -> None:
    """The same subject in a new draft: nothing to sign, and why and until when."""
    with transaction(site.engine) as db:
        draft = fill_draft(db, site.people["applicant"])
    page.goto(f"/apply/{draft}/commitments")
    note = page.locator(".op-note-warn")
    expect(note).to_contain_text(check)
    expect(note).to_contain_text("不再适用告知承诺")
    page.goto(f"/apply/{draft}/commitments/signboard")
    expect(page.locator("input[name=ticked]")).to_have_count(0)
    expect(page.get_by_role("button", name="保存我的选择")).to_have_count(0)
