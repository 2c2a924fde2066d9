"""A licence changes with its issue, its print job and what its regulator is told, or nothing of it does."""

from functools import partial

import pytest
from sqlalchemy import Engine, select, text

from certificates.life.history import SUSPENDED, Cause
from certificates.life.writing import Change, write
from engine.database import run, transaction
from engine.events import SYSTEM
from engine.tables import (
    cases,
    certificate_issues,
    certificates,
    events,
    handouts,
    licence_events,
    licences,
    pushes,
    registry_entries,
)
from tests.certificates.life.holders import People, certificate_of, licence_of
from tests.filing import NOW

ALL = (
    *(licences, certificates, certificate_issues, licence_events, registry_entries),
    *(handouts, pushes, events, cases),
)


def everything(engine: Engine) -> dict[str, list[str]]:
    """All rows that have to do with certificates, and the jobs."""
    with transaction(engine) as db:
        found = {each.name: sorted(map(repr, db.execute(select(each)))) for each in ALL}
        jobs = db.execute(text("select id, task_name, status from procrastinate_jobs order by id"))
        return {**found, "jobs": list(map(repr, jobs))}


@pytest.mark.parametrize(
    "table", ["pushes", "procrastinate_jobs", "handouts", "licence_events", "registry_entries", "events"]
)
def test_what_cannot_be_written_leaves_licence_issue_and_everything_else_as_they_were(
    engine: Engine, town: tuple[People, str], table: str
) -> None:
    with transaction(engine) as db:
        certificate, food = certificate_of(db, town[1]), licence_of(db, town[1], "food_operation")
        db.execute(text(f"alter table {table} add constraint broken check (false) not valid"))
    before = everything(engine)
    change = Change(food, SUSPENDED, {"state": "suspended"})
    about = {"changes": [change], "cause": Cause("测试", SYSTEM, None, NOW), "face": {"operator": "新名"}}
    suspend = partial(write, certificate_id=certificate, **about)
    with pytest.raises(Exception, match=r"broken|Database error"):  # the queue hides what PostgreSQL said
        run(engine, suspend)
    assert everything(engine) == before
    with transaction(engine) as db:
        db.execute(text(f"alter table {table} drop constraint broken"))
    run(engine, suspend)
    after = everything(engine)
    assert [name for name in after if after[name] == before[name]] == []
