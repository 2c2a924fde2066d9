"""The pages of a joint visit at a desk hold no barrier, with mistakes and without."""

from playwright.sync_api import expect

from tests.filing import open_steps
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, finish, press
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier, assert_none_has_a_barrier
from tests.web import visits


def test_arranging_a_visit_and_answering_its_date(site: Site, open_browser: OpenBrowser) -> None:
    number = visits.to_arrange(site.engine, site.people)
    clerk, applicant, fire = open_browser("approval"), open_browser("applicant"), open_browser("fire")
    own = f"/cases/{number}/inspection"
    clerk.goto(f"/tasks/{open_steps(site.engine, number)['arrange']}")
    clerk.locator("#day_2").fill(visits.day(4).isoformat())
    expect(
        clerk.get_by_role("group", name="第二个时间是上午还是下午")
    ).to_be_visible()  # as soon as it is asked
    finish(clerk)
    expect(clerk.locator("#error-summary")).to_be_focused()
    assert_no_barrier(clerk)
    visits.arrange(site.engine, site.people, number)
    assert_none_has_a_barrier(applicant, [own, "/my", f"/cases/{number}"])
    applicant.goto(own)
    applicant.get_by_label("都不方便，换个时间").check()
    press(applicant, "提交答复")
    expect(applicant.locator("#error-summary")).to_be_focused()
    assert_no_barrier(applicant)
    naming = f"/tasks/{visits.naming_task(site.engine, number, 'fire_check')}"
    fire.goto(naming)
    fill_in(fire, {"能不能参加": "能参加"})
    finish(fire)
    expect(fire.locator("#error-summary")).to_be_focused()
    assert_no_barrier(fire)


def test_the_plan_and_the_expert(site: Site, open_browser: OpenBrowser) -> None:
    number, visit = visits.settled(site.engine, site.people)
    lead, expert, applicant = open_browser("inspector"), open_browser(), open_browser("applicant")
    assert_none_has_a_barrier(applicant, [f"/cases/{number}/inspection"])
    lead.goto(f"/inspect/{visit}/plan")
    press(lead, "生成邀请链接")
    expect(lead.locator("#error-summary")).to_be_focused()
    assert_no_barrier(lead)
    fill_in(lead, {"专家姓名": "孙教授", "单位": "山东理工大学"})
    press(lead, "生成邀请链接")
    link = lead.get_by_label("专家的链接").input_value()
    assert_no_barrier(lead)
    expert.goto(link)
    press(expert, "提交意见")
    expect(expert.locator("#error-summary")).to_be_focused()
    assert_no_barrier(expert)
    fill_in(expert, {"您看到了什么，有什么建议": "通风量不够。"})
    press(expert, "提交意见")
    expect(expert.get_by_text("谢谢您").first).to_be_visible()
    assert_none_has_a_barrier(expert, [link, "/visit/wrong"])
    assert_none_has_a_barrier(open_browser("supervisor"), ["/supervision"])


def test_putting_right_what_failed(site: Site, open_browser: OpenBrowser) -> None:
    number, visit = visits.settled(site.engine, site.people)
    visits.hold(site.engine, site.people, visit)
    applicant, lead = open_browser("applicant"), open_browser("inspector")
    own, office = f"/cases/{number}/inspection", f"/office/cases/{number}"
    assert_none_has_a_barrier(applicant, [f"/cases/{number}", own])
    press(applicant, "提交整改")
    expect(applicant.locator("#error-summary")).to_be_focused()
    assert_no_barrier(applicant)
    for box in applicant.get_by_label("怎样整改的").all():
        box.fill("已经改好。")
    press(applicant, "提交整改")
    assert_no_barrier(applicant)
    again = visits.visit(site.engine, number)
    lead.goto(f"/inspect/{again}/plan")
    lead.get_by_label("到现场看").check()
    press(lead, "保存复查方式")
    expect(lead.locator("#error-summary")).to_be_focused()
    assert_no_barrier(lead)
    visits.hold(site.engine, site.people, again, [visits.CORRIDOR])
    assert_none_has_a_barrier(applicant, [own])
    assert_none_has_a_barrier(lead, [office])
