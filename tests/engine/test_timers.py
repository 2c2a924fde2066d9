"""A timer that falls due moves its case on, once, whatever time it is on this machine."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from engine.commands.claim import claim
from engine.commands.fire_timers import fire_due, fire_timers
from engine.commands.run_handler import run_handler
from engine.database import transaction
from engine.tables import cases, events, messages, timers
from tests.engine.clerks import People, case_of, finish, read
from tests.filing import NOW, file_case, open_steps, run_machines, waiting

LATE = NOW + timedelta(days=2)


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """A case that waits at the window; tests work on it in a transaction rolled back."""
    return file_case(engine, people)


def reminders(db: Connection, number: str) -> list[int]:
    query = select(messages.c.user_id).join(cases).where(cases.c.number == number)
    return sorted(db.execute(query.where(messages.c.kind == "overdue")).scalars())


def test_before_its_moment_a_timer_does_nothing(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    due = min(desk.execute(select(timers.c.due_at).where(timers.c.case_id == case.id)).scalars())
    assert fire_timers(desk, case.id, due - timedelta(microseconds=1)) == 0
    assert case_of(desk, filed) == case
    assert fire_timers(desk, case.id, due) == 1


def test_a_fired_timer_is_one_line_of_the_log_by_the_system(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    fire_timers(desk, case.id, LATE)
    row = desk.execute(select(events).where(events.c.case_id == case.id, events.c.seq == 2)).one()
    assert (row.type, row.actor, row.payload) == ("timer_fired", "system", '{"timers":["accept_late"]}')


def test_a_timer_fires_once_however_often_it_is_asked(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    assert [fire_timers(desk, case.id, LATE) for _ in range(3)] == [1, 0, 0]
    assert case_of(desk, filed).last_seq == case.last_seq + 1


def test_a_late_acceptance_still_waits_at_the_window(desk: Connection, people: People, filed: str) -> None:
    fire_timers(desk, case_of(desk, filed).id, LATE)
    assert set(waiting(desk, filed)) == {"accept", "remind_window"}
    finish(desk, people, filed, "accept")
    assert case_of(desk, filed).accepted


def test_an_acceptance_in_time_takes_its_timer_back(desk: Connection, people: People, filed: str) -> None:
    finish(desk, people, filed, "accept")
    case = case_of(desk, filed)
    assert desk.execute(select(timers).where(timers.c.case_id == case.id)).all() == []
    assert fire_timers(desk, case.id, LATE) == 0


def test_everybody_at_the_late_window_is_reminded_once(engine: Engine, people: People, number: str) -> None:
    case = read(engine, number)
    assert fire_due(engine, case.id, LATE) == 1
    task = open_steps(engine, number)["remind_window"]
    for _ in range(2):
        run_handler(engine, task, LATE)
    assert fire_due(engine, case.id, LATE) == 0
    with engine.connect() as db:
        assert reminders(db, number) == sorted([people["window"].id, people["window2"].id])


def test_a_claimed_task_reminds_only_the_person_who_has_it(
    engine: Engine, people: People, number: str
) -> None:
    with transaction(engine) as db:
        claim(db, user=people["window2"], task=open_steps(engine, number)["accept"], now=NOW)
    fire_due(engine, read(engine, number).id, LATE)
    run_handler(engine, open_steps(engine, number)["remind_window"], LATE)
    with engine.connect() as db:
        assert reminders(db, number) == [people["window2"].id]


def test_a_reminded_case_goes_on_as_any_other(engine: Engine, people: People, number: str) -> None:
    fire_due(engine, read(engine, number).id, LATE)
    run_machines(engine, number)
    with transaction(engine) as db:
        finish(db, people, number, "accept")
    assert len(open_steps(engine, number)) == 5
