"""What follows from a happening is written, numbered without gap or repeat, and kept as it was issued."""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select, text

from engine.cases import load_case
from engine.database import run, transaction
from engine.deployments import load, publish
from engine.happenings import Happened
from engine.letters.content import CannotBeWritten
from engine.letters.write import Letter, write
from engine.people import User
from engine.tables import cases, letters, number_series
from tests.engine.clerks import REFUSE, carry, case_of, finish
from tests.engine.letters.samples import VALUES
from tests.filing import NOW, ONLY_FOOD, file_case, files

People = Mapping[str, User]
THREADS = 50
NEW_YEAR = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)  # already the new year in Beijing


class Undone(Exception):
    """A command that fails after its letter was written."""


def happen(db: Connection, number: str, kind: str = "extended", now: datetime = NOW) -> tuple[Letter, ...]:
    case = load_case(db, db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one())
    deployment = load(db, case.deployment_id)
    about = ("food_operation",)
    return write(db, Happened(kind, case, deployment, "system", about, VALUES[kind]), now)


def test_fifty_threads_get_numbers_without_gap_or_repeat_though_some_take_theirs_back(
    town: Engine, people: People
) -> None:
    number = file_case(town, people, ONLY_FOOD)
    fails = random.Random(4).sample(range(THREADS), 15)

    def ask(thread: int) -> str | None:
        def command(db: Connection) -> str:
            (written,) = happen(db, number)
            if thread in fails:
                raise Undone
            return written.number

        try:
            return run(town, command)
        except Undone:
            return None

    with ThreadPoolExecutor(THREADS) as threads:
        found = [each for each in threads.map(ask, range(THREADS)) if each]
    count = THREADS - len(fails)
    assert sorted(found) == [f"张店区一证延字〔2026〕第{n:04d}号" for n in range(1, count + 1)]
    with town.connect() as db:
        kept = select(letters.c.serial).where(letters.c.kind == "extension").order_by(letters.c.serial)
        assert list(db.execute(kept).scalars()) == list(range(1, count + 1))
        queued = "select count(*) from procrastinate_jobs where task_name = 'render_letter'"
        assert (
            db.execute(text(queued)).scalar_one() == db.execute(select(func.count(letters.c.id))).scalar_one()
        )


def test_each_kind_and_each_year_is_counted_by_itself(desk: Connection, number: str) -> None:
    assert happen(desk, number)[0].number == "张店区一证延字〔2026〕第0001号"
    assert happen(desk, number)[0].number == "张店区一证延字〔2026〕第0002号"
    assert happen(desk, number, "paused")[0].number == "张店区一证特字〔2026〕第0001号"
    assert happen(desk, number, now=NEW_YEAR)[0].number == "张店区一证延字〔2027〕第0001号"


def test_a_case_that_is_carried_through_has_its_letters(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number)
    with engine.connect() as db:
        query = select(letters.c.name, letters.c.item).join(cases).where(cases.c.number == number)
        written = [tuple(row) for row in db.execute(query.order_by(letters.c.id))]
    assert written == [
        ("受理通知书", ""),
        ("现场踏勘通知书", ""),
        ("现场踏勘记录", ""),
        ("准予行政许可决定书", "food_operation"),
    ]


def test_a_refusal_is_written_as_the_clerk_gave_its_reasons(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    carry(engine, people, number, decide_food_operation=REFUSE)
    with engine.connect() as db:
        query = select(letters).join(cases).where(cases.c.number == number, letters.c.kind == "refusal")
        (written,) = db.execute(query).all()
    assert REFUSE["reasons"] in [part["text"] for part in written.content["body"]]
    assert "行政复议" in written.content["remedies"]


def test_a_later_wording_changes_no_letter_that_was_written(town: Engine, people: People) -> None:
    old, path = file_case(town, people, ONLY_FOOD), "processes/letters/acceptance.yaml"
    with transaction(town) as db:
        finish(db, people, old, "accept")
    with transaction(town) as db:
        before = db.execute(select(letters.c.content)).scalar_one()
        reworded = {**files(), path: files()[path].replace("特此通知。", "此致。")}
        publish(db, reworded, "restaurant", NOW + timedelta(hours=1))
    new = file_case(town, people, {**ONLY_FOOD, "area": 100})
    with transaction(town) as db:
        finish(db, people, new, "accept")
    with transaction(town) as db:
        kept = [row.content for row in db.execute(select(letters.c.content).order_by(letters.c.id))]
        happen(db, old, "accepted")  # the case filed before is still worded by its own deployment
        again = db.execute(select(letters.c.content).order_by(letters.c.id.desc()).limit(1)).scalar_one()
    assert kept[0] == before
    assert [each["body"][-1]["text"] for each in (*kept, again)] == ["特此通知。", "此致。", "特此通知。"]


def test_files_of_a_time_before_letters_bring_none(desk: Connection, number: str) -> None:
    left = {path: text for path, text in files().items() if not path.startswith("processes/letters/")}
    deployment, _new = publish(desk, left, "restaurant", NOW)
    case = case_of(desk, number)
    assert write(desk, Happened("extended", case, deployment, "system", (), VALUES["extended"]), NOW) == ()


def test_a_letter_that_cannot_be_written_takes_no_number(desk: Connection, number: str) -> None:
    case = case_of(desk, number)
    about = Happened(
        "refused", case, load(desk, case.deployment_id), "system", ("signboard",), {"reasons": ""}
    )
    with pytest.raises(CannotBeWritten):
        write(desk, about, NOW)
    series = number_series.c.series.like("letter/%/refusal_filing/%")
    assert desk.execute(select(number_series).where(series)).all() == []
