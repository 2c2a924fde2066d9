"""Nobody at the window answers in five working days: the law accepts, and the applicant has it in writing."""

from playwright.sync_api import expect

from engine.commands.fire_timers import fire_due
from engine.limits import receipt_ends
from tests.engine.clerks import read
from tests.filing import NOW, file_case, run_machines
from tests.journeys.conftest import OpenBrowser
from tests.journeys.letters import paper
from tests.journeys.pages import take
from tests.journeys.site import Site


def test_a_silent_window_has_accepted(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    applicant = open_browser("applicant")
    applicant.goto(f"/cases/{number}")
    expect(applicant.locator(".op-identity .op-tag").first).to_have_text("已提交待受理")
    expect(applicant.locator(".op-note-info").first).to_contain_text(
        "到期没有答复的，依法自收到申请之日起就算受理"
    )

    fire_due(site.engine, read(site.engine, number).id, receipt_ends(NOW))  # five working days later
    run_machines(site.engine, number)
    site.let_the_worker_work()

    applicant.goto(f"/cases/{number}")
    expect(applicant.locator(".op-identity .op-tag").first).to_have_text("审查中")
    expect(applicant.locator(".op-note-good")).to_contain_text("依法已经受理")
    expect(applicant.locator(".op-timeline")).to_contain_text("逾期未答复，视为受理")
    words = paper(applicant, "受理通知书")
    assert number in words and "第三十二条" in words
    assert "自收到申请材料之日起即为受理" in words and "五个工作日内没有告知" in words

    clerk = open_browser("market")
    take(clerk, "审查食品经营条件", number)
    window = open_browser("window")
    window.goto("/tasks/claimable")
    expect(window.get_by_role("row").filter(has_text=number).filter(has_text="受理审查")).to_have_count(0)
