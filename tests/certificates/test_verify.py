"""A certificate is judged by what the register holds now: its bytes, and the state of its licences."""

import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, update

from certificates.document import render
from certificates.register import Issue
from certificates.rendering import render_issue
from certificates.sealing.pades import sealed
from certificates.sealing.signer import Seal
from certificates.verify import Verdict, verify_file, verify_text
from engine.blobs import read_blob
from engine.tables import certificate_issues, handouts, licence_events
from tests.certificates.examples import RING, certificate
from tests.certificates.test_register import NOW, first_issue, make_case, set_state
from tests.sealing import authority, trial_seal, trust

BASE = "https://permit.example"
SEALED = "电子签章有效（试用印章，没有法律效力）。"


@pytest.fixture(scope="module")
def printed(shared_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the first certificate: its case is made again in each test, with the same file."""
    with shared_engine.connect() as db:
        return print_it(db, first_issue(db, make_case(db, "0001")), tmp_path_factory.mktemp("blobs"))


@pytest.fixture
def made(db: Connection) -> tuple[int, Issue]:
    """A case and its certificate that was not printed yet."""
    case_id = make_case(db, "0001")
    return case_id, first_issue(db, case_id)


def print_it(db: Connection, issue: Issue, blobs: Path, seal: Seal | None = None) -> bytes:
    seal = seal or trial_seal()
    sha256 = render_issue(db, issue.id, blobs=blobs, ring=RING, seal=seal, base_url=BASE, now=NOW)
    return read_blob(blobs, sha256)


def file(db: Connection, content: bytes, now: datetime = NOW) -> Verdict:
    return verify_file(db, content, now, trust=trust())


def test_a_file_as_it_was_issued_is_valid(db: Connection, made: tuple[int, Issue], tmp_path: Path) -> None:
    found = file(db, print_it(db, made[1], tmp_path))
    assert (found.verdict, found.number, found.public_id) == ("valid", made[1].number, made[1].public_id)
    assert found.reasons == ("文件与登记的一致。", SEALED, "证照状态：有效。")


def test_a_file_with_one_byte_changed_is_changed(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    content = print_it(db, made[1], tmp_path)
    found = file(db, content + b"\n")
    assert (found.verdict, found.number) == ("changed", made[1].number)
    assert "可能被改动过" in found.reasons[0]


def test_a_file_that_was_saved_again_by_an_editor_is_changed(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    writer, saved = pypdf.PdfWriter(io.BytesIO(print_it(db, made[1], tmp_path))), io.BytesIO()
    writer.write(saved)
    assert file(db, saved.getvalue()).verdict == "changed"


def test_a_revoked_licence_makes_the_same_file_changed_and_says_which(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    content = print_it(db, made[1], tmp_path)
    set_state(db, made[0], "tobacco_retail", "revoked")
    found = file(db, content)
    assert found.verdict == "changed"
    assert found.reasons[2:] == ("证照状态：部分有效。", "烟草专卖零售许可（N0001-1）：已撤销。")


def test_with_all_licences_revoked_the_same_file_is_revoked(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    content = print_it(db, made[1], tmp_path)
    for item in ("food_operation", "tobacco_retail"):
        set_state(db, made[0], item, "cancelled")
    assert file(db, content).verdict == "revoked"


def test_after_its_last_day_the_same_file_is_revoked_as_expired(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    content = print_it(db, made[1], tmp_path)
    found = file(db, content, datetime(2031, 11, 22, tzinfo=UTC))
    assert found.verdict == "revoked"
    assert "证照状态：已过期。" in found.reasons


def test_a_file_that_a_newer_issue_replaced_is_changed(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    old = print_it(db, made[1], tmp_path)
    set_state(db, made[0], "tobacco_retail", "revoked")
    newer = first_issue(db, made[0], "撤销一项许可", NOW + timedelta(days=1))
    assert newer.issue == 2
    set_state(db, made[0], "tobacco_retail", "valid")
    found = file(db, old)
    assert found.verdict == "changed"
    assert found.as_issued and "这是第1版，已被第2版代替" in found.reasons[2]
    assert found.reasons[3] == "不再有“烟草专卖零售许可”（有效）。"


def test_a_replaced_file_says_so_whatever_the_state_of_its_certificate(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    old = print_it(db, made[1], tmp_path)
    set_state(db, made[0], "tobacco_retail", "revoked")
    first_issue(db, made[0], "撤销一项许可", NOW + timedelta(days=1))
    found = file(db, old)
    assert "这是第1版，已被第2版代替" in found.reasons[2] and "（已撤销）" in found.reasons[3]


def test_a_file_whose_seal_was_revoked_or_is_not_believed_is_not_valid(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    ours, other = authority(), authority("另一根")
    content = print_it(db, made[1], tmp_path, ours.seal)
    listed = [ours.revocations(revoked_at=NOW - timedelta(days=1), until=NOW + timedelta(days=9))]
    expected = {"valid": ours.trust, "revoked": replace(ours.trust, revocations=listed)}
    for verdict, believed in {**expected, "cannot_tell": other.trust}.items():
        found = verify_file(db, content, NOW, trust=believed)
        assert (found.verdict, found.number) == (verdict, made[1].number), found.reasons
    assert "印章的证书已被吊销" in verify_file(db, content, NOW, trust=expected["revoked"]).reasons[1]


def test_a_forged_file_with_a_seal_of_ones_own_is_changed_and_its_seal_foreign(
    db: Connection, made: tuple[int, Issue], tmp_path: Path
) -> None:
    print_it(db, made[1], tmp_path)
    forged = render(certificate(number=made[1].number), url=BASE)
    pdf = sealed(forged, authority().seal, issuer="某局", reason="签发", at=NOW)
    found = file(db, pdf)
    assert found.verdict == "changed"
    assert "不是本系统信任的印章证书" in found.reasons[1]


def test_what_was_printed_before_there_were_seals_is_known_by_its_bytes(
    db: Connection, made: tuple[int, Issue]
) -> None:
    old = render(certificate(number=made[1].number), url=BASE).pdf
    db.execute(update(certificate_issues).values(pdf_sha256=hashlib.sha256(old).hexdigest(), rendered_at=NOW))
    found = file(db, old)
    assert (found.verdict, found.reasons[1]) == ("valid", "文件没有电子签章。")


def test_a_file_of_another_register_is_unknown(db: Connection, printed: bytes) -> None:
    found = file(db, printed)
    assert (found.verdict, found.number) == ("unknown", "370303-YZ-2026-000001")
    assert "登记簿里没有这个编号" in found.reasons[0]


def test_a_pdf_that_was_never_a_certificate_is_unknown(db: Connection) -> None:
    writer, plain = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(plain)
    assert file(db, plain.getvalue()).verdict == "unknown"


@pytest.mark.parametrize("number", ["\ud800", "a\0b", "1" * 10_000, 7])
def test_a_file_that_names_an_impossible_number_is_unknown(db: Connection, number: object) -> None:
    writer, hostile = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_attachment("certificate.json", json.dumps({"number": number}).encode())
    writer.write(hostile)
    assert file(db, hostile.getvalue()).verdict == "unknown"


def test_a_file_of_an_issue_not_printed_yet_cannot_be_told(
    db: Connection, made: tuple[int, Issue], printed: bytes
) -> None:
    found = file(db, printed)
    assert (found.verdict, found.number) == ("cannot_tell", made[1].number)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF\n", b"PK\x03\x04", "证书".encode()])
def test_what_is_no_pdf_cannot_be_told(db: Connection, content: bytes) -> None:
    assert file(db, content).verdict == "cannot_tell"


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_damaged_file_is_never_valid(shared_engine: Engine, printed: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(printed) - 1))
    cut = data.draw(st.integers(0, 50))
    with shared_engine.connect() as db:
        assert file(db, printed[:at] + printed[at + 1 + cut :]).verdict in ("unknown", "cannot_tell")


def test_a_number_a_code_an_address_and_a_licence_lead_to_the_same_certificate(
    db: Connection, made: tuple[int, Issue]
) -> None:
    number, code = made[1].number, made[1].public_id
    address = f"https://permit.example/v/{code}/"
    for given_text in (number, code, code.upper(), address, f" {number} ", "N0001-0"):
        found = verify_text(db, given_text, NOW, RING)
        assert (found.verdict, found.number) == ("valid", number), given_text


def test_a_licence_that_was_revoked_is_revoked_by_its_number_though_its_certificate_is_valid(
    db: Connection, made: tuple[int, Issue]
) -> None:
    set_state(db, made[0], "tobacco_retail", "revoked")
    first_issue(db, made[0], "撤销一项许可")
    found = verify_text(db, " N0001-1 ", NOW, RING)
    assert (found.verdict, found.number, found.public_id) == ("revoked", "N0001-1", made[1].public_id)
    assert found.reasons[0] == "许可 N0001-1（烟草专卖零售许可）：已撤销。"
    for given_text in (made[1].number, "N0001-0"):
        assert verify_text(db, given_text, NOW, RING).verdict == "valid"


def test_a_suspended_licence_does_not_hold_by_its_number(db: Connection, made: tuple[int, Issue]) -> None:
    set_state(db, made[0], "tobacco_retail", "suspended")
    found = verify_text(db, "N0001-1", NOW, RING)
    assert (found.verdict, found.reasons[0]) == ("revoked", "许可 N0001-1（烟草专卖零售许可）：已暂停。")


@pytest.mark.parametrize(
    "given_text", ["", "370303-YZ-2026-999999", "22222", "https://permit.example/", "%", "' or 1=1 --", "好"]
)
def test_what_the_register_does_not_hold_is_unknown(
    db: Connection, made: tuple[int, Issue], given_text: str
) -> None:
    found = verify_text(db, given_text, NOW, RING)
    assert found.verdict == "unknown"
    assert found.number is None


def test_a_certificate_whose_issue_was_lost_is_unknown(db: Connection, made: tuple[int, Issue]) -> None:
    for holding in (licence_events, handouts, certificate_issues):
        db.execute(delete(holding))
    assert verify_text(db, made[1].number, NOW, RING).verdict == "unknown"
