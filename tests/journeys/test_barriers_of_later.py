"""The pages of withdrawing and of what comes later hold no barrier, with mistakes and without."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from engine.commands.submit import submit
from engine.database import run, transaction
from engine.days import local_day
from engine.tables import materials
from tests.engine.clerks import carry
from tests.filing import ANSWERS, ONLY_FOOD, file_case, fill_draft
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in, go, press
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier, assert_none_has_a_barrier

PROOF, SIGNER = "premises_proof", str(ANSWERS["legal_rep"])


@pytest.fixture
def draft(site: Site) -> str:
    """An application in which only one material is missing."""
    with transaction(site.engine) as db:
        found = fill_draft(db, site.people["applicant"], ONLY_FOOD)
        db.execute(delete(materials).where(materials.c.draft_id == found, materials.c.material == PROOF))
    return found


def test_what_comes_later_is_promised_filed_and_handed_in(
    site: Site, draft: str, open_browser: OpenBrowser
) -> None:
    page, now = open_browser("applicant"), datetime.now(UTC)
    page.goto(f"/apply/{draft}/materials")
    page.locator("summary", has_text="稍后补交").click()
    assert_no_barrier(page)
    promise = page.get_by_role("button", name="承诺稍后补交")
    go(page, promise)
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)
    fill_in(page, {"最晚哪一天补交": (local_day(now) + timedelta(days=9)).isoformat(), "签名": SIGNER})
    go(page, promise)
    expect(page.locator(f"#of-{PROOF} .op-tag")).to_have_text("稍后补交")
    assert_no_barrier(page)
    assert_none_has_a_barrier(page, [f"/apply/{draft}/check"])
    user = site.people["applicant"]
    number = run(site.engine, lambda db: submit(db, user=user, draft=draft, token=draft, now=now))
    carry(site.engine, site.people, number, until="decide_food_operation")
    clerk = open_browser("approval")
    clerk.goto(f"/office/cases/{number}")
    expect(clerk.get_by_role("heading", name="容缺的材料")).to_be_visible()
    assert_none_has_a_barrier(page, [f"/cases/{number}", f"/cases/{number}/later"])
    go(page, page.get_by_role("button", name="补交"))
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)


def test_withdrawing(site: Site, open_browser: OpenBrowser) -> None:
    number = file_case(site.engine, site.people)
    page = open_browser("applicant")
    assert_none_has_a_barrier(page, [f"/cases/{number}/withdraw"])
    press(page, "撤回申请")
    expect(page.locator("#error-summary")).to_be_focused()
    assert_no_barrier(page)
