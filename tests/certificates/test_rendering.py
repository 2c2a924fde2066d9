"""An issue that cannot be printed is an incident of its case until it is printed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, Row, select, text, update

from certificates.fonts import MissingGlyph
from certificates.register import Issue
from certificates.rendering import renderer
from certificates.sealing.signer import WrongSeal
from engine.database import transaction
from engine.errors import NotFound
from engine.incidents import RENDERING
from engine.settings import Settings
from engine.sweep import GRACE, sweep
from engine.tables import certificate_issues, incidents
from tests.certificates.test_register import NOW, first_issue, make_case

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def undrawable(db_engine: Engine) -> Iterator[Issue]:
    """An issue whose facts hold a character that no font has: it came in before it was refused when typed."""
    with transaction(db_engine) as db:
        made = first_issue(db, make_case(db, "0001"))
    rename(db_engine, "家常菜馆", "家常🍜菜馆")
    yield made


def rename(engine: Engine, old: str, new: str) -> None:
    with transaction(engine) as db:
        content = db.execute(select(certificate_issues.c.content)).scalar_one()
        assert old in content
        db.execute(update(certificate_issues).values(content=content.replace(old, new)))


def of(engine: Engine) -> list[Row[tuple[object, ...]]]:
    with engine.connect() as db:
        return list(db.execute(select(incidents)).all())


def print_it(engine: Engine, issue: int, var: Path) -> None:
    renderer(Settings(var=var, base_url="https://permit.example"))(engine, issue, LATER)


def test_a_character_that_cannot_be_drawn_is_named_in_an_incident(
    db_engine: Engine, undrawable: Issue, tmp_path: Path
) -> None:
    for _ in range(2):
        with pytest.raises(MissingGlyph):
            print_it(db_engine, undrawable.id, tmp_path)
    (row,) = of(db_engine)
    assert (row.kind, row.task_id, row.state) == (RENDERING, str(undrawable.id), "open")
    assert undrawable.number in row.says and "🍜" in row.says
    with db_engine.connect() as db:
        assert db.execute(select(certificate_issues.c.pdf_sha256)).scalar_one() is None


def test_an_issue_that_is_printed_after_all_closes_its_incident(
    db_engine: Engine, undrawable: Issue, tmp_path: Path
) -> None:
    with pytest.raises(MissingGlyph):
        print_it(db_engine, undrawable.id, tmp_path)
    rename(db_engine, "家常🍜菜馆", "家常菜馆")
    print_it(db_engine, undrawable.id, tmp_path)
    (row,) = of(db_engine)
    assert (row.state, row.closed_at) == ("closed", LATER)


def test_the_sweep_does_not_queue_again_what_waits_for_its_supervisor(
    db_engine: Engine, undrawable: Issue, tmp_path: Path
) -> None:
    with transaction(db_engine) as db:
        db.execute(text("delete from procrastinate_jobs"))
        assert sweep(db, NOW + GRACE)["renderings"] == 1
        db.execute(text("delete from procrastinate_jobs"))
    with pytest.raises(MissingGlyph):
        print_it(db_engine, undrawable.id, tmp_path)
    with transaction(db_engine) as db:
        assert sweep(db, NOW + GRACE)["renderings"] == 0


def test_a_disk_that_cannot_be_written_is_an_incident_too(
    db_engine: Engine, undrawable: Issue, tmp_path: Path
) -> None:
    rename(db_engine, "家常🍜菜馆", "家常菜馆")
    (tmp_path / "blobs").write_text("not a folder")
    with pytest.raises(OSError, match="Not a directory"):
        print_it(db_engine, undrawable.id, tmp_path)
    (row,) = of(db_engine)
    assert row.state == "open" and "系统会再试" in row.says and "NotADirectoryError" in row.detail


def test_an_issue_that_does_not_exist_is_an_incident_of_nobody(db_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        print_it(db_engine, 1, tmp_path)
    assert of(db_engine) == []


def test_a_bad_seal_is_an_incident_and_once_it_is_mended_the_same_worker_prints(
    db_engine: Engine, undrawable: Issue, tmp_path: Path
) -> None:
    rename(db_engine, "家常🍜菜馆", "家常菜馆")
    (tmp_path / "seal").mkdir()
    (tmp_path / "seal" / "key.pem").write_text("no key")
    worker = renderer(Settings(var=tmp_path, base_url="https://permit.example"))
    with pytest.raises(WrongSeal):
        worker(db_engine, undrawable.id, LATER)
    (row,) = of(db_engine)
    assert row.state == "open" and "私钥文件" in row.says
    (tmp_path / "seal" / "key.pem").unlink()
    worker(db_engine, undrawable.id, LATER)
    assert [row.state for row in of(db_engine)] == ["closed"]
