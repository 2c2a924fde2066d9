"""Everybody who works inside reads the manuals; nobody else does."""

from datetime import timedelta

import pytest

from engine.database import transaction
from engine.deployments import current, publish
from engine.people import Membership, add_user
from tests import filing
from tests.web.conftest import Site
from web.staff.manuals import INSIDE

MANUAL = f"/office/manuals/{filing.INDUSTRY}"


@pytest.mark.parametrize("role", INSIDE)
def test_everybody_inside_finds_the_manuals_in_the_navigation(site: Site, role: str) -> None:
    department = "" if role in ("supervisor", "designer", "administrator") else "market"
    roles = (Membership(role, department, filing.DISTRICT),)
    with transaction(site.engine) as db:
        add_user(db, login=f"reads_{role}", name=role, password=filing.PASSWORD, roles=roles, now=filing.NOW)
    browser = site.signed_in(f"reads_{role}")
    page = browser.get("/office/manuals").text
    assert f'href="{MANUAL}"' in page and 'href="/office/manuals" aria-current="page"' in page
    assert browser.get(MANUAL).status_code == 200


def test_applicants_and_strangers_do_not(site: Site) -> None:
    applicant = site.signed_in("applicant")
    assert "/office/manuals" not in applicant.get("/").text
    for address in ("/office/manuals", MANUAL, f"{MANUAL}/manual.pdf"):
        assert applicant.get(address).status_code == 403
        assert site.browser().get(address).location.startswith("/login")


def test_the_manual_shows_every_step_with_its_checks_and_what_follows(site: Site) -> None:
    with transaction(site.engine) as db:
        deployment = current(db, filing.INDUSTRY)
    page = site.signed_in("market").get(MANUAL).text
    assert all(step.title in page for step in deployment.model.steps.values())
    for item in deployment.catalogue.items.values():
        assert all(point.text in page and point.basis in page for point in item.checklist)
    assert deployment.sha256 in page


def test_the_manual_can_be_kept_as_a_paper(site: Site) -> None:
    answer = site.signed_in("market").get(f"{MANUAL}/manual.pdf")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")


def test_a_case_of_an_earlier_version_has_its_manual(site: Site) -> None:
    with transaction(site.engine) as db:
        before = current(db, filing.INDUSTRY)
        path = f"processes/{filing.INDUSTRY}/industry.yaml"
        newer = {**before.files, path: before.files[path].replace("一次问清", "一次讲明")}
        publish(db, newer, filing.INDUSTRY, filing.NOW + timedelta(days=2))
    try:
        browser = site.signed_in("market")
        old = f"{MANUAL}/versions/{before.version}"
        assert f'href="{old}"' in browser.get(MANUAL).text
        page = browser.get(old).text
        assert "历史版本" in page and before.sha256 in page
        assert browser.get(f"{old}/manual.pdf").data.startswith(b"%PDF")
        assert browser.get(f"{MANUAL}/versions/99").status_code == 404
    finally:
        with transaction(site.engine) as db:
            publish(db, before.files, filing.INDUSTRY, filing.NOW)


def test_a_manual_that_there_is_not_is_not_found(site: Site) -> None:
    assert site.signed_in("market").get("/office/manuals/nothing").status_code == 404
