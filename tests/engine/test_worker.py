"""The worker does what cases wait for, from the last decision to the printed certificate, as its jobs say."""

import asyncio
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, select, text

from certificates.letter_rendering import letter_printer
from certificates.life.passing import pass_time
from certificates.rendering import renderer
from engine import queue
from engine.outbox.channels import channels
from engine.outbox.send import sender
from engine.settings import Settings
from engine.tables import certificate_issues, incidents
from engine.worker import work, worker_app
from tests.engine.clerks import People, carry, finish, read
from tests.filing import ONLY_FOOD, file_case


@pytest.fixture
def decided(town: Engine, people: People) -> str:
    """A case whose last decision was just made: the rest is the worker's."""
    number = file_case(town, people, ONLY_FOOD)
    carry(town, people, number, "decide_food_operation")
    with town.begin() as db:
        finish(db, people, number, "decide_food_operation")
    return number


def run_worker(engine: Engine, var: Path) -> None:
    """Workers, one after the other, until no job is left: one stops while its last job queues another."""
    url = engine.url.render_as_string(hide_password=False)
    while left(engine):
        settings = Settings(var=var, base_url="https://permit.example")
        send = sender(channels(settings), settings.base_url)
        app = worker_app(url, engine, renderer(settings), send, letter_printer(settings), pass_time)
        asyncio.run(work(app, wait=False))


def left(engine: Engine) -> int:
    waiting = "select count(*) from procrastinate_jobs where status = 'todo' and scheduled_at is null"
    with engine.connect() as db:
        return int(db.execute(text(waiting)).scalar_one())


def test_the_worker_brings_a_decided_case_to_its_printed_certificate(
    town: Engine, people: People, decided: str, tmp_path: Path
) -> None:
    run_worker(town, tmp_path)
    case = read(town, decided)
    assert (case.status, case.open_tasks) == ("granted", {})
    with town.connect() as db:
        sha256 = db.execute(select(certificate_issues.c.pdf_sha256)).scalar_one()
        assert db.execute(select(incidents)).all() == []
    (page,) = PdfReader(tmp_path / "blobs" / sha256[:2] / sha256[2:]).pages
    assert case.operator in "".join(page.extract_text().split())


def test_what_a_lost_job_missed_is_found_by_the_sweep_and_done(
    town: Engine, decided: str, tmp_path: Path
) -> None:
    with town.begin() as db:
        db.execute(text("delete from procrastinate_jobs"))
        db.execute(text("update tasks set opened_at = now() - interval '1 hour' where state = 'open'"))
        queue.defer(db, queue.SWEEP)
    run_worker(town, tmp_path)
    assert read(town, decided).status == "granted"
