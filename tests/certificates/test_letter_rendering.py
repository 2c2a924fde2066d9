"""A letter is printed once, kept under its hash, known again by its file, and an incident when it fails."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, update

from certificates.fonts import MissingGlyph
from certificates.letter_rendering import letter_printer, print_letter
from certificates.verify import verify_file
from engine.blobs import read_blob
from engine.database import transaction
from engine.deployments import load, publish
from engine.errors import NotFound
from engine.happenings import Happened
from engine.incidents import LETTER
from engine.letters.reading import LAYOUT
from engine.letters.write import Letter, write
from engine.linked import POST_CHECK
from engine.settings import Settings
from engine.tables import cases, incidents, letters, licences
from tests.certificates.test_register import NOW, make_case
from tests.engine.letters.samples import VALUES, a_case
from tests.filing import files
from tests.sealing import trial_seal, trust

BASE = "https://permit.example"


def refused(db: Connection) -> Letter:
    """A refusal of a case that lies in the database."""
    return written(db, "refused")


def written(db: Connection, kind: str) -> Letter:
    """The letter about the food licence of a case that lies in the database."""
    case_id = make_case(db, "0001")
    deployment = load(db, db.execute(select(cases.c.deployment_id).where(cases.c.id == case_id)).scalar_one())
    case = replace(a_case(deployment, "food_operation"), id=case_id)
    about = Happened(kind, case, deployment, "system", ("food_operation",), VALUES[kind])
    (letter,) = write(db, about, NOW)
    return letter


def file_of(db: Connection, letter: Letter, blobs: Path) -> bytes:
    return read_blob(
        blobs, print_letter(db, letter.id, blobs=blobs, base_url=BASE, seal=trial_seal(), now=NOW)
    )


def test_a_letter_is_printed_once_whatever_is_published_later(db: Connection, tmp_path: Path) -> None:
    letter = refused(db)
    first = file_of(db, letter, tmp_path)
    other = {**files(), LAYOUT: files()[LAYOUT].replace("22pt", "30pt")}
    publish(db, other, "restaurant", NOW)
    assert file_of(db, letter, tmp_path) == first
    db.execute(update(letters).values(pdf_sha256=None))  # even printed anew it is worded and laid out as then
    assert before_the_seal(file_of(db, letter, tmp_path)) == before_the_seal(first)


def before_the_seal(pdf: bytes) -> bytes:
    """What the signature was put under; no two signatures of one key are the same."""
    return pdf.partition(b"%%EOF")[0]


def test_a_letter_is_known_by_its_file_and_one_changed_byte_is_not(db: Connection, tmp_path: Path) -> None:
    letter = refused(db)
    content = file_of(db, letter, tmp_path)
    found = verify_file(db, content, NOW, trust=trust())
    assert (found.verdict, found.number) == ("valid", letter.number)
    assert "《不予行政许可决定书》" in found.reasons[2]
    changed = verify_file(db, content + b"\n", NOW, trust=trust())
    assert (changed.verdict, changed.number) == ("changed", letter.number)


@pytest.mark.parametrize(
    ("kind", "verdict"), [("granted", "revoked"), ("refused", "valid"), ("revoked", "valid")]
)
def test_a_letter_stays_genuine_and_says_what_became_of_its_licence(
    db: Connection, tmp_path: Path, kind: str, verdict: str
) -> None:
    content = file_of(db, written(db, kind), tmp_path)
    db.execute(update(licences).where(licences.c.item == "food_operation").values(state="revoked"))
    found = verify_file(db, content, NOW, trust=trust())
    assert (found.verdict, found.as_issued) == (verdict, True)
    assert found.reasons[3] == "文书所说的许可（食品经营许可证，N0001-0）现在：已撤销。"


def test_a_letter_of_a_promise_s_check_is_about_the_licence_that_was_promised(
    db: Connection, tmp_path: Path
) -> None:
    content = file_of(db, written(db, "revoked"), tmp_path)
    check = update(cases).where(cases.c.number.endswith("-0001"))
    db.execute(check.values(process=POST_CHECK, parent_id=make_case(db, "0002")))
    assert "N0002-0" in verify_file(db, content, NOW, trust=trust()).reasons[3]


def test_a_letter_that_cannot_be_printed_is_an_incident_until_it_is(
    db_engine: Engine, tmp_path: Path
) -> None:
    with transaction(db_engine) as db:
        letter = refused(db)
        kept = db.execute(select(letters.c.content)).scalar_one()
        db.execute(update(letters).values(content={**kept, "addressee": "家常🍜菜馆"}))
    printer = letter_printer(Settings(var=tmp_path, base_url=BASE))
    with pytest.raises(MissingGlyph):
        printer(db_engine, letter.id, NOW)
    with transaction(db_engine) as db:
        row = db.execute(select(incidents)).one()
        assert (row.kind, row.task_id, row.state) == (LETTER, str(letter.id), "open")
        assert letter.number in row.says and "🍜" in row.says
        db.execute(update(letters).values(content=kept))
    printer(db_engine, letter.id, NOW)
    with transaction(db_engine) as db:
        assert db.execute(select(incidents.c.state)).scalar_one() == "closed"


def test_a_letter_that_does_not_exist_is_an_incident_of_nobody(db_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        letter_printer(Settings(var=tmp_path, base_url=BASE))(db_engine, 1, NOW)
    with transaction(db_engine) as db:
        assert db.execute(select(incidents)).all() == []
