"""A clerk's form moves a case on, or changes nothing at all."""

import pytest
from sqlalchemy import Connection, Engine, select

from engine.cases import Case
from engine.commands.claim import claim
from engine.commands.complete import complete
from engine.errors import Conflict, Invalid
from engine.events import breaks
from engine.tables import case_items, events, tasks
from tests.engine.clerks import DISAGREE, REFUSE, WHO, People, carry, case_of, filled, finish, read
from tests.filing import NOW, ONLY_FOOD, file_case, waiting

REVIEWS = {
    "review_food_operation",
    "review_fire_check",
    "review_tobacco_retail",
    "review_drainage",
    "review_signboard",
}


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """A case that waits at the window; tests work on it in a transaction rolled back."""
    return file_case(engine, people)


@pytest.fixture(scope="module")
def to_decide(engine: Engine, people: People) -> str:
    """A case whose market department disagrees and whose visits failed the fire check; decisions wait."""
    number = file_case(engine, people)
    failed = {"points": {"fire_exits": {"result": "fail", "words": "后门被货架堵住。"}}}
    said = {"review_food_operation": DISAGREE, "inspect": failed, "reinspect": failed}
    carry(engine, people, number, "decide_signboard", **said)
    return number


def everything_of(db: Connection, number: str) -> tuple[Case, list[object], list[object], int]:
    case = case_of(db, number)
    items = db.execute(select(case_items).where(case_items.c.case_id == case.id)).all()
    todo = db.execute(select(tasks).where(tasks.c.case_id == case.id).order_by(tasks.c.id)).all()
    log = db.execute(select(events).where(events.c.case_id == case.id)).all()
    return case, list(items), list(todo), len(log)


def test_an_accepted_case_goes_to_every_reviewer_at_once(
    desk: Connection, people: People, filed: str
) -> None:
    done = finish(desk, people, filed, "accept")
    assert (done.case_number, done.outcome, done.status) == (filed, "accept", "reviewing")
    assert set(waiting(desk, filed)) == REVIEWS


def test_a_case_of_one_item_goes_to_its_reviewer_only(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, "review_food_operation")
    with engine.connect() as db:
        assert set(waiting(db, number)) == {"review_food_operation"}


def test_a_task_may_be_finished_without_being_claimed_first(
    desk: Connection, people: People, filed: str
) -> None:
    task = waiting(desk, filed)["accept"]
    assert complete(desk, user=people["window2"], task=task, raw={"outcome": "accept"}, now=NOW).outcome


def test_an_invalid_form_names_the_field_and_changes_nothing(
    desk: Connection, people: People, filed: str
) -> None:
    before = everything_of(desk, filed)
    task = waiting(desk, filed)["accept"]
    with pytest.raises(Invalid) as refused:
        complete(desk, user=people["window"], task=task, raw={"outcome": "refuse"}, now=NOW)
    asked = {"ground": "请选择不予受理的原因", "reasons": "请写明不予受理的理由"}
    assert refused.value.errors == asked
    assert everything_of(desk, filed) == before


@pytest.mark.parametrize("raw", [{}, {"outcome": "maybe"}, {"outcome": ["accept", "maybe"]}])
def test_an_outcome_that_is_no_option_is_refused(
    desk: Connection, people: People, filed: str, raw: dict[str, str | list[str]]
) -> None:
    with pytest.raises(Invalid) as refused:
        complete(desk, user=people["window"], task=waiting(desk, filed)["accept"], raw=raw, now=NOW)
    assert "outcome" in refused.value.errors


def test_the_second_of_two_clerks_reads_who_did_what_and_when(
    desk: Connection, people: People, filed: str
) -> None:
    task, raw = waiting(desk, filed)["accept"], {"outcome": "accept"}
    complete(desk, user=people["window"], task=task, raw=raw, now=NOW)
    after = everything_of(desk, filed)
    with pytest.raises(Conflict) as refused:
        complete(desk, user=people["window2"], task=task, raw=raw, now=NOW)
    assert (refused.value.who, refused.value.what, refused.value.at) == ("window·甲", "accept", NOW)
    assert everything_of(desk, filed) == after


def test_what_a_colleague_has_in_hand_cannot_be_finished_by_me(
    desk: Connection, people: People, filed: str
) -> None:
    task = waiting(desk, filed)["accept"]
    claim(desk, user=people["window"], task=task, now=NOW)
    with pytest.raises(Conflict):
        complete(desk, user=people["window2"], task=task, raw={"outcome": "accept"}, now=NOW)


