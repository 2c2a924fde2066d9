"""What an applicant does on the visit's page: choose a date, prepare, put right what failed, read the end."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.filing import open_steps
from tests.web import visits
from tests.web.conftest import Site, post, token
from tests.web.visits import CONTACT, CORRIDOR, MICE, day

OTHER = {"answer": "other", "day": "", "half": "pm", "words": "那两天进货。", **CONTACT}


@pytest.fixture(scope="module")
def failed(whole_site: Site) -> str:
    """A case whose visit found two points to put right."""
    return to_put_right(whole_site)


def to_put_right(site: Site) -> str:
    """Such a case, its number."""
    number, visit = visits.settled(site.engine, site.people)
    visits.hold(site.engine, site.people, visit)
    return number


def page_of(number: str) -> str:
    return f"/cases/{number}/inspection"


def reply_to(number: str) -> str:
    return f"{page_of(number)}/rectification"


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "PNG")
    return content.getvalue()


def hidden(page: str) -> dict[str, str]:
    """What a page remembers of what it showed."""
    return dict(re.findall(r'<input type="hidden" name="((?:seen|offered)[^"]*)" value="([^"]*)">', page))


def reply(browser: FlaskClient, number: str, action: str, **fields: object) -> tuple[int, str]:
    """Press a button of the rectification form; the status, and the page that then stands there."""
    data = {"csrf_token": token(browser.get(page_of(number))), "action": action, **fields}
    answer = browser.post(reply_to(number), data=data)
    return answer.status_code, browser.get(page_of(number)).text if answer.location else answer.text


def test_the_date_is_chosen_after_a_mistake_that_lost_nothing(site: Site) -> None:
    number = visits.to_arrange(site.engine, site.people)
    browser = site.signed_in("applicant")
    assert "正在约时间" in browser.get(page_of(number)).text
    assert "店面与粪坑、垃圾场" in browser.get(page_of(number)).text  # what to prepare, before any date
    visits.arrange(site.engine, site.people, number)
    assert "去选时间" in browser.get("/my").text and "等您选踏勘时间" in browser.get(f"/cases/{number}").text

    shown = hidden(browser.get(page_of(number)).text)
    wrong = post(browser, page_of(number), page_of(number), **shown, **OTHER)
    assert wrong.status_code == 422
    assert "请写明您方便的日期" in wrong.text and "那两天进货。" in wrong.text and "错误：" in wrong.text
    assert post(browser, page_of(number), page_of(number), **OTHER | {"day": "2020-01-01"}).status_code == 422
    right = {**shown, **CONTACT, "answer": "agreed", "slot": "2"}
    old = post(browser, page_of(number), page_of(number), **right | {"offered": "2026-01-05 am"})
    assert old.status_code == 422 and "时间已经重新安排" in old.text and CONTACT["contact_name"] in old.text
    assert re.search(r'name="answer" value="agreed" checked', old.text)  # and none of the dates
    assert not re.search(r'name="slot" value="." checked', old.text)
    assert post(browser, page_of(number), page_of(number), **right).status_code == 303
    said = browser.get(page_of(number)).text
    assert "已收到您的答复" in said and "张春和 13805335678" in said
    assert f"{day(4).month}月{day(4).day}日" in said
    assert browser.post(page_of(number), data={"answer": "agreed"}).status_code == 400  # no token, no answer


def test_another_date_comes_to_who_arranges_with_the_words_for_it(site: Site) -> None:
    number = visits.to_arrange(site.engine, site.people)
    visits.arrange(site.engine, site.people, number)
    browser = site.signed_in("applicant")
    wish = OTHER | {"day": day(6).isoformat(), **hidden(browser.get(page_of(number)).text)}
    assert post(browser, page_of(number), page_of(number), **wish).status_code == 303
    for item in visits.OFFICES:
        who = str(site.people[visits.OFFICES[item]].id)
        visits.answer(site.engine, site.people, number, item, {"answer": "agreed", "inspectors": who})
    assert "正在重新约时间" in browser.get(page_of(number)).text
    task = open_steps(site.engine, number)["arrange"]
    beside = site.signed_in("approval").get(f"/tasks/{task}").text
    assert "上一次各方的答复" in beside and "那两天进货。" in beside and f'value="{day(6)}"' in beside


@pytest.mark.parametrize(
    ("login", "status"), [("other_applicant", 404), ("market", 403), ("supervisor", 403), ("elsewhere", 403)]
)
def test_a_visit_is_nobody_elses(site: Site, failed: str, login: str, status: int) -> None:
    browser = site.signed_in(login)
    assert site.browser().get(page_of(failed)).status_code == 303
    assert browser.get(page_of(failed)).status_code == status
    for to in (page_of(failed), reply_to(failed)):
        assert post(browser, "/help", to, action="send", answer="agreed").status_code == status


def test_an_older_page_overwrites_no_reply_and_says_what_was_written_twice(site: Site) -> None:
    failed = to_put_right(site)
    browser = site.signed_in("applicant")
    mice, corridor = f"reply-{MICE}", f"reply-{CORRIDOR}"
    older = hidden(browser.get(page_of(failed)).text)
    assert reply(browser, failed, f"save:{MICE}", **older, **{mice: "已加装挡鼠板。"})[0] == 303

    given = {mice: "", corridor: "", "note": "", f"proof-{CORRIDOR}": (BytesIO(picture()), "通道.png")}
    status, page = reply(browser, failed, f"save:{CORRIDOR}", **older, **given)
    assert status == 303 and "已加装挡鼠板。" in page and "通道.png" in page

    twice = {mice: "换了一扇门。", corridor: "已清理。", "note": ""}
    status, page = reply(browser, failed, "send", **older, **twice)
    assert status == 422 and "您在另一个窗口写的是“已加装挡鼠板。”" in page
    assert ">\n换了一扇门。</textarea>" in page and ">\n已清理。</textarea>" in page
    again = hidden(page) | {mice: "换了一扇门，加装挡鼠板。", corridor: "已清理。", "note": ""}
    status, page = reply(browser, failed, "save", **again)
    assert status == 303 and ">\n换了一扇门，加装挡鼠板。</textarea>" in page


def test_the_replies_are_kept_as_one_goes_and_sent_once(site: Site, failed: str) -> None:
    browser = site.signed_in("applicant")
    assert "踏勘有 2 处要整改" in browser.get(f"/cases/{failed}").text
    page = browser.get(page_of(failed)).text
    assert "后厨门没有挡鼠板。" in page and "消防法第十六条" in page and 'capture="environment"' in page

    words = {f"reply-{MICE}": "已加装挡鼠板。", f"reply-{CORRIDOR}": ""}
    proof = {f"proof-{MICE}": [(BytesIO(picture()), "../挡鼠板.png"), (BytesIO(b"MZ no image"), "坏.jpg")]}
    status, page = reply(browser, failed, f"save:{MICE}", **words, **proof)
    assert status == 422 and "坏.jpg" in page and "挡鼠板.png" in page and "已加装挡鼠板。" in page
    assert "已写好 1 处，共 2 处" in page

    status, page = reply(browser, failed, "send", **words)
    assert status == 422 and "还没有写明“安全出口" in page
    file = page.split(f"{page_of(failed)}/files/")[1].split('"')[0]
    assert browser.get(f"{page_of(failed)}/files/{file}").data == picture()
    for login, denied in (("other_applicant", 404), ("market", 403)):
        assert site.signed_in(login).get(f"{page_of(failed)}/files/{file}").status_code == denied
    office = f"/office/cases/{failed}"
    assert site.signed_in("market").get(f"{office}/proofs/{file}").status_code == 404  # not sent yet

    status, page = reply(browser, failed, "send", **words | {f"reply-{CORRIDOR}": "已清理干净。"})
    assert status == 303 and "下一步只复查这几处" in page and "看您交的整改材料" in page
    assert browser.post(reply_to(failed), data={"csrf_token": token(browser.get("/help"))}).status_code == 409
    assert site.signed_in("market").get(f"{office}/proofs/{file}").data == picture()
    for other, denied in (("fire", 404), ("elsewhere", 404), ("applicant", 403)):
        assert site.signed_in(other).get(f"{office}/proofs/{file}").status_code == denied
