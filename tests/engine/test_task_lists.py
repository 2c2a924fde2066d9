"""Each person's lists: what I have in hand, what my office may claim, what I have done; nothing lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, Text, cast, func, insert, literal, select, true, update

from engine.commands.claim import claim
from engine.queries.tasks import COUNTED_UP_TO, PAGE, Key, TaskPage, claimable, counts, done, mine
from engine.tables import memberships, tasks, users
from tests.engine.clerks import People, case_of, finish
from tests.filing import NOW, ONLY_FOOD, file_case, waiting


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """The only case, which waits at the window."""
    return file_case(engine, people, ONLY_FOOD)


def add_tasks(db: Connection, number: str, many: int, **changes: object) -> None:
    """So many further tasks beside the case's own, all due at one moment but for `changes`."""
    own = waiting(db, number)["accept"]
    names = [column.name for column in tasks.c if column.name != "id"]
    values = [
        literal(changes[name], tasks.c[name].type) if name in changes else tasks.c[name] for name in names
    ]
    turns = func.generate_series(0, many - 1).table_valued("turn").render_derived()
    ids = func.format("t%s", func.lpad(cast(turns.c.turn, Text), 5, "0"))
    copied = select(ids, *values).join_from(tasks, turns, true()).where(tasks.c.id == own)
    db.execute(insert(tasks).from_select(["id", *names], copied))


def pages(read: Callable[..., TaskPage], db: Connection, user_id: int) -> list[list[str]]:
    """All pages of a list, each asked for by the key that the one before gave."""
    found: list[list[str]] = []
    after: Key | None = None
    while not found or after is not None:
        page = read(db, user_id, after=after)
        found.append([row.id for row in page.rows])
        after = page.next
    return found


def test_an_office_sees_what_waits_for_it(desk: Connection, people: People, filed: str) -> None:
    (row,) = claimable(desk, people["window"].id).rows
    assert (row.case_number, row.step, row.operator) == (filed, "accept", "淄博张店春和餐饮有限公司")
    assert (row.status, row.assignee, row.due_at is not None) == ("submitted", None, True)


@pytest.mark.parametrize("who", ["elsewhere", "market", "approval", "inspector", "supervisor", "applicant"])
def test_another_office_sees_nothing_of_it(desk: Connection, people: People, filed: str, who: str) -> None:
    user = people[who].id
    assert [claimable(desk, user).rows, mine(desk, user).rows, done(desk, user).rows] == [(), (), ()]
    assert counts(desk, user) == {"mine": 0, "claimable": 0}


def test_a_person_without_roles_has_empty_lists(desk: Connection, filed: str) -> None:
    row = {"login": "nobody", "name": "无", "password_hash": "-", "created_at": NOW}
    user = desk.execute(insert(users).values(row).returning(users.c.id)).scalar_one()
    assert [claimable(desk, user).rows, mine(desk, user).rows, done(desk, user).rows] == [(), (), ()]


def test_a_claimed_task_moves_from_the_office_to_me(desk: Connection, people: People, filed: str) -> None:
    claim(desk, user=people["window"], task=waiting(desk, filed)["accept"], now=NOW)
    assert [row.case_number for row in mine(desk, people["window"].id).rows] == [filed]
    for who in ("window", "window2"):
        assert claimable(desk, people[who].id).rows == ()
    assert mine(desk, people["window2"].id).rows == ()
    assert counts(desk, people["window"].id) == {"mine": 1, "claimable": 0}


def test_a_finished_task_is_in_my_list_of_what_i_did(desk: Connection, people: People, filed: str) -> None:
    finish(desk, people, filed, "accept")
    (row,) = done(desk, people["window"].id).rows
    assert (row.case_number, row.outcome, row.done_at) == (filed, "accept", NOW)
    assert mine(desk, people["window"].id).rows == ()
    assert done(desk, people["window2"].id).rows == ()


def test_a_machine_s_step_is_on_nobody_s_list(desk: Connection, people: People, filed: str) -> None:
    desk.execute(update(tasks).values(kind="service"))
    assert claimable(desk, people["window"].id).rows == ()
    assert counts(desk, people["window"].id)["claimable"] == 0


