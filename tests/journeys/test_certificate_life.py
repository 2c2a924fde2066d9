"""A change of name from the holder's form to the new issue; every page of a certificate without a barrier."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from engine.database import transaction
from engine.tables import cases, certificates
from tests.certificates.life.holders import licence_of
from tests.engine.clerks import carry
from tests.filing import ANSWERS, ONLY_FOOD, PDF, file_case
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, finish, follow, go, heading, press, summary, take
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier, assert_none_has_a_barrier

NAME = "淄博张店秋实餐饮有限公司"


def test_a_new_name_makes_a_new_issue_and_the_old_one_is_shown_as_replaced(
    site: Site, open_browser: OpenBrowser
) -> None:
    public_id, number = certified(site)
    applicant, clerk = open_browser("applicant"), open_browser("approval")
    applicant.goto("/my")
    go(applicant, applicant.locator(f"a[href='/certificates/{public_id}']"))
    expect(heading(applicant)).to_have_text(str(ANSWERS["ent_name"]))
    without_barriers(site, open_browser, public_id, number)

    applicant.goto(f"/certificates/{public_id}")
    follow(applicant, "变更名称、法定代表人或者地址")
    press(applicant, "提交申请")
    expect(applicant.locator("#error-summary")).to_be_focused()
    assert_no_barrier(applicant)
    case = ask_for_name(applicant)

    take(clerk, "食品经营：变更决定", case)
    changed = summary(clerk, "市场主体名称")
    expect(changed.locator("del")).to_contain_text(str(ANSWERS["ent_name"]))
    expect(changed.locator("ins")).to_contain_text(NAME)
    assert_no_barrier(clerk)
    fill_in(clerk, {"决定": "准予变更"})
    finish(clerk)
    site.let_the_worker_work()

    applicant.goto(f"/certificates/{public_id}")
    expect(heading(applicant)).to_have_text(NAME)
    issues = applicant.locator(".op-tasklist li").filter(has_text="版：")
    expect(issues.nth(0)).to_contain_text("第 2 版：变更市场主体名称")
    expect(issues.nth(0).locator(".op-tag")).to_have_text("现在的一版")
    expect(issues.nth(1).locator(".op-tag")).to_have_text("已被替换")
    with applicant.expect_download() as download:
        issues.nth(1).get_by_role("link").click()
    assert download.value.suggested_filename == f"{number}-1.pdf"
    stranger = open_browser()
    stranger.goto(f"/v/{public_id}")
    expect(stranger.get_by_text(NAME).first).to_be_visible()


def certified(site: Site) -> tuple[str, str]:
    """Public id and number of a certificate that was just printed."""
    filed = file_case(site.engine, site.people, ONLY_FOOD)
    carry(site.engine, site.people, filed)
    site.let_the_worker_work()
    query = select(certificates.c.public_id, certificates.c.number).join(cases)
    with transaction(site.engine) as db:
        row = db.execute(query.where(cases.c.number == filed)).one()
    return row.public_id, row.number


def without_barriers(site: Site, open_browser: OpenBrowser, public_id: str, number: str) -> None:
    """Every page of the certificate; each is looked at on a desk and on phones."""
    with transaction(site.engine) as db:
        licence = licence_of(db, public_id, "food_operation")
    own = f"/certificates/{public_id}"
    pages = [own, *(f"{own}/{name}" for name in ("change", "cancellation", "reissue", "addition"))]
    office = f"/office/certificates/{number}"
    assert_none_has_a_barrier(open_browser("applicant"), pages)
    proposal = f"{office}/licences/{licence}/revocation"
    assert_none_has_a_barrier(open_browser("approval"), [office, proposal])


def ask_for_name(page: Page) -> str:
    """Fill in and send the form; the number of the case."""
    fill_in(page, {"市场主体名称": NAME})
    file = {"name": "营业执照.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_label("证明材料").set_input_files(files=[file])  # type: ignore[list-item]  # a dict is one
    page.get_by_label("我填写的内容和材料真实、有效").check()
    press(page, "提交申请")
    expect(page.locator(".op-identity")).to_contain_text("审批中")
    return page.url.rsplit("/", 1)[-1]
