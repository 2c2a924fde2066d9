"""What offices do about a visit at a desk: arrange it, name people, invite experts, plan the re-check."""

from datetime import UTC, datetime

import pytest

from engine.database import run
from engine.inspections.rectifying import save_reply, send_replies
from engine.people import User
from tests.filing import open_steps
from tests.web import visits
from tests.web.conftest import Site, post
from tests.web.visits import CORRIDOR, MICE, day

LINK = "http://localhost/visit/"


@pytest.fixture(scope="module")
def settled(whole_site: Site) -> tuple[str, int]:
    """A case with a visit whose date holds: number and visit."""
    return visits.settled(whole_site.engine, whole_site.people)


@pytest.fixture(scope="module")
def rechecked(whole_site: Site) -> tuple[str, int]:
    """A case that waits for its re-check: number and re-check."""
    engine, people = whole_site.engine, whole_site.people
    number, visit = visits.settled(engine, people)
    visits.hold(engine, people, visit)
    put_right(whole_site, people["applicant"], number)
    return number, visits.visit(engine, number)


def put_right(site: Site, user: User, number: str) -> None:
    raw = {f"reply-{MICE}": "已加装挡鼠板。", f"reply-{CORRIDOR}": "已清理干净。"}
    now = datetime.now(UTC)
    run(site.engine, lambda db: save_reply(db, user=user, number=number, raw=raw, now=now))
    run(site.engine, lambda db: send_replies(db, user=user, number=number, now=now))


def plan(visit: int) -> str:
    return f"/inspect/{visit}/plan"


def test_who_arranges_sees_who_is_free_and_what_is_near(site: Site, settled: tuple[str, int]) -> None:
    number = visits.to_arrange(site.engine, site.people)
    address = f"/tasks/{open_steps(site.engine, number)['arrange']}"
    browser = site.signed_in("approval")
    page = browser.get(address).text
    assert "这次踏勘要请 4 个部门" in page and visits.PLACE in page  # the place stands in the form already
    taken = page.split("有部门没有人")[1]  # the half day of the other visit
    assert "张店区消防救援大队：有别的踏勘：fire·甲" in taken
    assert f"同时还有：{visits.PLACE}" in page
    wrong = post(
        browser, address, address, kind="site", day_1=day(3).isoformat(), place="", note="备好钥匙。"
    )
    assert wrong.status_code == 422 and "备好钥匙。" in wrong.text and f'value="{day(3)}"' in wrong.text
    early = {"kind": "site", "place": visits.PLACE, "half_1": "am"}
    assert "不能早于" in post(browser, address, address, day_1=day(1).isoformat(), **early).text
    for other in ("market", "elsewhere"):
        assert site.signed_in(other).get(address).status_code == 404


def test_an_office_names_its_people_for_the_dates_that_were_offered(site: Site) -> None:
    number = visits.to_arrange(site.engine, site.people)
    visits.arrange(site.engine, site.people, number)
    address = f"/tasks/{visits.naming_task(site.engine, number, 'fire_check')}"
    browser = site.signed_in("fire")
    page = browser.get(address).text
    assert "您的部门什么时候有人" in page and "fire·甲" in page and "market·甲" not in page
    nobody = post(browser, address, address, answer="agreed")
    assert nobody.status_code == 422 and "至少一个人" in nobody.text
    silent = post(browser, address, address, answer="cannot", words="")
    assert silent.status_code == 422 and "请写明为什么不行" in silent.text
    stranger = str(site.people["market"].id)
    assert post(browser, address, address, answer="agreed", inspectors=stranger).status_code == 422
    own = str(site.people["fire"].id)
    assert post(browser, address, address, answer="agreed", inspectors=own).status_code == 303
    assert site.signed_in("market").get(address).status_code == 404


@pytest.mark.parametrize(
    ("login", "status"),
    [
        *(("inspector", 200), ("approval", 200), ("market", 200), ("urban", 404), ("elsewhere", 404)),
        *(("window", 404), ("supervisor", 403), ("applicant", 403)),
    ],
)
def test_a_plan_is_for_those_who_hold_the_visit(
    site: Site, settled: tuple[str, int], login: str, status: int
) -> None:
    browser = site.signed_in(login)
    assert browser.get(plan(settled[1])).status_code == status
    if status != 200:
        for what in ("team", "leave", "experts", "recheck"):
            sent = post(browser, "/help", f"{plan(settled[1])}/{what}", person="1", inspectors="1")
            assert sent.status_code == status, what


def test_each_office_changes_its_own_people_only(site: Site, settled: tuple[str, int]) -> None:
    address, browser = plan(settled[1]), site.signed_in("market")
    page = browser.get(address).text
    assert page.count("不去了") == 1 and "邀请" not in page
    other = str(site.people["fire"].id)
    assert post(browser, address, f"{address}/team", inspectors=other).status_code == 422
    assert post(browser, address, f"{address}/leave", person=other).status_code == 403
    assert post(browser, address, f"{address}/leave", person="x").status_code == 404
    own = str(site.people["market"].id)
    assert post(browser, address, f"{address}/leave", person=own).status_code == 303
    assert post(browser, address, f"{address}/team").status_code == 422  # nobody chosen
    assert post(browser, address, f"{address}/team", inspectors=own).status_code == 303
    assert "market·甲" in browser.get(address).text


