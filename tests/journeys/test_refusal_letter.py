"""A refusal is made in writing: the letter that the applicant opens says why and what can be done."""

from playwright.sync_api import expect

from tests.engine.clerks import carry
from tests.filing import ANSWERS, file_case
from tests.journeys.conftest import OpenBrowser
from tests.journeys.handling import refuse
from tests.journeys.letters import paper
from tests.journeys.pages import fill_in, finish, follow, heading, press, status_of, take
from tests.journeys.site import Site

REASONS = "经营场所在小学周边禁设范围内，依据未成年人保护法第五十九条，不予许可。"
TOBACCO, SIGN = "烟草专卖零售许可", "门店招牌设置"
OPERATOR = str(ANSWERS["ent_name"])


def test_the_letter_of_a_refusal_says_why_and_what_can_be_done(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    carry(site.engine, site.people, number, until="decide_tobacco_retail")
    refuse(open_browser("tobacco"), "决定烟草零售许可", number, REASONS)
    site.let_the_worker_work()

    applicant = open_browser("applicant")
    applicant.goto(f"/cases/{number}")
    expect(applicant.locator(".op-note-bad")).to_contain_text(REASONS)
    words = paper(applicant, "不予行政许可决定书")
    assert "".join(REASONS.split()) in words and TOBACCO in words and number in words
    assert "行政复议" in words and "60日" in words.replace("六十日", "60日")
    assert "行政诉讼" in words and ("6个月" in words or "六个月" in words)
    assert "字〔" in words and "号" in words


def test_one_item_is_not_accepted_and_the_right_body_is_named(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    body, why = "张店区城市管理局", "这块招牌在街道红线以外，由城市管理部门单独办理。"
    window = open_browser("window")
    take(window, "受理审查", number)
    expect(window.get_by_label("不予受理的理由")).to_be_hidden()
    fill_in(window, {"受理意见": "受理", "其中不予受理的事项（选填）": [SIGN]})
    fill_in(window, {"不予受理的原因": "不属于本机关职权范围"})
    fill_in(window, {"应当向哪个机关申请": body})
    finish(window)
    expect(window.get_by_text("错误：请写明不予受理的理由")).to_be_visible()
    expect(window.get_by_label("应当向哪个机关申请")).to_have_value(body)
    fill_in(window, {"不予受理的理由": why})
    finish(window)
    site.let_the_worker_work()

    applicant = open_browser("applicant")
    applicant.goto(f"/cases/{number}")
    expect(applicant.locator(".op-identity .op-tag").first).to_have_text("审查中")
    expect(status_of(applicant, SIGN).first).to_have_text("不予受理")
    expect(applicant.locator(".op-note-bad")).to_contain_text(f"应当向{body}申请")
    words = paper(applicant, "不予受理决定书")
    assert body in words and why in words and "行政复议" in words
    assert SIGN in words and TOBACCO not in words


def test_an_applicant_withdraws_one_item_and_then_the_rest(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    carry(site.engine, site.people, number, until="review_food_operation")
    applicant = open_browser("applicant")
    applicant.goto(f"/cases/{number}")
    follow(applicant, "不想办了，撤回申请")
    expect(heading(applicant)).to_have_text("撤回申请")
    press(applicant, "撤回申请")
    expect(applicant.get_by_role("link", name="请先勾选确认，再撤回。")).to_be_visible()
    fill_in(applicant, {"撤回哪些事项": [SIGN], "确认": "我已经了解撤回以后会怎样，确认撤回"})
    press(applicant, "撤回申请")
    expect(status_of(applicant, SIGN).first).to_have_text("已撤回")
    expect(applicant.locator(".op-identity .op-tag").first).to_have_text("审查中")
    follow(applicant, "不想办了，撤回申请")
    items = applicant.get_by_role("group", name="撤回哪些事项").get_by_role("checkbox")
    for place in range(items.count()):
        items.nth(place).check()
    fill_in(applicant, {"确认": "我已经了解撤回以后会怎样，确认撤回", "撤回的原因（选填）": "换了铺面。"})
    press(applicant, "撤回申请")
    expect(applicant.locator(".op-identity .op-tag").first).to_have_text("已撤回")
    expect(applicant.get_by_role("link", name="不想办了，撤回申请")).to_have_count(0)
    site.let_the_worker_work()
    applicant.goto(f"/cases/{number}")
    assert number in paper(applicant, "撤回")
    clerk = open_browser("market")
    clerk.goto("/tasks/claimable")
    expect(clerk.get_by_role("row").filter(has_text=number)).to_have_count(0)