def test_a_finished_task_keeps_its_form_its_person_and_its_time(
    desk: Connection, people: People, filed: str
) -> None:
    task = waiting(desk, filed)["accept"]
    finish(desk, people, filed, "accept")
    row = desk.execute(select(tasks).where(tasks.c.id == task)).one()
    assert (row.state, row.outcome, row.done_by, row.done_at) == ("done", "accept", people["window"].id, NOW)
    assert row.form["outcome"] == "accept"


def test_a_case_that_the_window_refuses_has_ended(desk: Connection, people: People, filed: str) -> None:
    done = finish(desk, people, filed, "accept", outcome="refuse", reasons="店面不在本区，请向桓台县申请。")
    case = case_of(desk, filed)
    assert (done.status, case.status, case.ended_at) == ("not_accepted", "not_accepted", NOW)
    assert case.open_tasks == {}
    form = desk.execute(select(tasks.c.form).where(tasks.c.case_id == case.id)).scalar_one()
    assert form["reasons"] == "店面不在本区，请向桓台县申请。"


def test_granting_against_the_reviewer_needs_reasons(
    desk: Connection, people: People, to_decide: str
) -> None:
    before = everything_of(desk, to_decide)
    task, raw = (
        waiting(desk, to_decide)["decide_food_operation"],
        filled(desk, to_decide, "decide_food_operation"),
    )
    with pytest.raises(Invalid) as refused:
        complete(desk, user=people["approval"], task=task, raw=raw, now=NOW)
    assert "请写明理由" in refused.value.errors["reasons"]
    assert everything_of(desk, to_decide) == before
    done = finish(desk, people, to_decide, "decide_food_operation", reasons="已当场整改，复核合格。")
    assert done.outcome == "granted"


def test_what_failed_at_the_re_inspection_cannot_be_granted(
    desk: Connection, people: People, to_decide: str
) -> None:
    with pytest.raises(Invalid) as refused:
        finish(desk, people, to_decide, "decide_fire_check", reasons="已当场整改。")
    assert "不能准予" in refused.value.errors["outcome"]


def test_granting_what_everybody_supports_needs_no_reasons(
    desk: Connection, people: People, to_decide: str
) -> None:
    assert finish(desk, people, to_decide, "decide_tobacco_retail").outcome == "granted"


def test_refusing_always_needs_reasons(desk: Connection, people: People, to_decide: str) -> None:
    with pytest.raises(Invalid) as refused:
        finish(desk, people, to_decide, "decide_tobacco_retail", outcome="refused")
    assert refused.value.errors == {"reasons": "请写明不予许可的理由"}


def test_a_decision_is_signed_with_its_person_and_time(
    desk: Connection, people: People, to_decide: str
) -> None:
    finish(desk, people, to_decide, "decide_food_operation", **REFUSE)
    case = case_of(desk, to_decide)
    match = (case_items.c.case_id == case.id, case_items.c.item == "food_operation")
    row = desk.execute(select(case_items).where(*match)).one()
    assert (row.outcome, row.reasons) == ("refused", REFUSE["reasons"])
    assert (row.decided_by, row.decided_at) == (people["approval"].id, NOW)


def test_there_is_no_visit_when_the_reviewers_oppose_every_item_that_needs_one(
    engine: Engine, people: People
) -> None:
    number = file_case(engine, people, {**ONLY_FOOD, "signboard": True})
    carry(engine, people, number, "decide_food_operation", review_food_operation=DISAGREE)
    with engine.connect() as db:
        assert set(waiting(db, number)) == {"decide_food_operation", "decide_signboard"}


def test_the_visit_does_not_look_at_an_item_that_its_reviewer_opposed(engine: Engine, people: People) -> None:
    number = file_case(engine, people)
    carry(engine, people, number, "inspect", review_food_operation=DISAGREE)
    with engine.connect() as db:
        names = filled(db, number, "inspect")
    assert not any("food_" in name for name in names)
    assert any("fire_exits" in name for name in names)
    carry(engine, people, number, "decide_signboard")
    found = {item.item: item.finding for item in read(engine, number).items.values()}
    assert found["food_operation"] is None
    assert found["fire_check"] == "pass"


def test_every_step_of_a_case_is_one_line_of_a_log_that_holds(
    engine: Engine, people: People, to_decide: str
) -> None:
    with engine.connect() as db:
        case = case_of(db, to_decide)
        log = db.execute(select(events.c.type).where(events.c.case_id == case.id).order_by(events.c.seq))
        types = list(log.scalars())
        assert [each for each in breaks(db) if not isinstance(each, int)] == []
    reviews = len(WHO) - 5  # with receipt; all but the decisions
    assert types[: 2 * reviews + 1] == ["submitted", *["task_claimed", "task_completed"] * reviews]
    assert {*types[2 * reviews + 1 :]} == {"task_completed", "inspectors_named", "inspection_noted"}
    assert case.last_seq == len(types)
