"""Supervisors read which offices let the date of a visit pass in silence, page by page, of their regions."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from engine.database import transaction
from engine.people import Membership, add_user
from engine.tables import cases, inspection_offices, inspections
from tests.filing import DISTRICT, NOW, OTHER_DISTRICT, PASSWORD, file_case
from tests.web.conftest import Site

LIST = "/supervision"
SILENT = 32  # two pages
MARKET = "张店区市场监督管理局"


@pytest.fixture(scope="module")
def case(whole_site: Site) -> str:
    """A case to whose many visits the market office never said anything."""
    number = file_case(whole_site.engine, whole_site.people)
    with transaction(whole_site.engine) as db:
        case_id = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
        for round in range(SILENT):
            visit = {"round": round + 1, "kind": "site", "state": "settled", "region": DISTRICT}
            visit |= {"place": "柳泉路100号", "slots": [], "day": date(2026, 12, 1), "half": "am"}
            row = insert(inspections).values(case_id=case_id, arranged_at=NOW, **visit)
            found = db.execute(row.returning(inspections.c.id)).scalar_one()
            office = {"inspection_id": found, "region": DISTRICT, "items": []}
            silent = {"department": "market", "answer": "silence"}
            silent["answered_at"] = NOW + timedelta(minutes=round // 2)  # two at each moment
            db.execute(insert(inspection_offices).values(**office, **silent))
            db.execute(insert(inspection_offices).values(**office, department="fire", answer="agreed"))
    return number


def test_only_supervisors_reach_the_list(site: Site, case: str) -> None:
    for other in ("window", "approval", "inspector", "applicant"):
        browser = site.signed_in(other)
        assert browser.get(LIST).status_code == 403
        assert LIST not in browser.get("/help").text
    assert site.browser().get(LIST).status_code == 303


def silent(page: str) -> str:
    """The first list of the page."""
    return page.split('id="unclaimed-heading"')[0]


def test_every_silent_office_stands_on_one_of_the_pages(site: Site, case: str) -> None:
    browser = site.signed_in("supervisor")
    page = browser.get(LIST)
    assert f'href="{LIST}"' in browser.get("/help").text
    assert (
        silent(page.text).count(MARKET) == 30 and case in page.text and "12月1日（星期二）上午" in page.text
    )
    assert "张店区消防救援大队" not in silent(page.text)
    after = page.text.split("/supervision?after=")[1].split('"')[0]
    rest = browser.get(f"{LIST}?after={after}")
    assert silent(rest.text).count(MARKET) == SILENT - 30 and "下一页" not in silent(rest.text)


def test_a_supervisor_of_another_district_sees_none_of_it(site: Site, case: str) -> None:
    with transaction(site.engine) as db:
        roles = [Membership("supervisor", "", OTHER_DISTRICT)]
        add_user(db, login="far_supervisor", name="邻区督查", password=PASSWORD, roles=roles, now=NOW)
    page = site.signed_in("far_supervisor").get(LIST)
    assert page.status_code == 200 and case not in page.text and MARKET not in page.text


@pytest.mark.parametrize(
    "after", ["x", "~~~", "2026-01-01~9~9", "2026-01-01~99999999999999999999~a~b", "%00"]
)
def test_a_key_that_is_none_is_the_first_page(site: Site, case: str, after: str) -> None:
    assert case in site.signed_in("supervisor").get(f"{LIST}?after={after}").text
