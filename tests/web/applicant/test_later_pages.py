"""What comes later on pages: offered only where it may, promised with a name, taken back, handed in once."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import Engine

from engine.commands.submit import submit
from engine.database import run, transaction
from engine.days import local_day
from engine.people import User
from engine.tables import materials
from tests.engine.drafts.filling import pdf
from tests.filing import ANSWERS, ONLY_FOOD, fill_draft
from tests.web.applicant.conftest import Browser

PROOF, PLAN, SIGNER = "premises_proof", "floor_plan", str(ANSWERS["legal_rep"])


@pytest.fixture
def ready(applicant: User, db_engine: Engine) -> str:
    """A draft in which only what may come later is missing."""
    with transaction(db_engine) as db:
        draft = fill_draft(db, applicant, ONLY_FOOD)
        db.execute(delete(materials).where(materials.c.draft_id == draft, materials.c.material == PROOF))
    return draft


def day(days: int) -> str:
    return (local_day(datetime.now(UTC)) + timedelta(days=days)).isoformat()


def promise(browser: Browser, draft: str, on: str, by: str = SIGNER, material: str = PROOF) -> int:
    at = f"/apply/{draft}/materials"
    typed = {f"{material}-day": on, f"{material}-signed_as": by}
    return browser.send(at, f"{at}/{material}/later", **typed).status_code


def test_it_is_offered_where_an_item_lists_it_and_nowhere_else(browser: Browser, ready: str) -> None:
    page = browser.get(f"/apply/{ready}/materials").text
    assert re.findall(r'action="[^"]*/materials/(\w+)/later"', page) == [PROOF]
    assert promise(browser, ready, day(5), material=PLAN) == 404


def test_a_promise_is_shown_and_taken_back(browser: Browser, ready: str) -> None:
    at = f"/apply/{ready}/materials"
    assert promise(browser, ready, day(5)) == 303
    page = browser.get(at).text
    assert "稍后补交" in page and f"{SIGNER}于" in page
    assert "容缺，最晚" in browser.get(f"/apply/{ready}/check").text
    assert browser.send(at, f"{at}/{PROOF}/later/take-back").status_code == 303
    assert "材料" in browser.get(f"/apply/{ready}").text
    assert f"{SIGNER}于" not in browser.get(at).text


def test_a_wrong_day_or_name_is_said_at_its_field(browser: Browser, ready: str) -> None:
    at = f"/apply/{ready}/materials"
    answer = browser.send(
        at, f"{at}/{PROOF}/later", **{f"{PROOF}-day": day(0), f"{PROOF}-signed_as": "路人甲"}
    )
    assert answer.status_code == 422
    assert f'href="#{PROOF}-day"' in answer.text and f'href="#{PROOF}-signed_as"' in answer.text
    assert 'value="路人甲"' in answer.text


def test_nobody_promises_in_anothers_draft(stranger: Browser, browser: Browser, ready: str) -> None:
    token = browser.get(f"/apply/{ready}/materials")
    assert token.status_code == 200
    to = f"/apply/{ready}/materials/{PROOF}/later"
    assert stranger.send("/my", to, **{f"{PROOF}-day": day(5)}).status_code == 404


def test_it_is_handed_in_on_the_cases_page_once(
    browser: Browser, stranger: Browser, applicant: User, db_engine: Engine, ready: str
) -> None:
    assert promise(browser, ready, day(5)) == 303
    now = datetime.now(UTC)
    number = run(db_engine, lambda db: submit(db, user=applicant, draft=ready, token=ready, now=now))
    at, to = f"/cases/{number}/later", f"/cases/{number}/later/{PROOF}"
    assert stranger.get(at).status_code == 404
    assert "待补交" in browser.get(f"/cases/{number}").text
    wrong = browser.send(at, to, **{PROOF: [(io.BytesIO(b"no"), "合同.pdf")]})
    assert wrong.status_code == 422 and "内容与扩展名不一致" in wrong.text
    assert browser.send(at, to).status_code == 422
    assert browser.send(at, to, **{PROOF: [(io.BytesIO(pdf("合同")), "合同.pdf")]}).status_code == 303
    page = browser.get(f"/cases/{number}").text
    assert "已补交" in page and "合同.pdf" in page and "补交材料：经营场所使用证明" in page
    assert browser.send("/my", to, **{PROOF: [(io.BytesIO(pdf("合同")), "合同.pdf")]}).status_code == 404
