"""Who leaves takes no task along: it is back with the office, and the log says that the system did it."""

import pytest
from sqlalchemy import Connection, select

from engine.commands.claim import claim
from engine.commands.close_login import close_login
from engine.errors import NotFound
from engine.queries.tasks import claimable, mine
from engine.tables import events
from tests.engine.clerks import People, case_of
from tests.filing import NOW, ONLY_FOOD, file_case, waiting


def test_the_tasks_in_hand_of_a_closed_login_can_be_claimed_by_a_colleague(
    desk: Connection, people: People
) -> None:
    number = file_case(desk.engine, people, ONLY_FOOD)
    task = waiting(desk, number)["accept"]
    claim(desk, user=people["window"], task=task, now=NOW)
    assert close_login(desk, login="window", now=NOW) >= 1
    assert mine(desk, people["window"].id).rows == ()
    assert number in [row.case_number for row in claimable(desk, people["window2"].id).rows]
    assert claim(desk, user=people["window2"], task=task, now=NOW).id == task


def test_what_was_put_back_is_a_line_of_the_case_s_log_by_the_system(
    desk: Connection, people: People
) -> None:
    number = file_case(desk.engine, people, ONLY_FOOD)
    claim(desk, user=people["window"], task=waiting(desk, number)["accept"], now=NOW)
    close_login(desk, login="window", now=NOW)
    case = case_of(desk, number)
    last = desk.execute(
        select(events).where(events.c.case_id == case.id, events.c.seq == case.last_seq)
    ).one()
    assert (last.type, last.actor) == ("task_released", "system")


def test_a_login_that_does_not_exist_cannot_be_closed(desk: Connection) -> None:
    with pytest.raises(NotFound):
        close_login(desk, login="nobody", now=NOW)
