"""What is not claimed in time is called to mind each working day, and supervisors see it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select, update

from engine.errors import Invalid, NotFound
from engine.people import User
from engine.queries.late import unclaimed
from engine.queries.pushes import NEW, pushed
from engine.regulators.claiming import ClaimedAlready, claim_pushes
from engine.regulators.reminding import remind_unclaimed
from engine.tables import events, messages, pushes, users
from tests.engine.clerks import People, case_of
from tests.filing import NOW

# Told on Monday the 23rd, to be claimed by Wednesday the 25th.
WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, MONDAY = (
    datetime(2026, 11, day, 2, tzinfo=UTC) for day in (25, 26, 27, 28, 30)
)


def reminders(db: Connection, user: User) -> list[str]:
    query = select(messages.c.text).where(messages.c.user_id == user.id, messages.c.kind == "unclaimed")
    return list(db.execute(query.order_by(messages.c.id)).scalars())


def told(db: Connection, user: User) -> list[int]:
    return [row.id for row in pushed(db, user, NEW).rows]


def test_nobody_is_reminded_before_time_is_up_or_on_a_day_off(
    desk: Connection, granted: str, people: People
) -> None:
    assert remind_unclaimed(desk, WEDNESDAY) == 0
    assert remind_unclaimed(desk, SATURDAY) == 0


def test_each_working_day_brings_one_reminder_until_it_is_claimed(
    desk: Connection, granted: str, people: People
) -> None:
    regulator = people["regulator"]
    assert [remind_unclaimed(desk, day) for day in (THURSDAY, THURSDAY, FRIDAY)] == [2, 0, 2]
    assert len(reminders(desk, regulator)) == 2 and granted in reminders(desk, regulator)[0]
    claim_pushes(desk, user=regulator, chosen=told(desk, regulator), now=FRIDAY)
    assert remind_unclaimed(desk, MONDAY) == 1  # the other office
    assert len(reminders(desk, regulator)) == 2
    assert reminders(desk, people["regulator_elsewhere"]) == []


def test_who_has_left_the_office_is_reminded_no_more(desk: Connection, granted: str, people: People) -> None:
    desk.execute(update(users).where(users.c.id == people["regulator"].id).values(active=False))
    assert remind_unclaimed(desk, THURSDAY) == 1
    assert reminders(desk, people["regulator"]) == []


def test_a_supervisor_sees_which_office_is_late(desk: Connection, granted: str, people: People) -> None:
    def late(day: datetime, login: str = "supervisor") -> set[str]:
        return {row.office for row in unclaimed(desk, people[login], day.date()).rows}

    assert late(WEDNESDAY) == set()
    assert late(THURSDAY) == {"张店区市场监督管理局", "张店区消防救援大队"}
    assert late(THURSDAY, "market") == set()
    claim_pushes(desk, user=people["regulator"], chosen=told(desk, people["regulator"]), now=THURSDAY)
    assert late(THURSDAY) == {"张店区消防救援大队"}


def test_claiming_is_a_line_in_the_log_of_its_case(desk: Connection, granted: str, people: People) -> None:
    claim_pushes(desk, user=people["regulator"], chosen=told(desk, people["regulator"]), now=NOW)
    logged = select(events.c.actor).where(
        events.c.case_id == case_of(desk, granted).id, events.c.type == "push_claimed"
    )
    assert desk.execute(logged).scalars().all() == [f"user:{people['regulator'].id}"]


def test_what_went_to_another_office_is_not_claimed_with_one_s_own(
    desk: Connection, granted: str, people: People
) -> None:
    both = list(desk.execute(select(pushes.c.id)).scalars())
    with pytest.raises(NotFound):
        claim_pushes(desk, user=people["regulator"], chosen=both, now=NOW)
    with pytest.raises(Invalid):
        claim_pushes(desk, user=people["regulator"], chosen=(), now=NOW)
    mine = told(desk, people["regulator"])
    assert claim_pushes(desk, user=people["regulator"], chosen=mine, now=NOW) == 1
    with pytest.raises(ClaimedAlready):
        claim_pushes(desk, user=people["regulator"], chosen=mine, now=NOW)