def test_an_expert_is_invited_by_a_link_that_is_shown_once(site: Site, settled: tuple[str, int]) -> None:
    address, lead, expert = plan(settled[1]), site.signed_in("inspector"), site.browser()
    to = f"{address}/experts"
    wrong = post(lead, address, to, name="", organisation="山东理工大学")
    assert wrong.status_code == 422 and "山东理工大学" in wrong.text and "请填写专家的姓名" in wrong.text
    assert post(lead, address, to, name="孙教授", organisation="山东理工大学").status_code == 303
    shown = lead.get(address).text
    link = "/visit/" + shown.split(LINK)[1].split('"')[0]
    assert LINK not in lead.get(address).text and "还没有写意见" in lead.get(address).text

    page = expert.get(link).text
    assert "孙教授" in page and "安全出口" in page and "noindex" in page
    for hidden in ("13805335678", "张春和", settled[0]):  # nothing but the visit
        assert hidden not in page
    empty = post(expert, link, link, words=" ")
    assert empty.status_code == 422 and "请写下您的意见" in empty.text
    long = post(expert, link, link, words="好" * 2001)
    assert long.status_code == 422 and "好" * 2001 in long.text  # nothing is lost
    assert post(expert, link, link, words="通风量不够。").status_code == 303
    assert "通风量不够。" in expert.get(link).text
    assert post(expert, "/login", link, words="再写一次").status_code == 422
    assert "通风量不够。" in lead.get(address).text
    assert expert.post(link, data={"words": "x"}).status_code == 400


def test_wrong_links_all_give_the_same_page_until_there_are_too_many(site: Site) -> None:
    browser = site.browser()
    pages = {browser.get(f"/visit/{token}").status_code for token in ("x", "%00", "a" * 300, "字")}
    assert pages == {404}
    assert any(browser.get(f"/visit/guess-{n}").status_code == 429 for n in range(25))


def test_the_lead_plans_the_recheck_and_the_applicant_reads_it(
    site: Site, rechecked: tuple[str, int]
) -> None:
    number, visit = rechecked
    address, lead, applicant = plan(visit), site.signed_in("inspector"), site.signed_in("applicant")
    wrong = post(lead, address, f"{address}/recheck", kind="site", day="2020-01-01", half="pm")
    assert wrong.status_code == 422 and "不早于今天" in wrong.text and 'value="2020-01-01"' in wrong.text
    assert post(lead, address, f"{address}/recheck", kind="site", day="soon", half="pm").status_code == 422
    assert post(lead, address, f"{address}/recheck", kind="moon").status_code == 422
    right = {"kind": "site", "day": day(2).isoformat(), "half": "pm"}
    assert post(lead, address, f"{address}/recheck", **right).status_code == 303
    read = applicant.get(f"/cases/{number}/inspection").text
    assert f"{day(2).month}月{day(2).day}日" in read and "上门查看" in read
    assert "整改的地方要再看一次" in applicant.get("/my/messages").text
    assert post(site.signed_in("market"), address, f"{address}/recheck", **right).status_code == 403


def test_a_case_shows_an_office_the_visit_and_its_own_points_only(
    site: Site, rechecked: tuple[str, int]
) -> None:
    case = f"/office/cases/{rechecked[0]}"
    fire, urban = site.signed_in("fire").get(case).text, site.signed_in("urban").get(case).text
    assert "疏散通道堆放杂物。" in fire and "已清理干净。" in fire and "后厨门没有挡鼠板。" not in fire
    assert "inspection-heading" not in urban and "13805335678" not in urban.split("填报内容")[0]
    everything = site.signed_in("supervisor").get(case).text
    assert "疏散通道堆放杂物。" in everything and "后厨门没有挡鼠板。" in everything


def test_a_task_of_looking_leads_to_the_visit(site: Site, rechecked: tuple[str, int]) -> None:
    task = open_steps(site.engine, rechecked[0])["reinspect"]
    answer = site.signed_in("inspector").get(f"/tasks/{task}")
    assert answer.status_code == 303 and answer.location == f"/inspect/{rechecked[1]}"
    assert site.signed_in("market").get(f"/tasks/{task}").status_code == 404


def test_what_failed_again_stands_in_the_form_to_decide(site: Site) -> None:
    engine, people = site.engine, site.people
    number, visit = visits.settled(engine, people)
    visits.hold(engine, people, visit)
    put_right(site, people["applicant"], number)
    visits.hold(engine, people, visits.visit(engine, number), [CORRIDOR])
    task = open_steps(engine, number)["decide_fire_check"]
    page = site.signed_in("fire").get(f"/tasks/{task}").text
    assert "整改以后复查仍不合格" in page and "疏散通道堆放杂物。" in page
    food = site.signed_in("approval").get(f"/tasks/{open_steps(engine, number)['decide_food_operation']}")
    assert "复查仍不合格" not in food.text
