"""What time brings is brought once to each, whoever runs it beside whom, and whatever fails for another."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine, func, select, update

from certificates.life.expiry import expire_all
from certificates.life.history import CHANGED, Cause
from certificates.life.reminding import remind_all
from certificates.life.writing import Change, write
from engine.database import run, transaction
from engine.events import SYSTEM
from engine.tables import certificates, licence_events, messages
from tests.certificates.life.holders import People, certificate_of
from tests.certificates.life.lives import at, born, holds_together, issues_of, licences_of, newest, states

Town = tuple[People, str]
AFTER = at("2031-11-23")
DUE = at("2031-09-30")


@pytest.fixture
def two(engine: Engine, town: Town) -> tuple[int, int]:
    """Two certificates; the first cannot be issued anew, as its industry is published no more."""
    with transaction(engine) as db:
        first, second = certificate_of(db, town[1]), born(db)
        db.execute(update(certificates).where(certificates.c.id == first).values(industry="gone"))
    return first, second


def test_one_certificate_that_fails_keeps_no_other_from_expiring(
    engine: Engine, two: tuple[int, int], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert expire_all(engine, AFTER) == 1
    assert f"certificate {two[0]} could not expire" in caplog.text
    with transaction(engine) as db:
        assert [sorted(states(db, each)) for each in two] == [["valid", "valid"], ["expired", "expired"]]
        db.execute(update(certificates).where(certificates.c.id == two[0]).values(industry="restaurant"))
    assert expire_all(engine, AFTER) == 1


def test_one_reminder_that_fails_keeps_nobody_else_from_theirs(engine: Engine, two: tuple[int, int]) -> None:
    with transaction(engine) as db:
        waiting = len(licences_of(db, two[1]))
    assert remind_all(engine, DUE) == waiting == 2


def test_what_runs_twice_beside_a_change_lets_each_licence_expire_once(engine: Engine, town: Town) -> None:
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        changes = [Change(row.id, CHANGED) for row in licences_of(db, certificate)]
    cause = Cause("变更名称", SYSTEM, None, AFTER)
    change = partial(
        write, certificate_id=certificate, changes=changes, cause=cause, face={"operator": "新名称"}
    )
    jobs: list[Callable[[], object]] = [
        lambda: expire_all(engine, AFTER),
        lambda: run(engine, change),
        lambda: expire_all(engine, AFTER),
    ]
    with ThreadPoolExecutor(3) as pool:
        came = list(pool.map(lambda job: job(), jobs))
    assert (came[0], came[2]) in ((0, 1), (1, 0))
    with transaction(engine) as db:
        holds_together(db, certificate, {})
        ended = select(func.count()).select_from(licence_events).where(licence_events.c.kind == "expired")
        assert db.execute(ended).scalar_one() == 1
        told = select(func.count()).select_from(messages).where(messages.c.kind == "expired")
        assert db.execute(told).scalar_one() == 1
        assert newest(db, certificate).operator == "新名称"
        assert len(issues_of(db, certificate)) == 3


def test_reminders_side_by_side_tell_each_holder_once(engine: Engine, town: Town) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: remind_all(engine, DUE), range(2)))
    with transaction(engine) as db:
        told = select(func.count()).select_from(messages).where(messages.c.kind == "renewal_due")
        assert db.execute(told).scalar_one() == 1
