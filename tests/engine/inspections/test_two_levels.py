"""A department that looks on two levels comes as two offices, and each is told of with its own people."""

from sqlalchemy import Engine, select

from engine.database import transaction
from engine.deployments import publish
from engine.people import Hashed, Membership, add_user
from engine.scenarios import read_scenarios
from engine.tables import letters
from tests.carrying import add_officials, carry_scenario, file_scenario
from tests.engine.inspections.convened import People
from tests.filing import DISTRICT, NOW, files, open_steps

CITY = "370300"
PHARMACY = "pharmacy"  # its drugs are looked at by the district's market office, devices by the city's


def test_the_notice_names_under_each_office_the_people_of_its_own_level(town: Engine, people: People) -> None:
    with transaction(town) as db:
        deployment, _ = publish(db, files(), PHARMACY, NOW)
        add_officials(db, deployment)
        for region, name in ((DISTRICT, "区里的人"), (CITY, "市里的人")):
            works = [Membership("clerk", "market", region)]
            add_user(db, login=region, name=name, password=Hashed(""), roles=works, now=NOW)
    scenario = next(each for each in read_scenarios(files(), PHARMACY) if each.id == "all_granted")
    number = file_scenario(town, people["applicant"], PHARMACY, scenario)
    while "inspect" not in open_steps(town, number):
        carry_scenario(town, number, scenario, steps=1)
    with transaction(town) as db:
        notice = db.execute(select(letters.c.content).where(letters.c.kind == "visit_notice")).scalar_one()
    rows = [row for each in notice["body"] for row in each["rows"]]
    assert {row[1]: row[3] for row in rows} == {
        "淄博市市场监督管理局": "市里的人",
        "张店区市场监督管理局": "区里的人",
    }
