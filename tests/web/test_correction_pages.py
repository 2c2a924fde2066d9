"""The pages of a correction: marking, the preview, the reply; and what is refused there, in words."""

import io
import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from engine.database import transaction
from tests.engine.corrections.noticing import REASON, WANTED, ask, note, send_reply
from tests.filing import do, file_case
from tests.web.conftest import Site, post, token

MARK = {"type": "unclear", "reason": REASON, "wanted": WANTED}
TOO_LARGE = 11 * 1024 * 1024
FAR_TOO_LARGE = 41 * 1024 * 1024


@pytest.fixture
def number(site: Site) -> str:
    return file_case(site.engine, site.people)


@pytest.fixture
def asked(site: Site, number: str) -> str:
    """A case whose applicant was asked for two things."""
    with transaction(site.engine) as db:
        note(db, site.people, number, "fire", "fire_exits", "fire_check")
    with transaction(site.engine) as db:
        note(db, site.people, number, "market", "floor_plan", "food_operation", target="material")
    with transaction(site.engine) as db:
        ask(db, site.people, number)
    return number


def points(number: str) -> str:
    return f"/office/cases/{number}/points"


def page(number: str) -> str:
    return f"/cases/{number}/corrections/1"


def mark(browser: FlaskClient, number: str, thing: str, item: str, **words: str) -> TestResponse:
    """Fill in the form of a thing that this person may mark (any, where the thing itself is not theirs)."""
    form = f"{points(number)}/{thing}"
    known = browser.get(points(number))
    answer = browser.get(form)
    fields = {"csrf_token": token(answer if answer.status_code == 200 else known), "item": item}
    return browser.post(form, data={**fields, **MARK, **words})


def test_a_department_finds_the_case_and_marks_a_question(site: Site, number: str) -> None:
    browser = site.signed_in("fire")
    assert points(number) in browser.get("/tasks/receipt").text
    shown = browser.get(points(number)).text
    assert "安全出口和疏散楼梯数" in shown and "烟草制品经营范围" not in shown
    answer = mark(browser, number, "field/fire_exits", "fire_check")
    assert answer.status_code == 303
    after = browser.get(points(number)).text
    assert REASON in after and "取消标记" in after
    assert REASON in browser.get(f"{points(number)}/preview").text
    assert REASON in site.signed_in("market").get(points(number)).text  # all see what all have marked


def test_a_mark_without_words_comes_back_with_what_was_filled_in(site: Site, number: str) -> None:
    answer = mark(site.signed_in("fire"), number, "field/fire_exits", "fire_check", wanted="")
    assert answer.status_code == 422
    assert REASON in answer.text and "请写明怎样改才符合要求" in answer.text


def test_a_question_that_there_is_not_cannot_be_marked(site: Site, number: str) -> None:
    browser = site.signed_in("window")
    for thing in ("field/no_such_field", "material/phone", "nothing/phone"):
        assert browser.get(f"{points(number)}/{thing}").status_code == 404
    assert mark(browser, number, "field/no_such_field", "").status_code == 404


def test_nobody_marks_for_another_offices_item(site: Site, number: str) -> None:
    assert mark(site.signed_in("fire"), number, "field/food_items", "food_operation").status_code == 403
    assert mark(site.signed_in("fire"), number, "field/fire_exits", "food_operation").status_code == 403


def test_after_acceptance_nothing_is_marked(site: Site, number: str) -> None:
    do(site.engine, site.people, number, "accept", "window", outcome="accept")
    for login in ("window", "fire"):
        browser = site.signed_in(login)
        assert browser.get(points(number)).status_code == 404
        fields = {"csrf_token": token(browser.get("/tasks")), "item": "", **MARK}
        assert browser.post(f"{points(number)}/field/phone", data=fields).status_code == 404


def test_applicants_and_strangers_see_nothing_of_the_marks(site: Site, number: str) -> None:
    assert site.signed_in("applicant").get(points(number)).status_code == 403
    assert site.signed_in("elsewhere").get(points(number)).status_code == 404
    assert site.browser().get(points(number)).status_code == 303


def test_a_mark_can_be_taken_back_and_only_by_its_office(site: Site, number: str) -> None:
    with transaction(site.engine) as db:
        note(db, site.people, number, "fire", "fire_exits", "fire_check")
    browser = site.signed_in("fire")
    shown = browser.get(points(number)).text
    to = shown.split('/unmark"')[0].rsplit('action="', 1)[1] + "/unmark"
    other = site.signed_in("market")
    assert other.post(to, data={"csrf_token": token(other.get(points(number)))}).status_code == 404
    assert post(browser, points(number), to).status_code == 303
    assert REASON not in browser.get(points(number)).text


def test_the_applicants_page_has_what_was_flagged_and_nothing_else(site: Site, asked: str) -> None:
    browser = site.signed_in("applicant")
    assert "请补正 2 处" in browser.get(f"/cases/{asked}").text
    shown = browser.get(page(asked)).text
    assert REASON in shown and WANTED in shown
    assert 'name="fire_exits"' in shown and 'name="files-floor_plan"' in shown
    assert 'name="phone"' not in shown and 'name="food_items"' not in shown
    assert browser.get(f"/cases/{asked}/correction").location.endswith(page(asked))


