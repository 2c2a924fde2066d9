"""Filling in the one form on pages without scripts: nothing typed is lost, every mistake is named."""

import re
from datetime import datetime

from flask import Flask
from sqlalchemy import Engine

from engine.database import transaction
from engine.deployments import publish
from engine.files import read_folder
from engine.shared_data import SharedRecord, Unavailable
from tests.engine.drafts.filling import INDUSTRY, NOW, PREMISES, SECTIONS, SUBJECT, USCC

from .conftest import ROOT, Browser


class Down:
    """A register that does not answer."""

    def lookup(self, uscc: str, *, now: datetime) -> SharedRecord:
        raise Unavailable


def value_of(page: str, name: str) -> str:
    match = re.search(rf'id="{name}" name="{name}"[^>]* value="([^"]*)"', page)
    assert match, name
    return match[1]


def test_the_task_list_names_the_sections_and_blocks_filing(browser: Browser, draft: str) -> None:
    page = browser.get(f"/apply/{draft}").text
    for words in ("主体信息", "经营场所", "委托与送达", "食品经营许可", "暂不能开始", "已完成 0 / 9 部分"):
        assert words in page


def test_every_page_of_a_draft_opens(browser: Browser, draft: str) -> None:
    for name in ("", "/materials", "/check", "/discard", *(f"/{section}" for section in SECTIONS)):
        assert browser.get(f"/apply/{draft}{name}").status_code == 200, name
    assert browser.get("/my").status_code == 200


def test_anothers_draft_is_not_found_on_any_page(stranger: Browser, draft: str) -> None:
    for name in ("", "/subject", "/materials", "/check", "/discard", "/updated"):
        assert stranger.get(f"/apply/{draft}{name}").status_code == 404, name
    for name in ("/subject", "/submit", "/discard", "/materials/floor_plan/upload"):
        answer = stranger.send("/my", f"/apply/{draft}{name}", **SUBJECT)
        assert answer.status_code == 404, name


def test_a_stranger_to_the_site_is_sent_to_the_login_and_comes_back(app: Flask, draft: str) -> None:
    answer = app.test_client().get(f"/apply/{draft}/subject")
    assert answer.status_code == 303
    assert f"next=/apply/{draft}/subject" in answer.location.replace("%2F", "/")


