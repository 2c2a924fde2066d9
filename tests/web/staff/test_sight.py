"""An office reads on a case's page what its own items need, the window and the supervisor all of it."""

import pytest

from tests.filing import do, file_case
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
