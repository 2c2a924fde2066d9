"""An applicant withdraws what has not been decided: what ends, what stays, and who wins a race."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, select

from engine.cases import Case
from engine.commands.complete import complete
from engine.commands.withdraw import NothingToWithdraw, withdraw
from engine.database import run, transaction
from engine.errors import Conflict, Invalid, NotFound
from engine.events import Break, breaks
from engine.tables import clocks, commitments, events, letters, tasks, timers
from forms.inputs import Inputs
from tests.engine.clerks import People, carry, case_of, filled, finish, read
from tests.filing import NOW, file_case, open_steps, run_machines, waiting

SIGN, FOOD = "signboard", "food_operation"


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """A case that waits at the window; tests work on it in a transaction rolled back."""
    return file_case(engine, people)


@pytest.fixture(scope="module")
def deciding(engine: Engine, people: People) -> str:
    """A case whose items wait for their decisions."""
    number = file_case(engine, people)
    carry(engine, people, number, until="decide_food_operation")
    return number


def give_up(
    db: Connection, people: People, number: str, items: Collection[str] | None = None, who: str = "applicant"
) -> Case:
    withdraw(db, user=people[who], number=number, items=items, reasons="换了铺面。", now=NOW)
    return case_of(db, number)


def outcomes(case: Case) -> set[str | None]:
    return {each.outcome for each in case.items.values()}


def test_withdrawing_all_ends_the_case(desk: Connection, people: People, filed: str) -> None:
    case = give_up(desk, people, filed)
    assert outcomes(case) == {"withdrawn"} and case.status == "withdrawn" and case.ended_at == NOW
    assert waiting(desk, filed) == {} and case.words["withdrawn"] is True
    assert desk.execute(select(timers).where(timers.c.case_id == case.id)).all() == []
    last = desk.execute(select(events).where(events.c.case_id == case.id).order_by(events.c.seq)).all()[-1]
    assert (last.type, last.actor) == ("withdrawn", f"user:{people['applicant'].id}")


def test_withdrawing_is_confirmed_by_a_letter_and_stops_the_clocks(
    desk: Connection, people: People, deciding: str
) -> None:
    case = give_up(desk, people, deciding)
    kinds = set(desk.execute(select(letters.c.kind).where(letters.c.case_id == case.id)).scalars())
    assert "withdrawal" in kinds
    states = desk.execute(select(clocks.c.state).where(clocks.c.case_id == case.id)).scalars().all()
    assert states and set(states) == {"stopped"}


def test_one_item_is_withdrawn_and_the_others_go_on(desk: Connection, people: People, deciding: str) -> None:
    case = give_up(desk, people, deciding, [SIGN])
    assert case.items[SIGN].outcome == "withdrawn" and case.items[FOOD].outcome is None
    assert case.ended_at is None and "withdrawn" not in case.words
    assert "decide_signboard" not in waiting(desk, deciding)
    assert "decide_food_operation" in waiting(desk, deciding)


def test_what_was_granted_stays_granted(town: Engine, people: People) -> None:
    number = file_case(town, people)
    carry(town, people, number, until="decide_food_operation")
    with transaction(town) as db:
        finish(db, people, number, "decide_food_operation")
        give_up(db, people, number)
    run_machines(town, number)
    case = read(town, number)
    assert {item for item, each in case.items.items() if each.outcome == "granted"} == {FOOD}
    assert case.status == "partly_granted"


def test_a_decided_item_cannot_be_withdrawn(desk: Connection, people: People, deciding: str) -> None:
    task = waiting(desk, deciding)["decide_signboard"]
    raw = filled(desk, deciding, "decide_signboard")
    complete(desk, user=people["approval"], task=task, raw=raw, now=NOW)
    with pytest.raises(Invalid) as said:
        give_up(desk, people, deciding, [SIGN, FOOD])
    assert "已经有了结果" in said.value.errors["items"]


@pytest.mark.parametrize("items", [[], ["nonsense"]])
def test_only_items_of_the_case_can_be_withdrawn(
    desk: Connection, people: People, filed: str, items: list[str]
) -> None:
    with pytest.raises(Invalid):
        give_up(desk, people, filed, items)


def test_withdrawing_twice_says_that_nothing_is_left(desk: Connection, people: People, filed: str) -> None:
    give_up(desk, people, filed)
    with pytest.raises(NothingToWithdraw):
        give_up(desk, people, filed)


def test_nobody_withdraws_anothers_case(desk: Connection, people: People, filed: str) -> None:
    for who in ("other_applicant", "window", "supervisor"):
        with pytest.raises(NotFound):
            give_up(desk, people, filed, who=who)


def test_a_promise_falls_away_with_its_item(desk: Connection, people: People, filed: str) -> None:
    case = case_of(desk, filed)
    promised = {
        "draft_id": "d",
        "case_id": case.id,
        "item": FOOD,
        "conditions": [],
        "letter": {},
        "signed_as": "张春和",
        "signed_at": NOW,
    }
    desk.execute(commitments.insert().values(promised))
    give_up(desk, people, filed, [FOOD])
    state = select(commitments.c.state).where(commitments.c.case_id == case.id)
    assert desk.execute(state).scalar_one() == "withdrawn"


def test_a_decision_and_a_withdrawal_at_once_never_both_hold(town: Engine, people: People) -> None:
    for _ in range(4):
        number = file_case(town, people)
        carry(town, people, number, until="decide_signboard")
        task = open_steps(town, number)["decide_signboard"]
        with transaction(town) as db:
            raw = filled(db, number, "decide_signboard")
        start = Barrier(2)

        def decide(task: str = task, raw: Inputs = raw, start: Barrier = start) -> str:
            start.wait()
            try:
                run(town, lambda db: complete(db, user=people["approval"], task=task, raw=raw, now=NOW))
            except Conflict:
                return "too late to decide"
            return "decided"

        def take_back(number: str = number, start: Barrier = start) -> str:
            start.wait()
            try:
                run(town, lambda db: give_up(db, people, number, [SIGN]))
            except (Invalid, NothingToWithdraw):
                return "too late to withdraw"
            return "withdrawn"

        with ThreadPoolExecutor(2) as pool:
            ways = [each.result() for each in (pool.submit(decide), pool.submit(take_back))]
        outcome = read(town, number).items[SIGN].outcome
        assert (ways, outcome) in [
            (["decided", "too late to withdraw"], "granted"),
            (["too late to decide", "withdrawn"], "withdrawn"),
        ]
    with town.connect() as db:
        assert [each for each in breaks(db) if isinstance(each, Break)] == []
        left = select(tasks.c.id).where(tasks.c.state == "open", tasks.c.item == SIGN, tasks.c.kind == "user")
        assert db.execute(left).all() == []
