"""Any order and repetition of what phones send, also at once, gives the same visit in the database."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, func, select

from engine.database import run, transaction
from engine.events import breaks
from engine.inspections.fold import Sheet
from engine.inspections.sheet import read_sheet
from engine.tables import inspection_entries
from tests.engine.inspections.visiting import People, found, send, signed, states

RESULTS = ("pass", "fail", "na")
Sent = tuple[str, str, dict[str, Any]]  # who, from which phone, what
SHARED = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])


def drafts(points: Sequence[str], choices: Sequence[tuple[int, int, int]]) -> list[Sent]:
    """What two people noted on two phones each: point, result and edit as chosen; one signs some of it."""
    made: list[Sent] = []
    for n, (point, result, edit) in enumerate(choices):
        words = "不符合" if RESULTS[result] == "fail" else ""
        raw = found(f"draft-{n}", points[point % len(points)], RESULTS[result], words, edit)
        made.append((("inspector", "market")[n % 2], f"phone-{n % 4}-of-four", raw))
    covers = [raw["id"] for _who, _phone, raw in made[: len(made) // 2]]
    return [*made, ("inspector", "phone-0-of-four", signed("draft-sign", covers))]


CHOICES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 4)), min_size=1, max_size=8)


def seen(sheet: Sheet) -> object:
    """The sheet without the times of its arrival."""
    said = {
        id: (each.result, [(e.person, e.id, e.body) for e in each.said]) for id, each in sheet.points.items()
    }
    return said, sheet.holding, sheet.signed.keys(), sheet.outdated, sheet.edit


@SHARED
@given(CHOICES, st.randoms(use_true_random=False))
def test_any_order_and_repetition_gives_the_same_visit(
    desk: Connection,
    people: People,
    visit: int,
    points: list[str],
    choices: list[tuple[int, int, int]],
    chance: Random,
) -> None:
    own = [each for each in points if each.startswith("food_")]
    sent = drafts(own, choices)
    shuffled = [*sent, *chance.sample(sent, len(sent) // 2), *sent]
    chance.shuffle(shuffled)
    sheets = []
    for order in (sent, shuffled):
        nested = desk.begin_nested()
        for who, phone, raw in order:
            assert states(send(desk, people[who], visit, raw, device=phone))[0] in ("kept", "known")
        sheets.append(seen(read_sheet(desk, visit).sheet))
        nested.rollback()
    assert sheets[0] == sheets[1]


def test_the_same_draft_sent_from_two_phones_is_there_once(
    desk: Connection, people: People, visit: int, points: list[str]
) -> None:
    raw = [found(f"twice-{n}", point) for n, point in enumerate(points)]
    assert set(states(send(desk, people["inspector"], visit, *raw, device="phone-one"))) == {"kept"}
    assert set(states(send(desk, people["inspector"], visit, *raw, device="phone-two"))) == {"known"}
    assert len(read_sheet(desk, visit).sheet.holding) == len(points)


def test_phones_that_send_at_once_lose_nothing_and_note_nothing_twice(
    engine: Engine, people: People, number: str, visit: int, points: list[str]
) -> None:
    """Three people, each from two phones that hold the same drafts, every draft sent on its own."""
    own = {"inspector": points, "market": [each for each in points if each.startswith("food_")]}
    own["fire"] = [each for each in points if each.startswith("fire_")]
    tasks = [
        (who, f"{who}-phone-{phone}", found(f"{who}-{point}", point))
        for who, those in own.items()
        for point in those
        for phone in (1, 2)
    ]
    Random(7).shuffle(tasks)

    def deliver(task: Sent) -> str:
        who, phone, raw = task
        return run(engine, lambda db: send(db, people[who], visit, raw, device=phone))[0].state

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(deliver, tasks))
    assert sorted(answers) == ["kept"] * (len(tasks) // 2) + ["known"] * (len(tasks) // 2)
    with transaction(engine) as db:
        sheet = read_sheet(db, visit).sheet
        count = select(func.count()).where(inspection_entries.c.inspection_id == visit)
        assert db.execute(count).scalar_one() == len(tasks) // 2
        assert len(sheet.holding) == len(tasks) // 2 and sheet.points.keys() == set(points)
        assert [each for each in breaks(db) if not isinstance(each, int)] == []