def test_the_code_brings_the_rest_with_source_and_date(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    answer = browser.send(at, at, action="prefill", uscc=USCC.lower(), phone="13800000001")
    assert answer.status_code == 303
    page = browser.get(at).text
    assert "淄博小厨飘香餐饮有限公司" in page
    assert "市场监管部门共享数据（演示库）" in page
    assert "有误？" in page
    assert value_of(page, "phone") == "13800000001"
    assert 'name="ent_name"' not in page


def test_shared_data_is_no_register_to_read_through(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    tries = [browser.send(at, at, action="prefill", uscc="x").status_code for _ in range(31)]
    assert tries == [422] * 30 + [429]
    assert browser.send(at, at, action="look", uscc="x").status_code == 200


def test_a_shared_identity_number_is_not_shown_whole(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    browser.send(at, at, action="prefill", uscc=USCC)
    for page in (at, f"/apply/{draft}/check", f"{at}/contest/legal_rep_id_no"):
        text = browser.get(page).text
        assert "370303190001010016" not in text
        assert "370***********0016" in text


def test_the_form_goes_on_when_shared_data_is_down(app: Flask, browser: Browser, draft: str) -> None:
    app.extensions["shared_data"] = Down()
    at = f"/apply/{draft}/subject"
    answer = browser.send(at, at, action="prefill", uscc=USCC, phone="13800000001")
    assert answer.status_code == 200
    assert "暂时查询不到共享数据" in answer.text
    assert value_of(answer.text, "phone") == "13800000001"
    assert browser.send(at, at, action="save", **SUBJECT).location.endswith(f"/apply/{draft}")


def test_a_contested_value_shows_both_sides(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    browser.send(at, at, action="prefill", uscc=USCC)
    contest = f"{at}/contest/legal_rep"
    assert "请填写" in browser.send(contest, contest, legal_rep="").text
    answer = browser.send(contest, contest, legal_rep="王新任", reason="11月20日已变更")
    assert answer.status_code == 303
    page = browser.get(at).text
    assert value_of(page, "legal_rep") == "王新任"
    assert "共享数据为“张守信”。您的更正理由：11月20日已变更" in page
    browser.send(at, f"{contest}/accept")
    assert "您的更正理由" not in browser.get(at).text


def test_mistakes_stand_at_the_field_in_the_summary_and_in_the_title(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    answer = browser.send(at, at, action="save", **{**SUBJECT, "uscc": "91370303MA3T00017X", "phone": "1"})
    assert answer.status_code == 422
    assert "<title>错误：主体信息" in answer.text
    assert 'href="#uscc"' in answer.text
    assert 'id="uscc-error"' in answer.text
    assert value_of(answer.text, "uscc") == "91370303MA3T00017X"
    assert value_of(answer.text, "phone") == "1"
    assert "有问题" in browser.get(f"/apply/{draft}").text


def test_saving_and_leaving_keeps_what_is_wrong_too(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    answer = browser.send(at, at, action="exit", uscc="9137", phone="")
    assert answer.location.endswith("/my")
    page = browser.get(at).text
    assert value_of(page, "uscc") == "9137"
    assert "您填了 4 位" in page
    assert "请填写联系电话" not in page


def test_an_answer_that_asks_more_shows_the_new_questions_without_reproach(
    browser: Browser, draft: str
) -> None:
    at = f"/apply/{draft}/agent"
    typed = {"has_agent": "yes", "delivery": "仅电子证照", "want_separate_certs": "no"}
    answer = browser.send(at, at, action="save", shown="has_agent,delivery,want_separate_certs", **typed)
    assert answer.status_code == 200
    assert "还需要填写 3 项" in answer.text
    assert "<title>错误：" not in answer.text
    assert 'data-question="agent_name" hidden' not in re.sub(r"\s+", " ", answer.text)


def test_a_script_may_ask_which_questions_are_visible(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/agent"
    visible = browser.send(at, at, action="look", has_agent="yes").json
    assert visible is not None
    assert "agent_name" in visible["visible"]
    assert "post_address" not in visible["visible"]


def test_rows_are_added_and_taken_away_with_everything_kept(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/food_operation"
    typed = {"food_safety_mgr-0-name": "李洁", "food_online": "yes"}
    more = browser.send(at, at, action="grow:food_safety_mgr", **typed)
    assert more.status_code == 200
    assert value_of(more.text, "food_safety_mgr-0-name") == "李洁"
    assert 'name="food_safety_mgr-1-name"' in more.text
    typed["food_safety_mgr-1-name"] = "王净"
    less = browser.send(at, at, action="drop:food_safety_mgr-0", **typed)
    assert value_of(less.text, "food_safety_mgr-0-name") == "王净"
    assert 'name="food_safety_mgr-1-name"' not in less.text


def test_a_larger_area_tells_of_the_new_item(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/premises"
    browser.send(at, at, action="save", **{**PREMISES, "area": "200"})
    page = browser.get(f"/apply/{draft}").text
    assert "不再需要“公众聚集场所投入使用、营业前消防安全检查”" in page
    browser.send(at, at, action="save", **PREMISES)
    page = browser.get(f"/apply/{draft}").text
    assert "新增事项“公众聚集场所投入使用、营业前消防安全检查”：您的店超过300平方米" in page


def test_an_area_for_which_this_is_the_wrong_place_says_where_to_go(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/premises"
    answer = browser.send(at, at, action="save", **{**PREMISES, "area": "40"})
    assert "小餐饮登记" in answer.text
    assert value_of(browser.get(at).text, "area") == "40"


def test_a_second_tab_is_told_what_differs_and_keeps_its_own(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/premises"
    seen = re.findall(r'name="seen" value="([^"]+)"', browser.get(at).text)[0]
    browser.send(at, at, action="save", **PREMISES)
    second = {**PREMISES, "floors": "地下 1 层"}
    answer = browser.send(at, at, action="save", seen=seen, **second)
    assert answer.status_code == 409
    assert "已保存：1 层" in answer.text
    assert "您刚才填的：地下 1 层" in answer.text
    assert value_of(answer.text, "floors") == "地下 1 层"
    newer = re.findall(r'name="seen" value="([^"]+)"', answer.text)[0]
    assert browser.send(at, at, action="save", seen=newer, **second).status_code == 303


def test_the_same_form_sent_twice_is_saved_once(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/premises"
    seen = re.findall(r'name="seen" value="([^"]+)"', browser.get(at).text)[0]
    for _ in range(2):
        assert browser.send(at, at, action="save", seen=seen, **PREMISES).status_code == 303


def test_an_emoji_is_an_error_at_its_field(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    answer = browser.send(at, at, action="save", **{**SUBJECT, "ent_name": "小厨🍜"})
    assert answer.status_code == 422
    assert 'id="ent_name-error"' in answer.text
    assert value_of(answer.text, "ent_name") == "小厨🍜"


def test_ten_megabytes_of_text_get_a_clear_answer(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/subject"
    answer = browser.send(at, at, action="save", **{**SUBJECT, "business_scope": "餐" * 3_500_000})
    assert answer.status_code in (413, 422)
    assert "缩短" in answer.text


def test_changes_from_the_check_page_come_back_to_it(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/premises?back=check"
    answer = browser.send(at, f"/apply/{draft}/premises", action="save", back="check", **PREMISES)
    assert answer.location.endswith(f"/apply/{draft}/check")


def test_a_draft_is_thrown_away_only_after_asking(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/discard"
    assert browser.send(at, at).location.endswith("/my")
    assert browser.get(f"/apply/{draft}").status_code == 404


def test_a_newer_guide_is_shown_first_and_taken_over_once(
    browser: Browser, draft: str, db_engine: Engine
) -> None:
    at, path = f"/apply/{draft}/updated", "forms/definitions/fields/food_operation.yaml"
    assert browser.get(at).status_code == 303
    files = dict(read_folder(ROOT))
    files[path] = files[path].replace("label: 是否连锁经营", "label: 是否为连锁门店")
    with transaction(db_engine) as db:
        publish(db, files, INDUSTRY, NOW)
    assert browser.get(f"/apply/{draft}").location.endswith(at)
    page = browser.get(at).text
    assert "请重新核对以下部分" in page
    assert "食品经营许可" in page
    assert browser.send(at, at).location.endswith(f"/apply/{draft}")
    assert "是否为连锁门店" in browser.get(f"/apply/{draft}/food_operation").text


def test_markup_in_an_answer_is_shown_as_text(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/premises"
    browser.send(at, at, action="save", **{**PREMISES, "floors": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in browser.get(f"/apply/{draft}/check").text
