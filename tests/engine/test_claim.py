"""A task is taken in hand by one person of the office that it waits for, and put back by that person."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, Engine, select

from engine.commands.claim import claim, release
from engine.commands.complete import complete
from engine.errors import Conflict, NotAllowed, NotFound
from engine.people import User
from engine.tables import events, tasks
from engine.tasks import find_task
from tests.filing import NOW, file_case, open_steps

People = Mapping[str, User]


@pytest.fixture(scope="module")
def accept(engine: Engine, people: People) -> str:
    """The window's task of a case that was just filed; tests work on it in a transaction rolled back."""
    return open_steps(engine, file_case(engine, people))["accept"]


def assignee(db: Connection, task: str) -> int | None:
    found: int | None = db.execute(select(tasks.c.assignee_id).where(tasks.c.id == task)).scalar_one()
    return found


def logged(db: Connection) -> list[tuple[str, str]]:
    rows = db.execute(select(events.c.type, events.c.actor).order_by(events.c.case_id, events.c.seq))
    return [(row.type, row.actor) for row in rows]


def test_a_claimed_task_is_mine_and_the_log_says_so(desk: Connection, people: People, accept: str) -> None:
    claim(desk, user=people["window"], task=accept, now=NOW)
    assert assignee(desk, accept) == people["window"].id
    assert logged(desk)[-1] == ("task_claimed", f"user:{people['window'].id}")


def test_claiming_my_own_task_again_changes_nothing(desk: Connection, people: People, accept: str) -> None:
    claim(desk, user=people["window"], task=accept, now=NOW)
    before = logged(desk)
    claim(desk, user=people["window"], task=accept, now=NOW)
    assert logged(desk) == before


def test_a_colleague_who_claims_second_reads_who_has_it(
    desk: Connection, people: People, accept: str
) -> None:
    claim(desk, user=people["window"], task=accept, now=NOW)
    with pytest.raises(Conflict) as refused:
        claim(desk, user=people["window2"], task=accept, now=NOW)
    assert (refused.value.who, refused.value.what) == ("window·甲", "claimed")
    assert assignee(desk, accept) == people["window"].id


@pytest.mark.parametrize("who", ["elsewhere", "approval", "market", "supervisor", "applicant"])
def test_a_task_of_another_region_department_or_role_is_not_there(
    desk: Connection, people: People, accept: str, who: str
) -> None:
    for act in (claim, release):
        with pytest.raises(NotFound):
            act(desk, user=people[who], task=accept, now=NOW)
    with pytest.raises(NotFound):
        complete(desk, user=people[who], task=accept, raw={"outcome": "accept"}, now=NOW)
    assert assignee(desk, accept) is None


def test_a_task_that_does_not_exist_is_not_found(desk: Connection, people: People) -> None:
    with pytest.raises(NotFound):
        claim(desk, user=people["window"], task="f" * 32, now=NOW)


def test_a_released_task_waits_for_the_whole_office_again(
    desk: Connection, people: People, accept: str
) -> None:
    claim(desk, user=people["window"], task=accept, now=NOW)
    release(desk, user=people["window"], task=accept, now=NOW)
    assert assignee(desk, accept) is None
    assert logged(desk)[-1][0] == "task_released"
    assert claim(desk, user=people["window2"], task=accept, now=NOW).id == accept


@pytest.mark.parametrize("holder", [None, "window"])
def test_only_the_person_who_has_a_task_puts_it_back(
    desk: Connection, people: People, accept: str, holder: str | None
) -> None:
    if holder:
        claim(desk, user=people[holder], task=accept, now=NOW)
    with pytest.raises(NotAllowed):
        release(desk, user=people["window2"], task=accept, now=NOW)


def test_a_finished_task_cannot_be_claimed_and_says_who_finished_it(
    desk: Connection, people: People, accept: str
) -> None:
    complete(desk, user=people["window"], task=accept, raw={"outcome": "accept"}, now=NOW)
    with pytest.raises(Conflict) as refused:
        claim(desk, user=people["window2"], task=accept, now=NOW)
    assert (refused.value.who, refused.value.what, refused.value.at) == ("window·甲", "accept", NOW)


def test_the_office_still_sees_a_task_that_is_done(desk: Connection, people: People, accept: str) -> None:
    complete(desk, user=people["window"], task=accept, raw={"outcome": "accept"}, now=NOW)
    found = find_task(desk, people["window2"], accept)
    assert (found.state, found.done_by) == ("done", "window·甲")
