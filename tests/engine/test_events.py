"""Whatever is done to a case's log afterwards, the chain says where it no longer holds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from engine.errors import CaseMoved
from engine.events import Break, actor_of, append, breaks, digest, line
from engine.tables import cases, events
from tests.engine.clerks import People, carry, case_of, finish
from tests.filing import NOW, file_case


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """A case with a log of some length; another one beside it."""
    file_case(engine, people)
    number = file_case(engine, people)
    carry(engine, people, number, "inspect")
    return number


def broken(db: Connection) -> list[Break]:
    return [each for each in breaks(db) if isinstance(each, Break)]


def places(db: Connection) -> list[tuple[str, int]]:
    return [(each.case, each.seq) for each in broken(db)]


def change(db: Connection, number: str, line: int, **values: object) -> None:
    match = (events.c.case_id == case_of(db, number).id, events.c.seq == line)
    assert db.execute(update(events).where(*match).values(**values)).rowcount == 1


def remove(db: Connection, number: str, *seqs: int) -> None:
    match = (events.c.case_id == case_of(db, number).id, events.c.seq.in_(seqs))
    assert db.execute(delete(events).where(*match)).rowcount == len(seqs)


def test_the_log_of_every_case_is_read_and_holds(desk: Connection, filed: str) -> None:
    assert broken(desk) == []
    assert len([each for each in breaks(desk) if isinstance(each, int)]) == 2


@pytest.mark.parametrize(
    "values",
    [
        {"payload": '{"outcome":"refuse"}'},
        {"actor": "user:999"},
        {"type": "task_claimed "},
        {"at": NOW - timedelta(days=1)},
        {"at": NOW + timedelta(microseconds=1)},
        {"hash": "0" * 64},
    ],
)
def test_a_line_that_was_changed_is_named(desk: Connection, filed: str, values: dict[str, object]) -> None:
    change(desk, filed, 3, **values)
    found = broken(desk)
    assert (found[0].case, found[0].seq) == (filed, 3)
    assert "与其校验值不符" in found[0].says


def test_a_flipped_letter_is_named(desk: Connection, filed: str) -> None:
    change(desk, filed, 2, payload=func.overlay(events.c.payload, "X", 4, 1))
    assert places(desk) == [(filed, 2)]


def test_a_line_that_was_changed_with_its_hash_breaks_from_the_next(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    row = desk.execute(select(events).where(events.c.case_id == case.id, events.c.seq == 3)).one()
    forged = digest(case.id, 3, row.at, row.actor, row.type, "{}", row.previous)
    change(desk, filed, 3, payload="{}", hash=forged)
    (found,) = broken(desk)
    assert (found.seq, found.says) == (4, "与上一条日志的校验值不相接。")


def test_a_line_that_was_deleted_is_named(desk: Connection, filed: str) -> None:
    remove(desk, filed, 4)
    (found,) = broken(desk)
    assert (found.case, found.seq, found.says) == (filed, 4, "第4条日志缺失。")


def test_lines_that_changed_places_are_named(desk: Connection, filed: str) -> None:
    change(desk, filed, 3, seq=999)
    change(desk, filed, 4, seq=3)
    change(desk, filed, 999, seq=4)
    assert {seq for _, seq in places(desk)} >= {3, 4}


def test_a_tail_that_was_cut_off_is_named(desk: Connection, filed: str) -> None:
    last = case_of(desk, filed).last_seq
    remove(desk, filed, last - 1, last)
    (found,) = broken(desk)
    assert (found.case, found.seq, found.says) == (filed, last, "最后一条日志与办件登记的不一致。")


def test_a_log_that_was_deleted_whole_is_named(desk: Connection, filed: str) -> None:
    desk.execute(delete(events).where(events.c.case_id == case_of(desk, filed).id))
    assert places(desk) == [(filed, case_of(desk, filed).last_seq)]


def test_a_line_that_was_put_in_is_named(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    forged = line(
        case.id, case.last_seq + 1, case.last_hash, at=NOW, actor="user:1", type="forged", payload={}
    )
    desk.execute(insert(events).values(**vars(forged)))
    assert places(desk) == [(filed, case.last_seq)]


def test_a_head_that_was_changed_is_named(desk: Connection, filed: str) -> None:
    desk.execute(update(cases).where(cases.c.number == filed).values(last_hash="0" * 64))
    assert places(desk) == [(filed, case_of(desk, filed).last_seq)]


def test_a_break_in_one_case_is_not_laid_to_another(desk: Connection, filed: str) -> None:
    remove(desk, filed, 2)
    assert {case for case, _ in places(desk)} == {filed}


def test_a_line_for_a_case_that_has_moved_is_not_written(
    desk: Connection, people: People, filed: str
) -> None:
    case = case_of(desk, filed)
    finish(desk, people, filed, "inspect")
    with pytest.raises(CaseMoved):
        append(desk, case, people["window"], "noted", {}, NOW)
    assert broken(desk) == []


def test_an_actor_is_a_person_or_the_system() -> None:
    assert (actor_of(12), actor_of(None)) == ("user:12", "system")


def test_the_time_zone_of_a_moment_makes_no_difference() -> None:
    beijing = NOW.astimezone(timezone(timedelta(hours=8)))
    assert digest(1, 1, NOW, "a", "t", "{}", "") == digest(1, 1, beijing, "a", "t", "{}", "")


FIELDS = st.tuples(
    st.integers(1, 9),
    st.integers(1, 9),
    st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),
    *[st.text(max_size=5)] * 4,
)


@given(FIELDS, FIELDS)
def test_lines_that_differ_anywhere_have_different_hashes(
    one: tuple[int, int, datetime, str, str, str, str], other: tuple[int, int, datetime, str, str, str, str]
) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)
