"""Each day has its own law: the guide goes by the day of asking, a case by the day it was filed."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, select

from engine.database import transaction
from engine.departments.registry import HandlerTask, find_handler
from engine.deployments import current, load, publish
from engine.files import Files
from engine.guide import result
from engine.tables import cases, licences
from tests.engine.clerks import People, carry, case_of, finish
from tests.filing import INDUSTRY, NOW, ONLY_FOOD, file_case, files

FOOD = "processes/items/food_operation.yaml"
NEW_LAW = date(2027, 1, 1)
AFTER = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)


def with_a_new_law() -> Files:
    """The same files, with a licence that takes and lasts shorter from 2027 on."""
    text = files()[FOOD]
    old = "  - {effective_from: 2023-12-01}"
    now = "  - {effective_from: 2023-12-01, validity_years: 5, statutory_days: 10}"
    for before, after in (
        (old, f"{now}\n  - {{effective_from: {NEW_LAW}}}"),
        ("\nvalidity_years: 5", "\nvalidity_years: 3"),
        ("\nstatutory_days: 10", "\nstatutory_days: 8"),
    ):
        assert text.count(before) == 1
        text = text.replace(before, after)
    return {**files(), FOOD: text}


def test_the_guide_goes_by_the_law_of_the_day_of_asking(desk: Connection) -> None:
    catalogue = current(desk, INDUSTRY).catalogue
    found = {}
    for day in (date(2020, 4, 1), date(2026, 11, 23)):
        (needed,) = result(catalogue, ONLY_FOOD, day).items
        assert needed.item.renewal is not None
        found[day.year] = (needed.item.statutory_days, needed.item.renewal.in_words())
    assert found == {
        2020: (20, "有效期届满30个工作日前"),
        2026: (10, "有效期届满前90个工作日至15个工作日"),
    }


def test_what_was_not_in_force_yet_is_not_in_the_guide(desk: Connection) -> None:
    catalogue = current(desk, INDUSTRY).catalogue
    assert result(catalogue, ONLY_FOOD, date(2016, 1, 1)).items == ()


def test_a_case_keeps_its_days_and_validity_when_the_law_changes(town: Engine, people: People) -> None:
    with transaction(town) as db:
        publish(db, with_a_new_law(), INDUSTRY, NOW)
    number = file_case(town, people, ONLY_FOOD)
    carry(town, people, number, "decide_food_operation")
    with transaction(town) as db:
        finish(db, people, number, "decide_food_operation")
        case = case_of(db, number)
        task = HandlerTask(case.id, "t", "license_food_operation", "food_operation", "approval", "370303")
        assert find_handler("license")(db, task, AFTER) == "licensed"
        given = db.execute(select(licences.c.valid_from, licences.c.valid_until)).one()
        assert tuple(given) == (date(2027, 2, 1), date(2032, 1, 31)), "five years, as when it was filed"
        assert db.execute(select(cases.c.committed_on)).scalar_one() == date(2026, 11, 26)
        deployment = load(db, case.deployment_id)
    assert deployment.catalogue_on(case.filed_on).item("food_operation").statutory_days == 10
    assert deployment.catalogue_on(NEW_LAW).item("food_operation").statutory_days == 8
