"""The list says what is before an inspector: today, overdue, coming; to nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.days import local_day
from tests.web.conftest import Site
from tests.web.inspect.conftest import Visit, move_to


@pytest.mark.parametrize(("ahead", "heading"), [(0, "today"), (-3, "overdue"), (4, "coming")])
def test_a_visit_stands_under_its_day(site: Site, visit: Visit, ahead: int, heading: str) -> None:
    move_to(site, visit, local_day(datetime.now(UTC)) + timedelta(days=ahead))
    page = site.signed_in("market").get("/inspect").text
    section = page.split(f'class="op-visits op-visits-{heading}"')[1].split("</section>")[0]
    assert visit.page in section and "张店区" in section
    assert 'href="geo:0,0?q=' in section


def test_the_phone_is_told_to_keep_the_visits_of_its_person(site: Site, visit: Visit) -> None:
    assert f"&#34;{visit.page}&#34;" in site.signed_in("market").get("/inspect").text


def test_other_people_see_nothing_of_it(site: Site, visit: Visit) -> None:
    assert visit.page not in site.signed_in("urban").get("/inspect").text
    assert site.signed_in("urban").get(visit.page).status_code == 404
    assert site.signed_in("applicant").get("/inspect").status_code == 403
    assert site.browser().get("/inspect").headers["Location"] == "/login?next=/inspect"


def test_the_worker_may_look_after_all_inspectors_pages_and_asks_nobody_to_sign_in(site: Site) -> None:
    answer = site.browser().get("/inspect/worker.js")
    assert answer.status_code == 200 and answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/inspect"
