"""A licence's own sheet is known like the certificate, and judged by its licence alone."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, update

from certificates.life.history import RENEWED
from certificates.life.writing import Change, write
from certificates.rendering import render_issue
from certificates.verdict import Verdict
from certificates.verify import verify_file
from engine.blobs import read_blob
from engine.tables import licence_sheets, licences
from tests.certificates.examples import RING
from tests.certificates.life.lives import licences_of
from tests.certificates.test_sheets import NOW, WHY, certificate_of, wanting
from tests.sealing import trial_seal, trust

FIRST = "食品经营许可证（N0001-0）"


@pytest.fixture
def sheet(db: Connection, tmp_path: Path) -> bytes:
    """The printed sheet of the first of two licences."""
    issue, base = wanting(db), "https://permit.example"
    render_issue(db, issue, blobs=tmp_path, ring=RING, base_url=base, seal=trial_seal(), now=NOW)
    printed = select(licence_sheets.c.pdf_sha256).order_by(licence_sheets.c.id).limit(1)
    return read_blob(tmp_path, str(db.execute(printed).scalar_one()))


def judged(db: Connection, content: bytes, now: datetime = NOW) -> Verdict:
    return verify_file(db, content, now, trust=trust())


def become(db: Connection, state: str, number: str) -> None:
    db.execute(update(licences).where(licences.c.number == number).values(state=state))


def test_a_sheet_as_it_was_issued_is_valid(db: Connection, sheet: bytes) -> None:
    found = judged(db, sheet)
    assert (found.verdict, found.number) == ("valid", "N0001-0") and found.public_id
    assert found.reasons[0] == "文件与登记的一致。" and found.reasons[2] == f"{FIRST}：有效。"
    assert "电子签章有效" in found.reasons[1]


def test_a_sheet_holds_as_long_as_its_own_licence_whatever_becomes_of_others(
    db: Connection, sheet: bytes
) -> None:
    become(db, "revoked", "N0001-1")
    assert judged(db, sheet).verdict == "valid"
    become(db, "suspended", "N0001-0")
    found = judged(db, sheet)
    assert (found.verdict, found.reasons[2]) == ("revoked", f"{FIRST}：已暂停。")


def test_after_the_licence_s_last_day_its_sheet_holds_no_more(db: Connection, sheet: bytes) -> None:
    found = judged(db, sheet, datetime(2031, 11, 22, tzinfo=UTC))
    assert (found.verdict, found.reasons[2]) == ("revoked", f"{FIRST}：已过期。")


def test_a_sheet_that_a_newer_one_replaced_says_so(db: Connection, sheet: bytes) -> None:
    certificate = certificate_of(db)
    neighbour, longer = licences_of(db, certificate)[1].id, {"valid_until": date(2036, 11, 21)}
    write(db, certificate, [Change(neighbour, RENEWED, longer)], WHY)
    assert judged(db, sheet).verdict == "valid"
    write(db, certificate, (), WHY, further_copy=True)
    found = judged(db, sheet)
    assert found.verdict == "changed"
    assert "第1版" in found.reasons[2] and "第3版" in found.reasons[2]


def test_a_changed_sheet_still_tells_which_licence_it_claims_and_is_not_believed(
    db: Connection, sheet: bytes
) -> None:
    found = judged(db, sheet + b"\n")
    assert (found.verdict, found.number) == ("changed", "N0001-0")
    assert "可能被改动过" in found.reasons[0]
    db.execute(update(licence_sheets).values(pdf_sha256=None))
    assert judged(db, sheet).verdict == "cannot_tell"
    db.execute(delete(licence_sheets))
    assert judged(db, sheet).verdict == "unknown"
