"""A date is offered to all who have to come, everybody answers it once, and when nobody objects it holds."""

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, select

from engine.commands.withdraw import withdraw
from engine.database import transaction
from engine.errors import Invalid, NotFound, Refusal
from engine.inspections.inspection import Slot
from engine.tables import letters
from tests.engine.clerks import case_of
from tests.engine.inspections.convened import (
    AGREED,
    OTHER,
    People,
    answer,
    answer_all,
    arrange,
    asked,
    at,
    kinds,
    let_time_pass,
    open_tasks,
    take,
    visit_of,
)
from tests.filing import ANSWERS, NOW, open_steps, waiting


@pytest.fixture(scope="module")
def reviewed(engine: Engine, people: People) -> str:
    """A case whose reviews are done: its visit is to be arranged."""
    return at(engine, people, "arrange")


def test_a_date_is_offered_to_the_applicant_and_once_to_every_office_that_looks(
    desk: Connection, people: People, reviewed: str
) -> None:
    assert arrange(desk, people, reviewed).status == "visiting"
    visit = visit_of(desk, reviewed)
    offices = {each.department: each.items for each in visit.offices}
    assert offices["market"] == ("food_operation",) and offices["fire"] == ("fire_check",)
    assert [each.department for each in open_tasks(desk, reviewed, "name")] == sorted(offices)
    assert len(open_tasks(desk, reviewed, "confirm")) == 1
    assert (visit.state, visit.slot) == ("proposed", Slot(date(2026, 11, 26), "am"))
    assert kinds(desk, "messages", reviewed)[-1] == "visit_arranged"


def test_the_plan_begins_with_the_address_of_the_premises(desk: Connection, reviewed: str) -> None:
    (task,) = open_tasks(desk, reviewed, "arrange")
    assert asked(desk, task).inputs == {"place": ANSWERS["op_address"]}


@pytest.mark.parametrize(
    ("plan", "at_field", "says"),
    [
        ({"day_1": "2026-11-28"}, "day_1", "不是工作日"),
        ({"day_1": "2026-11-24"}, "day_1", ""),
        ({"day_2": "2026-11-26", "half_2": "am"}, "day_2", "写了两次"),
    ],
)
def test_a_day_that_cannot_be_is_named_at_its_field(
    desk: Connection, people: People, reviewed: str, plan: dict[str, str], at_field: str, says: str
) -> None:
    with pytest.raises(Invalid) as refused:
        arrange(desk, people, reviewed, **plan)
    assert list(refused.value.errors) == [at_field]
    assert says in refused.value.errors[at_field]


def test_when_all_agree_the_date_holds_and_everybody_is_told_in_writing(
    desk: Connection, people: People, reviewed: str
) -> None:
    arrange(desk, people, reviewed)
    take(desk, people, reviewed, {**AGREED, "slot": "2"})
    assert visit_of(desk, reviewed).state == "proposed"
    answer_all(desk, people, reviewed)
    visit = visit_of(desk, reviewed)
    assert (visit.state, visit.slot) == ("settled", Slot(date(2026, 11, 27), "pm"))
    assert {each.name for each in visit.team} >= {"market·甲", "fire·甲"}
    assert visit.party["phone"] == "13805335678"
    assert set(waiting(desk, reviewed)) == {"inspect"}
    notice = (
        desk.execute(
            select(letters.c.content).where(letters.c.kind == "visit_notice").order_by(letters.c.id.desc())
        )
        .scalars()
        .first()
    )
    assert "2026年11月27日下午" in str(notice) and "张店区市场监督管理局" in str(notice)
    assert kinds(desk, "messages", reviewed)[-1] == "visit_settled"


def test_a_slot_that_was_not_offered_is_refused(desk: Connection, people: People, reviewed: str) -> None:
    arrange(desk, people, reviewed)
    with pytest.raises(Invalid) as refused:
        take(desk, people, reviewed, {**AGREED, "slot": "3"})
    assert "没有这个时间" in refused.value.errors["slot"]


def test_the_applicant_may_ask_for_another_day_and_the_plan_begins_with_it(
    desk: Connection, people: People, reviewed: str
) -> None:
    arrange(desk, people, reviewed)
    take(desk, people, reviewed, OTHER)
    answer_all(desk, people, reviewed)
    (task,) = open_tasks(desk, reviewed, "arrange")
    assert asked(desk, task).inputs["day_1"] == "2026-11-30"
    arrange(desk, people, reviewed, day_1="2026-11-30")
    visit = visit_of(desk, reviewed)
    assert visit.party == {} and {each.answer for each in visit.offices} == {""}
    assert len(open_tasks(desk, reviewed, "name")) == len(visit.offices)


