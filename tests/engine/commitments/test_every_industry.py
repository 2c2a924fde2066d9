"""Whatever may be promised in an industry can be: decided at once, licensed once, checked once."""

import pytest
from sqlalchemy import Engine, func, select

from engine.commands.submit import submit
from engine.commitments.offer import offered
from engine.database import run, transaction
from engine.drafts import read_draft
from engine.files import industries_in
from engine.scenarios import read_scenarios
from engine.tables import case_items, cases, licences
from tests.carrying import carry_scenario, fill_scenario
from tests.engine.clerks import People, case_of
from tests.engine.commitments.promising import sign
from tests.filing import NOW, files

INDUSTRIES = industries_in(files())


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_all_that_is_offered_is_promised_and_granted(city: Engine, people: People, industry: str) -> None:
    user = people["applicant"]
    scenario = next(each for each in read_scenarios(files(), industry) if each.id == "all_granted")
    draft = fill_scenario(city, user, industry, scenario)
    with transaction(city) as db:
        offers = [offer.item.id for offer in offered(read_draft(db, user, draft, NOW))]
        for item in offers:
            sign(db, user, draft, item)
    number = run(city, lambda db: submit(db, user=user, draft=draft, token=draft, now=NOW))
    carry_scenario(city, number, scenario)
    with transaction(city) as db:
        case = case_of(db, number)
        assert case.status == "granted"
        promised = {item.item for item in case.items.values() if item.way == "commitment"}
        assert promised == set(offers)
        assert all(case.items[item].opinion is None for item in promised)
        checked = select(case_items.c.item).join(cases).where(cases.c.parent_id == case.id)
        assert sorted(db.execute(checked).scalars()) == sorted(offers)
        given = select(func.count(), func.count(licences.c.item.distinct()))
        total, different = db.execute(given.where(licences.c.case_id == case.id)).one()
        assert total == different >= len(offers)
