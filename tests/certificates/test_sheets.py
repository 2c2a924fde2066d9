"""Who wants it gets each licence on a sheet of its own; a sheet is made anew when its licence changes."""

import io
from datetime import date
from pathlib import Path

import pypdf
from sqlalchemy import Connection, select, update

from certificates.facts import read_facts
from certificates.life.history import RENEWED, Cause
from certificates.life.writing import Change, write
from certificates.rendering import render_issue
from engine.blobs import read_blob
from engine.events import SYSTEM
from engine.tables import cases, certificate_issues, certificates, licence_sheets
from tests.certificates.examples import RING
from tests.certificates.life.lives import at, licences_of
from tests.certificates.pdf_a import faults
from tests.certificates.test_register import first_issue, make_case
from tests.sealing import trial_seal

NOW = at("2026-12-01")
WHY = Cause("测试", SYSTEM, None, NOW)


def wanting(db: Connection) -> int:
    """The first issue of a certificate whose holder asked for single sheets, too; returns its id."""
    case = make_case(db, "0001")
    answers = {"legal_rep": "张三丰", "op_address": "柳泉路128号", "want_separate_certs": True}
    db.execute(update(cases).where(cases.c.id == case).values(answers=answers))
    return first_issue(db, case).id


def sheets(db: Connection) -> list[tuple[int, str]]:
    """Issue and document of every sheet, oldest first."""
    query = select(certificate_issues.c.issue, licence_sheets.c.content).join_from(
        licence_sheets, certificate_issues
    )
    rows = db.execute(query.order_by(licence_sheets.c.id))
    return [(row.issue, read_facts(row.content).title) for row in rows]


def certificate_of(db: Connection) -> int:
    return int(db.execute(select(certificates.c.id)).scalar_one())


def test_each_licence_gets_its_sheet_with_the_first_issue(db: Connection) -> None:
    wanting(db)
    assert sheets(db) == [(1, "食品经营许可证"), (1, "烟草专卖零售许可证")]


def test_who_did_not_ask_for_sheets_gets_none(db: Connection) -> None:
    first_issue(db, make_case(db, "0001"))
    assert sheets(db) == []


def test_only_a_licence_that_changed_gets_a_new_sheet(db: Connection) -> None:
    wanting(db)
    certificate = certificate_of(db)
    longer = Change(licences_of(db, certificate)[1].id, RENEWED, {"valid_until": date(2036, 11, 21)})
    write(db, certificate, [longer], WHY)
    assert sheets(db)[2:] == [(2, "烟草专卖零售许可证")]


def test_a_new_name_and_a_further_copy_make_all_sheets_anew(db: Connection) -> None:
    wanting(db)
    certificate = certificate_of(db)
    write(db, certificate, (), WHY, face={"operator": "新名称餐馆"})
    write(db, certificate, (), WHY, further_copy=True)
    assert [issue for issue, _ in sheets(db)] == [1, 1, 2, 2, 3, 3]


def test_a_sheet_is_printed_with_its_issue_and_says_what_it_is_for(db: Connection, tmp_path: Path) -> None:
    issue = wanting(db)
    base_url, seal = "https://permit.example", trial_seal()
    render_issue(db, issue, blobs=tmp_path, ring=RING, base_url=base_url, seal=seal, now=NOW)
    sha256 = db.execute(select(licence_sheets.c.pdf_sha256).order_by(licence_sheets.c.id)).scalars().first()
    pdf = read_blob(tmp_path, str(sha256))
    assert faults(pdf) == []
    printed = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(text in printed for text in ("食 品 经 营 许 可 证", "家常菜馆", "N0001-0", "2026-11-22"))
