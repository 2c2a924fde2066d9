"""Filing on pages: checked, declared, filed once, and then followed by its applicant alone."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from engine.database import transaction
from engine.drafts import prefill
from engine.files import read_folder
from engine.people import User
from engine.shared_data import Registry
from tests.engine.drafts.filling import NOW, USCC, begin, fill_everything, finish
from tests.web.applicant.conftest import ROOT, Browser


@pytest.fixture
def whole(applicant: User, db_engine: Engine, tmp_path: Path) -> str:
    with transaction(db_engine) as db:
        return fill_everything(db, applicant, tmp_path / "blobs")


def token(browser: Browser, draft: str) -> str:
    found = re.findall(r'name="token" value="([^"]+)"', browser.get(f"/apply/{draft}/check").text)
    return str(found[0])


def file(browser: Browser, draft: str) -> str:
    """File the draft; returns the case's number."""
    at = f"/apply/{draft}/check"
    answer = browser.send(at, f"/apply/{draft}/submit", token=token(browser, draft))
    assert answer.status_code == 303
    match = re.fullmatch(r"/cases/([^/]+)/submitted", answer.location)
    assert match, answer.location
    return match[1]


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(browser: Browser, whole: str) -> None:
    page = browser.get(f"/apply/{whole}/check").text
    for words in ("张店区", "320 平方米", "热食类制售、自制饮品制售", "李洁", "确认并提交申请", "免提交"):
        assert words in page
    assert "更改<span" in page


def test_an_unfinished_draft_is_not_filed(browser: Browser, draft: str) -> None:
    assert "确认并提交申请" not in browser.get(f"/apply/{draft}/check").text
    answer = browser.send("/my", f"/apply/{draft}/submit", token="x")
    assert answer.location.endswith(f"/apply/{draft}")
    assert "还有没有完成的部分" in browser.get(f"/apply/{draft}").text


def test_filing_gives_a_number_and_says_what_comes_next(browser: Browser, whole: str) -> None:
    number = file(browser, whole)
    page = browser.get(f"/cases/{number}/submitted").text
    assert number in page
    assert "张店区行政审批服务局" in page
    assert "申请已提交" in page


def test_the_same_form_sent_twice_files_once(browser: Browser, whole: str) -> None:
    page = f"/apply/{whole}/check"
    once = token(browser, whole)
    text = browser.get(page).text
    form = {"csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', text)[0], "token": once}
    first = browser.client.post(f"/apply/{whole}/submit", data=form)
    second = browser.client.post(f"/apply/{whole}/submit", data=form, follow_redirects=True)
    number = first.location.split("/")[2]
    assert "您已提交，无需重复提交" in second.text
    assert number in second.text


def test_every_page_of_a_filed_draft_leads_to_its_case(browser: Browser, whole: str) -> None:
    number = file(browser, whole)
    for name in ("", "/subject", "/materials", "/check", "/discard"):
        answer = browser.get(f"/apply/{whole}{name}")
        assert (answer.status_code, answer.location) == (303, f"/cases/{number}/submitted?again=1"), name


def test_the_case_says_who_has_it_and_until_when(browser: Browser, whole: str) -> None:
    number = file(browser, whole)
    page = browser.get(f"/cases/{number}").text
    for words in (number, "已提交待受理", "现在在谁那里", "张店区行政审批服务局", "最晚", "提交申请"):
        assert words in page


def test_the_diagram_is_there_drawn_and_in_words(browser: Browser, whole: str) -> None:
    number = file(browser, whole)
    drawing = browser.get(f"/cases/{number}/diagram.json").json
    assert drawing is not None
    assert drawing["xml"].lstrip().startswith("<?xml")
    assert "active" in drawing["states"].values()
    page = browser.get(f"/cases/{number}/diagram").text
    assert "按步骤看" in page
    assert "正在办理" in page


def test_a_case_is_seen_by_its_applicant_alone(browser: Browser, stranger: Browser, whole: str) -> None:
    number = file(browser, whole)
    for name in ("", "/submitted", "/diagram", "/diagram.json"):
        assert stranger.get(f"/cases/{number}{name}").status_code == 404, name


def test_the_front_page_moves_the_application_from_drafts_to_running(browser: Browser, whole: str) -> None:
    assert "接着填（1）" in browser.get("/my").text
    number = file(browser, whole)
    page = browser.get("/my").text
    assert "接着填" not in page
    assert "办理中（1）" in page
    assert number in page


def test_a_shared_identity_number_stays_hidden_after_filing(
    browser: Browser, applicant: User, db_engine: Engine, app: Flask, tmp_path: Path
) -> None:
    with transaction(db_engine) as db:
        draft = begin(db, applicant)
        raw = {"uscc": USCC}
        prefill(db, user=applicant, draft=draft, raw=raw, provider=Registry(read_folder(ROOT)), now=NOW)
        finish(db, applicant, draft, tmp_path / "blobs")
    number = file(browser, draft)
    page = browser.get(f"/cases/{number}").text
    assert "法定代表人身份证号码" in page
    assert "370***********0016" in page