def test_a_wrong_value_comes_back_at_its_field(site: Site, asked: str) -> None:
    answer = post(site.signed_in("applicant"), page(asked), page(asked), action="send", fire_exits="四个")
    assert answer.status_code == 422
    assert 'value="四个"' in answer.text
    assert 'id="fire_exits-error"' in answer.text and 'id="files-floor_plan-error"' in answer.text


def test_what_is_kept_is_there_the_next_time(site: Site, asked: str) -> None:
    browser = site.signed_in("applicant")
    assert post(browser, page(asked), page(asked), action="save", fire_exits="4").status_code == 303
    shown = browser.get(page(asked)).text
    assert 'value="4"' in shown and "已改好 1 处，共 2 处" in shown


def send_file(browser: FlaskClient, number: str, name: str, content: bytes) -> TestResponse:
    fields = {"csrf_token": token(browser.get(page(number))), "action": "save", "fire_exits": "4"}
    data = {**fields, "files-floor_plan": (io.BytesIO(content), name)}
    builder = EnvironBuilder(page(number), method="POST", data=data, content_type="multipart/form-data")
    environ = builder.get_environ()
    try:
        return browser.open(environ)
    finally:
        environ["wsgi.input"].close()  # a large form lies in a temporary file
        builder.close()


def test_a_file_that_is_too_large_is_named_and_the_rest_is_kept(site: Site, asked: str) -> None:
    browser = site.signed_in("applicant")
    answer = send_file(browser, asked, "平面图.pdf", b"%PDF-1.7" + b"0" * TOO_LARGE)
    assert answer.status_code == 422
    assert "文件“平面图.pdf”超过 10 MB" in answer.text
    assert 'value="4"' in browser.get(page(asked)).text


def test_a_post_that_is_far_too_large_is_refused_in_words(site: Site, asked: str) -> None:
    answer = send_file(site.signed_in("applicant"), asked, "平面图.pdf", b"0" * FAR_TOO_LARGE)
    assert answer.status_code == 413
    assert "提交的内容太大" in answer.text


def test_a_file_that_is_not_what_it_says_is_refused(site: Site, asked: str) -> None:
    answer = send_file(site.signed_in("applicant"), asked, "平面图.pdf", b"MZ not a pdf")
    assert answer.status_code == 422 and "内容与扩展名不一致" in answer.text


def test_it_is_the_applicants_own_page(site: Site, asked: str) -> None:
    assert site.signed_in("other_applicant").get(page(asked)).status_code == 404
    assert site.signed_in("applicant").get(f"/cases/{asked}/corrections/2").status_code == 404
    assert site.signed_in("applicant").get(f"/cases/{asked}/corrections/{10**30}").status_code == 404


@pytest.mark.parametrize("action", ["remove:x", "remove:99999999", "remove:²", f"remove:{'9' * 400}"])
def test_a_file_that_is_not_there_is_not_removed(site: Site, asked: str, action: str) -> None:
    assert post(site.signed_in("applicant"), page(asked), page(asked), action=action).status_code == 404


def test_the_script_asks_which_questions_are_asked_now(site: Site, number: str) -> None:
    with transaction(site.engine) as db:
        note(db, site.people, number, "window", "has_agent")
    with transaction(site.engine) as db:
        ask(db, site.people, number)
    browser = site.signed_in("applicant")
    answer = post(browser, page(number), page(number), action="look", has_agent="yes")
    assert set(json.loads(answer.text)["visible"]) > {"has_agent", "agent_name"}


def test_once_sent_the_page_shows_what_was_asked_and_replied(site: Site, asked: str) -> None:
    browser = site.signed_in("applicant")
    words = {"cannot_material_floor_plan": "设计院已停业。"}
    answer = post(browser, page(asked), page(asked), action="send", fire_exits="4", **words)
    assert answer.status_code == 303, answer.text
    shown = browser.get(page(asked)).text
    assert "设计院已停业。" in shown and 'name="fire_exits"' not in shown
    again = browser.post(page(asked), data={"csrf_token": token(browser.get("/my")), "action": "send"})
    assert again.status_code == 409 and "不能再改" in again.text
    staff = site.signed_in("fire").get(f"/office/cases/{asked}").text
    assert "补正后" in staff and "4 个" in staff


def test_an_office_reads_no_reply_that_its_items_do_not_need(site: Site, number: str) -> None:
    for who, name, item in (("fire", "fire_exits", "fire_check"), ("market", "food_items", "food_operation")):
        with transaction(site.engine) as db:
            note(db, site.people, number, who, name, item)
    with transaction(site.engine) as db:
        ask(db, site.people, number)
    with transaction(site.engine) as db:
        words = "饮品区由邻店使用。"
        send_reply(db, site.people, number, fire_exits="4", cannot_field_food_items=words)
    fire, market = (site.signed_in(who).get(f"/office/cases/{number}").text for who in ("fire", "market"))
    assert words in market and words not in fire
    assert "4 个" in fire and "4 个" not in market
    assert "不是您的事项要用的内容" in fire


def test_only_the_window_asks_for_a_second_notice(site: Site, number: str) -> None:
    browser = site.signed_in("window")
    answer = post(browser, points(number), points(number), reason="新的问题")
    assert answer.status_code == 422 and "还没有要求过补正" in answer.text
    other = site.signed_in("fire")
    fields = {"csrf_token": token(other.get("/tasks")), "reason": "新的问题"}
    assert other.post(points(number), data=fields).status_code == 403
