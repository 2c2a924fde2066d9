"""Until it is decided, a filed promise can be withdrawn, and the item is reviewed like any other."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import Engine, select

from engine.commitments.withdrawing import Decided, withdraw_commitment
from engine.database import run, transaction
from engine.errors import NotFound
from engine.people import User
from engine.tables import clocks, commitments, events, messages, tasks
from tests.engine.clerks import carry, case_of, read
from tests.engine.commitments.promising import FIRE, SIGN, act, file_promised
from tests.filing import NOW, open_steps


@pytest.fixture
def promised(engine: Engine, people: Mapping[str, User]) -> str:
    number = file_promised(engine, people, SIGN, FIRE)
    act(engine, people["window"], number, "accept", outcome="accept")
    return number


def withdraw(engine: Engine, user: User, number: str, item: str) -> None:
    run(engine, lambda db: withdraw_commitment(db, user=user, number=number, item=item, now=NOW))


def test_the_open_decision_becomes_the_review_of_the_office_that_reviews(
    engine: Engine, people: Mapping[str, User], promised: str
) -> None:
    withdraw(engine, people["applicant"], promised, SIGN)
    case = read(engine, promised)
    assert {item: said.way for item, said in case.items.items() if item in (SIGN, FIRE)} == {
        SIGN: "usual",
        FIRE: "commitment",
    }
    with transaction(engine) as db:
        task = db.execute(
            select(tasks).where(tasks.c.id == open_steps(engine, promised)["review_signboard"])
        ).one()
        states = select(commitments.c.item, commitments.c.state).where(commitments.c.case_id == case.id)
        assert {row.item: row.state for row in db.execute(states)} == {SIGN: "withdrawn", FIRE: "signed"}
        last = db.execute(
            select(events.c.type).where(events.c.case_id == case.id, events.c.seq == case.last_seq)
        )
        assert last.scalar_one() == "commitment_withdrawn"
    assert (task.act, task.department, task.assignee_id) == ("review", "urban", None)


def test_what_was_withdrawn_is_visited_and_decided_as_usual(
    engine: Engine, people: Mapping[str, User], promised: str
) -> None:
    withdraw(engine, people["applicant"], promised, FIRE)
    act(engine, people["approval"], promised, "review_signboard", outcome="granted")
    carry(engine, people, promised)
    case = read(engine, promised)
    assert case.status == "granted"
    assert case.items[FIRE].opinion == "agree" and case.items[FIRE].finding == "pass"
    assert case.items[SIGN].opinion is None  # decided on the spot


def test_its_promised_days_begin_anew_and_the_applicant_is_told(
    engine: Engine, people: Mapping[str, User], promised: str
) -> None:
    assert due_on(engine, promised, FIRE) == date(2026, 11, 24)  # promised, so within one working day
    withdraw(engine, people["applicant"], promised, FIRE)
    assert due_on(engine, promised, FIRE) > date(2026, 11, 26)
    with transaction(engine) as db:
        told = select(messages.c.title).where(messages.c.case_id == case_of(db, promised).id)
        assert "承诺已撤回" in db.execute(told).scalars().all()


def test_before_the_window_has_accepted_it_can_be_withdrawn_too(
    engine: Engine, people: Mapping[str, User]
) -> None:
    number = file_promised(engine, people)
    withdraw(engine, people["applicant"], number, SIGN)
    act(engine, people["window"], number, "accept", outcome="accept")
    with transaction(engine) as db:
        task = db.execute(
            select(tasks.c.act).where(tasks.c.id == open_steps(engine, number)["review_signboard"])
        )
        assert task.scalar_one() == "review"


def test_what_is_decided_is_not_withdrawn(engine: Engine, people: Mapping[str, User], promised: str) -> None:
    act(engine, people["approval"], promised, "review_signboard", outcome="granted")
    with pytest.raises(Decided):
        withdraw(engine, people["applicant"], promised, SIGN)


@pytest.mark.parametrize(("who", "item"), [("other_applicant", SIGN), ("applicant", "food_operation")])
def test_nobody_withdraws_what_is_not_theirs_or_not_promised(
    engine: Engine, people: Mapping[str, User], promised: str, who: str, item: str
) -> None:
    with pytest.raises(NotFound):
        withdraw(engine, people[who], promised, item)


def due_on(engine: Engine, number: str, item: str) -> date:
    """Until when the departments promise to decide an item."""
    with transaction(engine) as db:
        query = select(clocks.c.due_on).where(
            clocks.c.case_id == case_of(db, number).id, clocks.c.item == item, clocks.c.clock == "committed"
        )
        return db.execute(query).scalar_one()
