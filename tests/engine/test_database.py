"""A command runs in one transaction, again when its case moved, and the last time with the case locked."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.cases import load_case
from engine.database import TRIES, locks_first, newest_revisions, revision, run, transaction
from engine.errors import CaseMoved, NotFound
from engine.numbers import next_number
from engine.tables import number_series
from tests.engine.clerks import People, case_of
from tests.filing import file_case

LOCKED = text(  # by this very connection: another database's table may have the same number
    "select count(*) from pg_locks where relation = 'cases'::regclass and mode = 'RowShareLock'"
    " and pid = pg_backend_pid()"
)


def count(engine: Engine) -> int:
    with engine.connect() as db:
        return int(db.execute(select(func.count()).select_from(number_series)).scalar_one())


def moves(times: int) -> "tuple[list[bool], Callable[[Connection], int]]":
    """A command whose case moves so many times before it gets through; notes whether each try locked."""
    tries: list[bool] = []

    def command(db: Connection) -> int:
        tries.append(locks_first(db))
        next_number(db, f"try {len(tries)}")
        if len(tries) <= times:
            raise CaseMoved
        return len(tries)

    return tries, command


def test_a_command_that_gets_through_runs_once_and_commits(town: Engine) -> None:
    tries, command = moves(0)
    assert run(town, command) == 1
    assert (tries, count(town)) == ([False], 1)


def test_a_command_whose_case_moved_runs_again_and_leaves_nothing_of_the_first_try(town: Engine) -> None:
    _, command = moves(2)
    assert run(town, command) == 3
    with town.connect() as db:
        assert db.execute(select(number_series.c.series)).scalars().all() == ["try 3"]


def test_every_try_but_the_first_locks(engine: Engine) -> None:
    tries, command = moves(TRIES - 1)
    run(engine, command)
    assert tries == [False] + [True] * (TRIES - 1)


def test_a_case_that_moves_every_time_is_given_up(town: Engine) -> None:
    tries, command = moves(TRIES)
    with pytest.raises(CaseMoved):
        run(town, command)
    assert (len(tries), count(town)) == (TRIES, 0)


def test_the_next_command_on_the_same_connection_does_not_lock(engine: Engine) -> None:
    run(engine, moves(TRIES - 1)[1])
    assert run(engine, locks_first) is False


def test_the_second_try_really_locks_the_case(engine: Engine, people: People, number: str) -> None:
    tries: list[int] = []

    def command(db: Connection) -> None:
        load_case(db, case_of(db, number).id)
        tries.append(db.execute(LOCKED).scalar_one())
        if len(tries) < TRIES:
            raise CaseMoved

    run(engine, command)
    assert tries == [0] + [1] * (TRIES - 1)


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_postgresql_asks_to_try_again_is_tried_again(engine: Engine, state: str) -> None:
    tries: list[int] = []

    def command(db: Connection) -> int:
        tries.append(1)
        if len(tries) == 1:
            db.execute(text(f"do $$ begin raise exception 'again' using errcode = '{state}'; end $$"))
        return len(tries)

    assert run(engine, command) == 2


def test_another_error_of_the_database_is_not_tried_again(engine: Engine) -> None:
    tries: list[int] = []

    def command(db: Connection) -> None:
        tries.append(1)
        db.execute(text("set local lock_timeout = '1ms'"))
        db.execute(text("do $$ begin raise exception 'no' using errcode = '57014'; end $$"))

    with pytest.raises(OperationalError):
        run(engine, command)
    assert tries == [1]


def test_an_error_of_a_command_takes_everything_back(town: Engine) -> None:
    def command(db: Connection) -> None:
        next_number(db, "one")
        raise NotFound

    with pytest.raises(NotFound):
        run(town, command)
    with pytest.raises(IntegrityError), transaction(town) as db:
        db.execute(insert(number_series).values(series="two", last=1))
        db.execute(insert(number_series).values(series="two", last=1))
    assert count(town) == 0


def test_a_case_that_does_not_exist_is_not_found(desk: Connection) -> None:
    with pytest.raises(NotFound):
        load_case(desk, 10**9)


def test_a_migrated_database_stands_at_the_newest_revision(engine: Engine) -> None:
    assert revision(engine) in newest_revisions()


def test_times_are_kept_in_utc(engine: Engine, people: People) -> None:
    with engine.connect() as db:
        moment = case_of(db, file_case(engine, people)).submitted_at
    assert moment.utcoffset() is not None and not moment.utcoffset()