def test_an_office_that_cannot_come_brings_another_date_and_its_words_are_kept(
    desk: Connection, people: People, reviewed: str
) -> None:
    arrange(desk, people, reviewed)
    take(desk, people, reviewed, AGREED)
    answer(desk, people, reviewed, "fire", answer="cannot", words="那两天有大型活动保卫。")
    answer_all(desk, people, reviewed)
    assert set(waiting(desk, reviewed)) == {"arrange"}
    words = {each.department: each.words for each in visit_of(desk, reviewed).offices}
    assert words["fire"] == "那两天有大型活动保卫。"


def test_an_office_that_comes_names_somebody_of_its_own(
    desk: Connection, people: People, reviewed: str
) -> None:
    arrange(desk, people, reviewed)
    for sent in ([], [str(people["market"].id)]):
        with pytest.raises(Invalid) as refused:
            answer(desk, people, reviewed, "fire", inspectors=sent)
        assert "inspectors" in refused.value.errors


def test_a_page_from_before_the_date_was_arranged_anew_answers_nothing(
    engine: Engine, people: People
) -> None:
    number = at(engine, people, "arrange")
    with transaction(engine) as db:
        arrange(db, people, number)
        older = visit_of(db, number).offered
        answer(db, people, number, "fire", answer="cannot", words="那两天有大型活动保卫。")
    let_time_pass(engine, number, 2)
    with transaction(engine) as db:
        arrange(db, people, number, day_1="2026-11-30", day_2="2026-12-01")
        for raw, place in (({**AGREED, "slot": "1"}, "slot"), (OTHER, "answer")):
            with pytest.raises(Invalid) as refused:
                take(db, people, number, raw, offered=older)
            assert refused.value.errors == {place: "时间已经重新安排，请从现在的时间里选。"}
        assert visit_of(db, number).party == {} and "confirm_visit" in waiting(db, number)
        take(db, people, number, {**AGREED, "slot": "2"})
        assert visit_of(db, number).party["day"] == "2026-12-01"


def test_nobody_answers_for_the_applicant(desk: Connection, people: People, reviewed: str) -> None:
    with pytest.raises(Refusal):
        take(desk, people, reviewed, AGREED)
    arrange(desk, people, reviewed)
    for other in ("other_applicant", "approval", "inspector"):
        with pytest.raises(NotFound):
            take(desk, people, reviewed, AGREED, other)


def test_a_visit_with_nothing_left_to_look_at_takes_place_no_more(
    desk: Connection, people: People, reviewed: str
) -> None:
    arrange(desk, people, reviewed)
    items = {"fire_check", "food_operation", "drainage", "tobacco_retail"}
    looked_at = {item for each in visit_of(desk, reviewed).offices for item in each.items}
    withdraw(desk, user=people["applicant"], number=reviewed, items=items & looked_at, reasons="", now=NOW)
    assert visit_of(desk, reviewed).state == "cancelled"
    assert not {"confirm_visit", "name_inspectors", "inspect"} & set(waiting(desk, reviewed))


def test_an_office_whose_item_is_withdrawn_is_not_asked_any_more(
    desk: Connection, people: People, reviewed: str
) -> None:
    arrange(desk, people, reviewed)
    withdraw(desk, user=people["applicant"], number=reviewed, items={"fire_check"}, reasons="", now=NOW)
    assert "fire" not in {each.department for each in open_tasks(desk, reviewed, "name")}
    assert case_of(desk, reviewed).status == "visiting"


def test_who_is_silent_agrees_to_the_first_date_and_is_named(engine: Engine, people: People) -> None:
    number = at(engine, people, "arrange")
    with transaction(engine) as db:
        arrange(db, people, number)
        answer(db, people, number, "market")
    let_time_pass(engine, number, 2)
    with transaction(engine) as db:
        visit = visit_of(db, number)
    assert (visit.state, visit.slot) == ("settled", Slot(date(2026, 11, 26), "am"))
    said = {each.department: each.answer for each in visit.offices}
    assert said["market"] == "agreed" and said["fire"] == "silence"
    assert visit.party == {"answer": "silence"}
    assert set(open_steps(engine, number)) == {"inspect"}


def test_a_silent_office_agrees_to_the_date_that_the_applicant_took(engine: Engine, people: People) -> None:
    number = at(engine, people, "arrange")
    with transaction(engine) as db:
        arrange(db, people, number)
        take(db, people, number, {**AGREED, "slot": "2"})
    let_time_pass(engine, number, 2)
    with transaction(engine) as db:
        visit = visit_of(db, number)
    assert (visit.state, visit.slot) == ("settled", Slot(date(2026, 11, 27), "pm"))
    assert {each.answer for each in visit.offices} == {"silence"}


def test_silence_of_the_others_does_not_overrule_who_objects(engine: Engine, people: People) -> None:
    number = at(engine, people, "arrange")
    with transaction(engine) as db:
        arrange(db, people, number)
        take(db, people, number, OTHER)
    let_time_pass(engine, number, 2)
    with transaction(engine) as db:
        assert visit_of(db, number).state == "proposed"
    assert set(open_steps(engine, number)) == {"arrange"}
