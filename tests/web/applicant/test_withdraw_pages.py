"""Withdrawing on pages: the effects first, nothing without a confirmation, and nothing of anybody else."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.engine.clerks import carry
from tests.filing import do, file_case
from tests.web.conftest import Site, token

SIGN = "signboard"


@pytest.fixture
def number(site: Site) -> str:
    return file_case(site.engine, site.people)


def send(browser: FlaskClient, number: str, *items: str, **typed: str) -> TestResponse:
    at = f"/cases/{number}/withdraw"
    return browser.post(at, data={"csrf_token": token(browser.get(at)), "items": list(items), **typed})


def test_the_effects_are_explained_and_nothing_is_chosen_beforehand(site: Site, number: str) -> None:
    browser = site.signed_in("applicant")
    assert f"/cases/{number}/withdraw" in browser.get(f"/cases/{number}").text
    page = browser.get(f"/cases/{number}/withdraw").text
    for words in ("立即停止办理", "撤回不收费", "随时重新申请", "不能恢复"):
        assert words in page
    assert " checked" not in page


@pytest.mark.parametrize(
    ("items", "typed", "at"),
    [((SIGN,), {}, "confirm"), ((), {"confirm": "yes"}, "items"), (("x",), {"confirm": "yes"}, "items")],
)
def test_nothing_is_withdrawn_without_a_choice_and_a_confirmation(
    site: Site, number: str, items: tuple[str, ...], typed: dict[str, str], at: str
) -> None:
    browser = site.signed_in("applicant")
    answer = send(browser, number, *items, **typed)
    assert answer.status_code == 422 and f'href="#{at}"' in answer.text
    assert "已撤回" not in browser.get(f"/cases/{number}").text


def test_one_item_goes_and_the_page_says_so(site: Site, number: str) -> None:
    browser = site.signed_in("applicant")
    assert send(browser, number, SIGN, confirm="yes", reasons="不装招牌了。").status_code == 303
    page = browser.get(f"/cases/{number}").text
    assert "门店招牌设置：已撤回" in page and "不装招牌了。" in page and "撤回申请：门店招牌设置" in page
    assert SIGN not in re.findall(
        r'name="items" value="(\w+)"', browser.get(f"/cases/{number}/withdraw").text
    )


def test_a_case_that_is_over_cannot_be_withdrawn(site: Site, number: str) -> None:
    reasons = {"ground": "other", "reasons": "不在本区。"}
    do(site.engine, site.people, number, "accept", "window", outcome="refuse", **reasons)
    browser = site.signed_in("applicant")
    assert f"/cases/{number}/withdraw" not in browser.get(f"/cases/{number}").text
    answer = browser.get(f"/cases/{number}/withdraw")
    assert answer.status_code >= 400 and "没有可以撤回的事项" in answer.text


def test_nobody_else_withdraws(site: Site, number: str) -> None:
    assert site.signed_in("other_applicant").get(f"/cases/{number}/withdraw").status_code == 404
    assert site.signed_in("window").get(f"/cases/{number}/withdraw").status_code in (403, 404)


def test_a_filing_is_called_a_filing_everywhere(site: Site, number: str) -> None:
    carry(site.engine, site.people, number)
    applicant = site.signed_in("applicant").get(f"/cases/{number}").text
    assert "决定门店招牌：予以备案" in applicant and "决定食品经营许可：准予许可" in applicant
    assert "予以备案" in site.signed_in("approval").get("/tasks/done").text
    assert "予以备案" in site.signed_in("supervisor").get(f"/office/cases/{number}").text
