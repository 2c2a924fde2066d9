"""Promising on pages: nothing chosen beforehand, every condition by itself, and the usual way always open."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.commands.submit import submit
from engine.commitments.standing import choices_of
from engine.database import run, transaction
from engine.drafts import read_draft
from engine.tables import commitments
from tests.engine.commitments.promising import REPRESENTATIVE, SIGN, points, sign
from tests.filing import fill_draft
from tests.web.conftest import Site, token

NAME = "门店招牌设置"


@pytest.fixture
def draft(site: Site) -> str:
    with transaction(site.engine) as db:
        return fill_draft(db, site.people["applicant"])


@pytest.fixture
def browser(site: Site) -> FlaskClient:
    return site.signed_in("applicant")


def choose(browser: FlaskClient, draft: str, **fields: object) -> tuple[int, str]:
    """Send the form of the signboard; the status and the page that comes back."""
    at = f"/apply/{draft}/commitments/{SIGN}"
    answer = browser.post(at, data={"csrf_token": token(browser.get(at)), **fields})
    return answer.status_code, answer.text


def ticked(site: Site, draft: str) -> list[str]:
    with transaction(site.engine) as db:
        return points(db, site.people["applicant"], draft, SIGN)


def test_the_task_list_offers_it_as_something_one_may_do(browser: FlaskClient, draft: str) -> None:
    page = browser.get(f"/apply/{draft}").text
    assert "告知承诺" in page and "不选也能提交" in page
    listed = browser.get(f"/apply/{draft}/commitments").text
    assert NAME in listed and "食品经营许可" not in listed


def test_nothing_is_chosen_or_ticked_beforehand(browser: FlaskClient, draft: str) -> None:
    page = browser.get(f"/apply/{draft}/commitments/{SIGN}").text
    assert " checked" not in page
    for words in (
        "当场",
        "40 个工作日内",
        "张店区综合行政执法局",
        "予以撤销，记入信用记录",
        "告知承诺书",
        "国办发〔2020〕42号",
    ):
        assert words in page


def test_choosing_neither_way_is_said_at_the_question(browser: FlaskClient, draft: str) -> None:
    status, page = choose(browser, draft)
    assert status == 422 and "请选择按一般程序办理，还是告知承诺" in page


def test_what_is_missing_is_named_and_what_was_ticked_stays(
    site: Site, browser: FlaskClient, draft: str
) -> None:
    first, *others = ticked(site, draft)
    status, page = choose(browser, draft, way="commitment", ticked=[first], signed_as="李四")
    assert status == 422
    assert page.count(" checked") == 2  # the way and the first condition
    assert 'value="李四"' in page
    for id in (*others, "signed_as"):
        assert f'href="#{id}"' in page and f'id="{id}-error"' in page


def test_a_signed_letter_can_be_read_and_taken_back(site: Site, browser: FlaskClient, draft: str) -> None:
    status, _page = choose(
        browser, draft, way="commitment", ticked=ticked(site, draft), signed_as=REPRESENTATIVE
    )
    assert status == 303
    assert "已承诺 1 项" in browser.get(f"/apply/{draft}").text
    assert f"{REPRESENTATIVE}，" in browser.get(f"/apply/{draft}/check").text
    letter = browser.get(f"/apply/{draft}/commitments/{SIGN}").text
    assert "您已签署告知承诺书" in letter and f"签名：{REPRESENTATIVE}" in letter
    status, _page = choose(browser, draft, way="usual")
    assert status == 303
    with transaction(site.engine) as db:
        assert not choices_of(db, read_draft(db, site.people["applicant"], draft, now())).promises


def test_an_item_that_is_not_offered_has_no_page(browser: FlaskClient, draft: str) -> None:
    assert browser.get(f"/apply/{draft}/commitments/food_operation").status_code == 404


def test_the_draft_of_another_is_not_found(site: Site, draft: str) -> None:
    other = site.signed_in("other_applicant")
    assert other.get(f"/apply/{draft}/commitments").status_code == 404
    assert other.get(f"/apply/{draft}/commitments/{SIGN}").status_code == 404


def test_a_filed_promise_is_shown_and_can_be_withdrawn_until_it_is_decided(
    site: Site, browser: FlaskClient, draft: str
) -> None:
    user = site.people["applicant"]
    with transaction(site.engine) as db:
        sign(db, user, draft, now=now())
    number = run(site.engine, lambda db: submit(db, user=user, draft=draft, token=draft, now=now()))
    page = browser.get(f"/cases/{number}")
    assert "等待当场决定" in page.text and "看承诺书" in page.text
    to = f"/cases/{number}/commitments/{SIGN}/withdraw"
    other = site.signed_in("other_applicant")
    assert other.post(to, data={"csrf_token": token(other.get("/my"))}).status_code == 404
    assert browser.post(to, data={"csrf_token": token(page)}).status_code == 303
    after = browser.get(f"/cases/{number}").text
    assert "已撤回，按一般程序办理" in after and "撤回告知承诺" in after
    with transaction(site.engine) as db:
        state = select(commitments.c.state).where(commitments.c.draft_id == draft)
        assert db.execute(state).scalar_one() == "withdrawn"


def now() -> datetime:
    return datetime.now(UTC)
