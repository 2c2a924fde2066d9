"""An office reads on a case's page what its own items need, the window and the supervisor all of it."""

import pytest
from sqlalchemy import select

from engine.database import transaction
from engine.people import Membership, add_user, find_user
from engine.queries.tasks import claimable, counts
from engine.tables import cases, materials
from tests.filing import DISTRICT, NOW, PASSWORD, do, file_case, open_steps
from tests.web.conftest import Site

FOOD, TOBACCO, PHONE = "主体业态", "烟草制品经营范围", "13805331234"


@pytest.fixture(scope="module")
def accepted(whole_site: Site) -> str:
    """A case of all items that the reviewing offices have before them."""
    number = file_case(whole_site.engine, whole_site.people)
    do(whole_site.engine, whole_site.people, number, "accept", "window", outcome="accept")
    return number


def read(site: Site, login: str, number: str) -> str:
    answer = site.signed_in(login).get(f"/office/cases/{number}")
    assert answer.status_code == 200
    return answer.text


def test_an_office_reads_the_answers_that_its_own_item_needs(site: Site, accepted: str) -> None:
    page = read(site, "tobacco", accepted)
    assert TOBACCO in page
    assert FOOD not in page and PHONE not in page


@pytest.mark.parametrize("login", ["window", "supervisor"])
def test_who_answers_for_the_whole_case_reads_all_of_it(site: Site, accepted: str, login: str) -> None:
    page = read(site, login, accepted)
    assert TOBACCO in page and FOOD in page and PHONE in page


def files_of(site: Site, number: str) -> dict[str, int]:
    """What was handed in for the case: material → id."""
    with transaction(site.engine) as db:
        found = select(materials.c.material, materials.c.id).join(cases).where(cases.c.number == number)
        return {row.material: row.id for row in db.execute(found)}


def test_an_office_opens_the_files_that_its_own_item_needs_and_no_others(site: Site, accepted: str) -> None:
    files, browser = files_of(site, accepted), site.signed_in("urban")
    page = browser.get(f"/office/cases/{accepted}").text
    linked = {name for name, id in files.items() if f"/materials/{id}" in page}
    assert linked == {"sign_image"} < set(files)
    assert {
        name for name, id in files.items() if browser.get(f"/materials/{id}").status_code != 404
    } == linked


def test_nobody_handles_their_own_application(site: Site) -> None:
    with transaction(site.engine) as db:
        roles = [Membership("applicant"), Membership("window", "approval", DISTRICT)]
        hat = add_user(db, login="both_hats", name="两职", password=PASSWORD, roles=roles, now=NOW)
        person = find_user(db, hat)
        assert person is not None
        before = counts(db, hat)["claimable"]
    number = file_case(site.engine, {"applicant": person})
    task = open_steps(site.engine, number)["accept"]
    with transaction(site.engine) as db:
        assert counts(db, hat)["claimable"] == before
        assert task not in {row.id for row in claimable(db, hat).rows}
    assert site.signed_in("both_hats").get(f"/tasks/{task}").status_code == 404
    assert site.signed_in("window").get(f"/tasks/{task}").status_code == 200