def test_a_person_of_two_offices_sees_both_in_one_list(desk: Connection, people: People, filed: str) -> None:
    add_tasks(desk, filed, 1, region="370302")
    user = people["window"].id
    assert len(claimable(desk, user).rows) == 1
    desk.execute(
        insert(memberships).values(user_id=user, role="window", department="approval", region="370302")
    )
    assert {row.region for row in claimable(desk, user).rows} == {"370303", "370302"}
    assert counts(desk, user)["claimable"] == 2


def test_what_is_due_first_stands_first(desk: Connection, people: People, filed: str) -> None:
    add_tasks(desk, filed, 1, due_at=NOW - timedelta(days=1))
    assert claimable(desk, people["window"].id).rows[0].id == "t00000"


@pytest.mark.parametrize("due_at", [NOW, None])
def test_paging_shows_every_claimable_task_once(
    desk: Connection, people: People, filed: str, due_at: datetime | None
) -> None:
    add_tasks(desk, filed, 2 * PAGE + 20, due_at=due_at)
    found = pages(claimable, desk, people["window"].id)
    assert [len(page) for page in found] == [PAGE, PAGE, 21]
    assert len({task for page in found for task in page}) == 2 * PAGE + 21


@pytest.mark.parametrize("due_at", [NOW, None])
def test_paging_shows_every_task_of_mine_once(
    desk: Connection, people: People, filed: str, due_at: datetime | None
) -> None:
    user = people["window"].id
    add_tasks(desk, filed, PAGE + 5, assignee_id=user, due_at=due_at)
    found = pages(mine, desk, user)
    assert [len(page) for page in found] == [PAGE, 5]
    assert len({task for page in found for task in page}) == PAGE + 5


def test_paging_shows_everything_i_did_once_the_newest_first(
    desk: Connection, people: People, filed: str
) -> None:
    user = people["window"].id
    add_tasks(desk, filed, PAGE + 5, state="done", done_by=user, done_at=NOW)
    desk.execute(update(tasks).where(tasks.c.id == "t00007").values(done_at=NOW + timedelta(hours=1)))
    found = pages(done, desk, user)
    assert [len(page) for page in found] == [PAGE, 5]
    assert found[0][0] == "t00007"
    assert len({task for page in found for task in page}) == PAGE + 5


def test_a_full_last_page_promises_no_other(desk: Connection, people: People, filed: str) -> None:
    add_tasks(desk, filed, PAGE - 1)
    page = claimable(desk, people["window"].id)
    assert (len(page.rows), page.next) == (PAGE, None)


@pytest.mark.parametrize("words", ["春和", "91370303MA3T00017Y", "370303-YYZ-20261123"])
def test_a_search_finds_by_operator_credit_code_and_number(
    desk: Connection, people: People, filed: str, words: str
) -> None:
    assert [row.case_number for row in claimable(desk, people["window"].id, search=words).rows] == [filed]


@pytest.mark.parametrize("words", ["%", "_", "\\", "91370303", "' or 1=1 --", "没有这家店"])
def test_a_search_that_fits_nothing_finds_nothing(
    desk: Connection, people: People, filed: str, words: str
) -> None:
    assert claimable(desk, people["window"].id, search=words).rows == ()


def test_a_search_goes_on_over_pages(desk: Connection, people: People, filed: str) -> None:
    add_tasks(desk, filed, PAGE + 5)
    first = claimable(desk, people["window"].id, search="春和")
    second = claimable(desk, people["window"].id, search="春和", after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (PAGE, 6, None)


def test_counts_stop_at_a_thousand(desk: Connection, people: People, filed: str) -> None:
    add_tasks(desk, filed, COUNTED_UP_TO + 3)
    assert counts(desk, people["window"].id) == {"mine": 0, "claimable": COUNTED_UP_TO}


def test_the_lists_of_a_case_that_has_ended_are_empty(desk: Connection, people: People, filed: str) -> None:
    finish(desk, people, filed, "accept", outcome="refuse", reasons="不在本区。")
    assert case_of(desk, filed).open_tasks == {}
    assert claimable(desk, people["window"].id).rows == ()
