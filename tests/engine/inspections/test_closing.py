"""What phones send and the closing of a visit exclude each other; what it found stands in the minutes."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import Connection, Engine, select

from certificates.letter_rendering import print_letter
from engine.blobs import read_blob, write_blob
from engine.database import connect, run, transaction
from engine.errors import Invalid
from engine.inspections.closing import close
from engine.inspections.experts import expert_for, opine
from engine.inspections.pictures import thumbnail
from engine.inspections.sheet import lacking, read_sheet, results
from engine.letters.content import pictures_in
from engine.tables import events, letters
from tests.certificates.pdf_a import faults
from tests.engine.clerks import case_of
from tests.engine.conftest import Copy
from tests.engine.inspections.conftest import Awaited
from tests.engine.inspections.test_experts import ask
from tests.engine.inspections.test_photos import SHA256, add
from tests.engine.inspections.test_pictures import PHOTO
from tests.engine.inspections.visiting import THERE, People, found, note_all, send, sign_all, states

LATER = THERE + timedelta(hours=2)


def end(db: Connection, people: People, visit: int) -> None:
    close(db, user=people["inspector"], inspection=visit, note="", recording="", rectify_days=None, now=THERE)


@pytest.fixture
def town(copy_of: Copy, awaited: Awaited, people: People) -> Iterator[Engine]:
    """A town for this test alone, whose visit lacks nothing but its closing."""
    with copy_of(awaited.name, f"{awaited.name}_alone") as url:
        engine = connect(url, pool_size=8)
        with transaction(engine) as db:
            note_all(db, people, awaited.visit)
            sign_all(db, people, awaited.visit)
        yield engine
        engine.dispose()


def test_a_visit_is_closed_on_what_was_signed_or_not_at_all(
    town: Engine, people: People, number: str, visit: int
) -> None:
    """Six phones send something new while the lead closes: all of them come before it, or none is kept."""
    with transaction(town) as db:
        points = [each.point.id for each in read_sheet(db, visit).points][:6]

    def deliver(point: str) -> str:
        raw = found(f"late-{point}", point, "fail", "后来发现的。", edit=50)
        return run(town, lambda db: send(db, people["inspector"], visit, raw))[0].state

    def finish() -> bool:
        try:
            run(town, lambda db: end(db, people, visit))
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(7) as pool:
        sending = [pool.submit(deliver, point) for point in points[:3]]
        closing = pool.submit(finish)
        sending += [pool.submit(deliver, point) for point in points[3:]]
        answers = {each.result() for each in sending}
    assert answers == ({"refused"} if closing.result() else {"kept"})
    with transaction(town) as db:
        failed = [each for each in results(db, visit).values() if each["result"] == "fail"]
        assert len(failed) == (0 if closing.result() else 6)
        types = list(db.execute(select(events.c.type).order_by(events.c.seq)).scalars())
        closed = len(types) - types[::-1].index("task_completed") if closing.result() else len(types)
        assert "inspection_noted" not in types[closed:]


def test_the_minutes_are_printed_with_results_pictures_signatures_and_opinions(
    desk: Connection, people: People, number: str, visit: int, tmp_path: Path
) -> None:
    small = thumbnail(PHOTO)
    write_blob(tmp_path, PHOTO)
    token = ask(desk, people, visit)
    assert expert_for(desk, token, THERE)
    opine(desk, token=token, words="建议加装油烟净化器。", now=THERE)
    add(desk, people, visit, thumbnail=write_blob(tmp_path, small))
    note_all(desk, people, visit)
    send(desk, people["market"], visit, found("worse", "food_layout", "fail", "操作间没有隔开。", edit=5))
    sign_all(desk, people, visit)
    assert lacking(desk, visit) == ()
    end(desk, people, visit)
    letter = desk.execute(
        select(letters).where(
            letters.c.case_id == case_of(desk, number).id, letters.c.kind == "inspection_minutes"
        )
    ).one()
    assert len(pictures_in(letter.content)) == 1
    printed = print_letter(desk, letter.id, blobs=tmp_path, base_url="https://permit.example", now=THERE)
    pdf = read_blob(tmp_path, printed)
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert faults(pdf) == []
    for said in ("操作间没有隔开。", "不合格", "market·甲（张店区市场监督管理局）", "张春和（申请人一方）"):
        assert said in text
    assert "林专家（山东理工大学）：建议加装油烟净化器。" in text
    assert "项2026年11月24日09:30market·甲" in text


def test_after_the_closing_late_photos_are_kept_and_late_entries_are_not(
    desk: Connection, people: People, visit: int
) -> None:
    note_all(desk, people, visit)
    sign_all(desk, people, visit)
    end(desk, people, visit)
    assert add(desk, people, visit, now=LATER).state == "kept"
    assert [each.late for each in read_sheet(desk, visit).photos] == [True]
    answer = send(desk, people["market"], visit, found("later", "food_layout", edit=60), now=LATER)
    assert states(answer) == ["refused"]
    assert SHA256 in {each.sha256 for each in read_sheet(desk, visit).photos}
