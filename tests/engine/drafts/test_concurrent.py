"""Two tabs at the same moment: one case, no overwritten section, no quota passed together."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, func, select

from engine import materials
from engine.commands.submit import submit
from engine.database import run, transaction
from engine.deployments import publish
from engine.drafts import ChangedElsewhere, fingerprint, read_draft, save_section
from engine.errors import Invalid
from engine.files import Files
from engine.people import User
from engine.tables import cases, events
from engine.tables import materials as files_table
from tests.engine.drafts.filling import (
    INDUSTRY,
    NOW,
    PREMISES,
    add_applicant,
    begin,
    fill_everything,
    hand_in,
)

TABS = 4


@pytest.fixture
def somebody(db_engine: Engine, files: Files) -> User:
    with transaction(db_engine) as db:
        publish(db, files, INDUSTRY, NOW)
        return add_applicant(db)


def test_filing_from_many_tabs_at_once_makes_one_case(
    db_engine: Engine, somebody: User, tmp_path: Path
) -> None:
    with transaction(db_engine) as db:
        draft = fill_everything(db, somebody, tmp_path)
    start = Barrier(TABS)

    def press(tab: int) -> str:
        start.wait()
        return run(db_engine, lambda db: submit(db, user=somebody, draft=draft, token=f"tab {tab}", now=NOW))

    with ThreadPoolExecutor(TABS) as tabs:
        numbers = set(tabs.map(press, range(TABS)))
    with transaction(db_engine) as db:
        assert numbers == set(db.execute(select(cases.c.number)).scalars())
        filed = select(func.count()).where(events.c.type == "submitted")
        assert (len(numbers), db.execute(filed).scalar_one()) == (1, 1)


def test_saving_one_section_from_many_tabs_at_once_keeps_exactly_one(
    db_engine: Engine, somebody: User
) -> None:
    with transaction(db_engine) as db:
        draft = begin(db, somebody)
        found = read_draft(db, somebody, draft, NOW)
    seen = fingerprint(found, found.section("premises"))
    start = Barrier(TABS)

    def save(tab: int) -> str:
        raw = {**PREMISES, "floors": f"{tab} 层"}
        start.wait()
        try:
            run(
                db_engine,
                lambda db: save_section(
                    db, user=somebody, draft=draft, section="premises", raw=raw, seen=seen, now=NOW
                ),
            )
        except ChangedElsewhere:
            return ""
        return f"{tab} 层"

    with ThreadPoolExecutor(TABS) as tabs:
        won = [floors for floors in tabs.map(save, range(TABS)) if floors]
    with transaction(db_engine) as db:
        assert [read_draft(db, somebody, draft, NOW).record.answers["floors"]] == won


def test_many_uploads_at_once_do_not_pass_the_quota_together(
    db_engine: Engine, somebody: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(materials, "MOST_FILES", 2)
    with transaction(db_engine) as db:
        draft = begin(db, somebody)
    wanted = ("floor_plan", "premises_proof", "fire_rules", "sign_image")
    start = Barrier(len(wanted))

    def upload(material: str) -> bool:
        start.wait()
        try:
            run(db_engine, lambda db: hand_in(db, somebody, draft, material, tmp_path))
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(len(wanted)) as tabs:
        assert sum(tabs.map(upload, wanted)) == 2
    with transaction(db_engine) as db:
        assert db.execute(select(func.count()).select_from(files_table)).scalar_one() == 2
