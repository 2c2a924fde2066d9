"""A letter on its way: the applicant opens it, the window hands it over and prints the receipt."""

from playwright.sync_api import expect

from tests.engine.clerks import REFUSE, carry
from tests.filing import ONLY_FOOD, file_case
from tests.journeys.conftest import OpenBrowser
from tests.journeys.letters import paper
from tests.journeys.pages import fill_in, press
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier

DECISION = "不予行政许可决定书"


def test_a_decision_is_opened_handed_over_and_its_receipt_printed(
    site: Site, open_browser: OpenBrowser
) -> None:
    number = file_case(site.engine, site.people, ONLY_FOOD)
    carry(site.engine, site.people, number, decide_food_operation=REFUSE)
    site.let_the_worker_work()

    applicant = open_browser("applicant")
    applicant.goto(f"/cases/{number}")
    letters = applicant.get_by_role("region", name="文书")
    expect(letters.get_by_text("未读")).to_have_count(4)
    words = paper(applicant, DECISION)
    assert REFUSE["reasons"] in words and number in words
    applicant.reload()
    expect(letters.get_by_text("未读")).to_have_count(3)
    expect(letters.get_by_text("电子送达 ·")).to_have_count(1)
    assert_no_barrier(applicant)

    window = open_browser("window")
    window.goto(f"/office/cases/{number}")
    row = window.get_by_role("row").filter(has_text=DECISION)
    expect(row).to_contain_text("电子送达")
    row.get_by_role("link", name="登记送达").click()
    fill_in(window, {"怎样送达": "留置送达", "收件人或者代收人": "张春和"})
    press(window, "登记送达")
    expect(window.get_by_role("link", name="请写明拒收的理由、见证人和留置的地点。")).to_be_visible()
    assert_no_barrier(window)
    fill_in(window, {"说明（选填）": "本人拒收，见证人李明，留置于经营场所。"})
    press(window, "登记送达")
    expect(window.get_by_text("已登记送达。")).to_be_visible()
    assert_no_barrier(window)
    receipt = paper(window, "打印送达回证（PDF）")
    assert "见证人李明" in receipt and "送达回证" in receipt
    window.get_by_role("link", name="返回办件").click()
    expect(row).to_be_visible()
