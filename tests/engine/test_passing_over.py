"""What is withdrawn is asked of nobody any more, and never keeps the rest from coming to its end."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from engine.commands.withdraw import NothingToWithdraw, open_items, withdraw
from engine.database import transaction
from engine.errors import Invalid
from engine.files import industries_in
from engine.incidents import STUCK
from engine.inspections.inspection import inspection_of
from engine.scenarios import Scenario, read_scenarios
from engine.tables import case_items, incidents, tasks
from tests.carrying import carry_scenario, file_scenario
from tests.engine.clerks import People, case_of
from tests.filing import NOW, files
from web.demo.visits import take_step

INDUSTRIES = industries_in(files())
NAMING = (tasks.c.act == "name", tasks.c.state == "open")


def granted(industry: str) -> Scenario:
    return next(each for each in read_scenarios(files(), industry) if each.id == "all_granted")


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_withdrawn_whenever_the_rest_comes_to_its_end(
    city: Engine, people: People, data: st.DataObject
) -> None:
    scenario = granted(industry := data.draw(st.sampled_from(INDUSTRIES)))
    applicant = people["applicant"]
    number = file_scenario(city, applicant, industry, scenario)
    now = carry_scenario(city, number, scenario, steps=data.draw(st.integers(0, 25)))
    with transaction(city) as db:
        waiting = sorted(open_items(case_of(db, number)))
    chosen = data.draw(st.lists(st.sampled_from(waiting), unique=True, min_size=1)) if waiting else []
    try:
        with transaction(city) as db:
            withdraw(db, user=applicant, number=number, items=chosen, reasons="不办了", now=now)
    except (NothingToWithdraw, Invalid):  # all was decided, or an item that stays needs one that would go
        chosen = []
    carry_scenario(city, number, scenario)
    with transaction(city) as db:
        case = case_of(db, number)
        outcomes = {item.item: item.outcome for item in case.items.values()}
        open_tasks = db.execute(
            select(tasks.c.step).where(tasks.c.case_id == case.id, tasks.c.state == "open")
        )
        stuck = select(incidents.c.id).where(incidents.c.case_id == case.id, incidents.c.kind == STUCK)
        assert db.execute(stuck).first() is None
        assert open_tasks.first() is None
    assert case.ended_at is not None
    assert {item for item, outcome in outcomes.items() if outcome == "withdrawn"} == set(chosen)
    assert None not in outcomes.values()


def test_a_date_holds_when_only_what_is_withdrawn_was_still_waited_for(city: Engine, people: People) -> None:
    scenario, silent = granted("bookstore"), {"food_operation", "public_hygiene"}
    number = file_scenario(city, people["applicant"], "bookstore", scenario)
    now = carry_scenario(city, number, scenario, steps=8)  # the applicant took it; offices are asked
    with transaction(city) as db:
        case = case_of(db, number)
        asked = db.execute(select(tasks).where(tasks.c.case_id == case.id, *NAMING)).all()
        assert {task.item for task in asked} > silent
        for task in asked:
            if task.item not in silent:
                take_step(db, task, {}, now)
        withdraw(db, user=people["applicant"], number=number, items=silent, reasons="", now=now)
        visit = inspection_of(db, case.id)
    assert visit is not None and visit.state == "settled"


def test_a_task_about_what_is_withdrawn_is_taken_from_its_office(city: Engine, people: People) -> None:
    scenario = granted("restaurant")
    number = file_scenario(city, people["applicant"], "restaurant", scenario)
    carry_scenario(city, number, scenario, steps=1)  # accepted: every reviewer has a task
    with transaction(city) as db:
        case = case_of(db, number)
        about = min(case.items)
        withdraw(db, user=people["applicant"], number=number, items=[about], reasons="", now=NOW)
        left = select(tasks.c.item).where(tasks.c.case_id == case.id, tasks.c.state == "open")
        assert set(db.execute(left).scalars()) == set(case.items) - {about}
        row = select(case_items.c.outcome).where(case_items.c.case_id == case.id, case_items.c.item == about)
        assert db.execute(row).scalar() == "withdrawn"
