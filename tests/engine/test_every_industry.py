"""Every industry that ships can be applied for and comes to its certificate, by the real commands."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection, Engine, select

from certificates.rendering import render_issue
from engine.blobs import read_blob
from engine.commands.fire_timers import fire_timers
from engine.database import transaction
from engine.deployments import Deployment, current
from engine.files import industries_in
from engine.queries.cases import applicants_case
from engine.queries.parts import WAIT
from engine.queries.timeline import WAIT_OVER
from engine.scenarios import Scenario, read_scenarios
from engine.tables import case_items, certificate_issues, certificates, inspection_offices, licences
from tests.carrying import carry_scenario, file_scenario
from tests.certificates.examples import RING
from tests.engine.clerks import People, case_of
from tests.filing import NOW, files
from tests.sealing import trial_seal

INDUSTRIES = industries_in(files())
GRANTED = "all_granted"


def scenario_of(industry: str, name: str) -> Scenario:
    return next(each for each in read_scenarios(files(), industry) if each.id == name)


def filed_and_done(city: Engine, people: People, industry: str, scenario: Scenario) -> str:
    number = file_scenario(city, people["applicant"], industry, scenario)
    carry_scenario(city, number, scenario)
    return number


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_a_case_that_is_granted_ends_with_one_certificate_of_all_its_licences(
    city: Engine, people: People, industry: str, tmp_path: Path
) -> None:
    number = filed_and_done(city, people, industry, scenario_of(industry, GRANTED))
    with transaction(city) as db:
        case = case_of(db, number)
        assert (case.status, case.ended_at is not None) == ("granted", True)
        catalogue = current(db, industry).catalogue
        licensed = {item for item in case.items if catalogue.item(item).licence}
        assert given(db, case.id) == licensed
        issued = select(certificate_issues.c.issue, certificate_issues.c.id).join(certificates)
        ((issue, id),) = db.execute(issued.where(certificates.c.case_id == case.id))
        assert issue == 1
        digest = render_issue(
            db, id, blobs=tmp_path, ring=RING, seal=trial_seal(), base_url="https://permit.example", now=NOW
        )
        paper = text_of(read_blob(tmp_path, digest))
        numbers = db.execute(select(licences.c.number).where(licences.c.case_id == case.id)).scalars().all()
        assert [number for number in numbers if number not in paper] == []


def text_of(pdf: bytes) -> str:
    return "".join("".join(each.extract_text().split()) for each in PdfReader(BytesIO(pdf)).pages)


def given(db: Connection, case_id: int) -> set[str]:
    return set(db.execute(select(licences.c.item).where(licences.c.case_id == case_id)).scalars())


def test_items_of_the_city_are_decided_there_and_the_others_in_the_district(
    city: Engine, people: People
) -> None:
    """One case of several deciders at both levels: accepted once, issued once."""
    found, visited = False, set[str]()
    for industry in INDUSTRIES:
        with transaction(city) as db:
            catalogue = current(db, industry).catalogue
        scenario = scenario_of(industry, GRANTED)
        levels = {catalogue.item(item).level for item in scenario.expect.outcomes}
        if levels != {"city", "district"}:
            continue
        found = True
        number = filed_and_done(city, people, industry, scenario)
        with transaction(city) as db:
            case = case_of(db, number)
            rows = db.execute(
                select(licences.c.item, licences.c.decider, licences.c.number, case_items.c.region)
                .join(
                    case_items,
                    (case_items.c.case_id == licences.c.case_id) & (case_items.c.item == licences.c.item),
                )
                .where(licences.c.case_id == case.id)
            ).all()
            region = catalogue.region(case.region)
            visited |= set(db.execute(select(inspection_offices.c.region)).scalars())
        for row in rows:
            place = (
                catalogue.region(region.parent or "") if catalogue.item(row.item).level == "city" else region
            )
            assert row.region == place.code
            assert row.decider.startswith(place.name), row
    assert found and "370300" in visited, "inspectors of the city come to visits in districts"


def test_a_case_that_waits_for_a_date_says_so_to_its_applicant(city: Engine, people: People) -> None:
    """After an announcement nobody has a task until the days of the law are over."""
    with transaction(city) as db:
        industry = next(each for each in INDUSTRIES if _announces(current(db, each)))
        announced = next(iter(current(db, industry).waits))
    number = file_scenario(city, people["applicant"], industry, scenario_of(industry, GRANTED))
    carry_scenario(city, number, scenario_of(industry, GRANTED), until=announced)
    with transaction(city) as db:
        page = applicants_case(db, people["applicant"], number)
        (waits,) = page.waiting
        assert (waits.act, waits.office, page.status) == (WAIT, "", "announcing")
        assert waits.due_at is not None and 9 < (waits.due_at - NOW).days < 20
        assert [line.type for line in page.timeline].count(WAIT_OVER) == 0
        assert fire_timers(db, page.id, waits.due_at) == 1
        page = applicants_case(db, people["applicant"], number)
        assert (page.waiting[0].act, page.status) == ("call", "hearing")
        assert [line.title for line in page.timeline if line.type == WAIT_OVER] == [waits.title]


def _announces(deployment: Deployment) -> bool:
    return any(step.act == "announce" for step in deployment.model.steps.values())
