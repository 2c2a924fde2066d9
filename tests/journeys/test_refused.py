"""One item is refused: its reasons reach the applicant, and all the others are still on the certificate."""

from playwright.sync_api import expect

from tests.engine.clerks import carry
from tests.filing import ANSWERS, file_case
from tests.journeys.conftest import OpenBrowser
from tests.journeys.handling import LICENCES, decide, refuse
from tests.journeys.pages import follow, heading, status_of
from tests.journeys.site import Site

REASONS = "经营场所在小学周边禁设范围内，依据未成年人保护法第五十九条，不予许可。"
REFUSED = "烟草专卖零售许可"


def test_a_refused_item_is_left_out_with_its_reasons(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    operator = str(ANSWERS["ent_name"])
    carry(site.engine, site.people, number, until="decide_food_operation")
    decide(open_browser("approval"), "approval", number)
    decide(open_browser("fire"), "fire", number)
    refuse(open_browser("tobacco"), "决定烟草零售许可", number, REASONS)
    site.let_the_worker_work()

    applicant = open_browser("applicant")
    applicant.goto(f"/cases/{number}")
    expect(heading(applicant)).to_have_text(operator)
    expect(applicant.locator(".op-identity .op-tag")).to_have_text("部分准予")
    expect(status_of(applicant, REFUSED)).to_have_text("不予许可")
    expect(applicant.locator(".op-note-bad")).to_contain_text(REASONS)
    expect(applicant.locator(".op-note-bad")).to_contain_text("行政复议")
    follow(applicant, "查看核验页")
    expect(heading(applicant)).to_have_text("有效")
    expect(applicant.locator(".op-licences h3")).to_have_text([name for name in LICENCES if name != REFUSED])
