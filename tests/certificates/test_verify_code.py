"""The verdict on what stands in a QR code: the register's, and what speaks against that very paper."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from certificates.code.address import code_url
from certificates.facts import read_facts
from certificates.register import Issue
from certificates.rendering import render_issue
from certificates.verify import verify_file, verify_text
from engine.blobs import read_blob
from engine.tables import certificates
from tests.certificates.examples import RING
from tests.certificates.test_register import NOW, content, first_issue, make_case, set_state
from tests.sealing import trial_seal, trust


@pytest.fixture
def case(db: Connection) -> int:
    return make_case(db, "0001")


def code(db: Connection, made: Issue) -> str:
    index = db.execute(select(certificates.c.list_index)).scalar_one()
    return code_url(RING, "https://permit.example", made.public_id, read_facts(content(db, made)), index)


def test_the_code_of_a_valid_certificate_is_valid(db: Connection, case: int) -> None:
    assert verify_text(db, code(db, first_issue(db, case)), NOW, RING).verdict == "valid"


def test_a_changed_code_is_refused_though_its_certificate_is_valid(db: Connection, case: int) -> None:
    good = code(db, first_issue(db, case))
    found = verify_text(db, good[:-1], NOW, RING)
    assert found.verdict == "changed" and "不要采信" in found.reasons[1]
    assert verify_text(db, good.rpartition("/")[0], NOW, RING).verdict == "valid"


def test_the_code_of_an_earlier_issue_says_what_changed(db: Connection, case: int) -> None:
    old = code(db, first_issue(db, case))
    db.execute(update(certificates).where(certificates.c.case_id == case).values(operator="春和酒楼"))
    first_issue(db, case, "变更名称")
    found = verify_text(db, old, NOW, RING)
    assert found.verdict == "changed"
    assert found.reasons[:2] == (
        "这是第1版，已被第2版代替。请使用新的一版。",
        "名称由“家常菜馆”改为“春和酒楼”。",
    )


def test_the_code_of_a_certificate_without_a_licence_left_is_revoked(db: Connection, case: int) -> None:
    good = code(db, first_issue(db, case))
    for item in ("food_operation", "tobacco_retail"):
        set_state(db, case, item, "revoked")
    assert verify_text(db, good, NOW, RING).verdict == "revoked"


@pytest.fixture
def replaced(db: Connection, tmp_path: Path) -> tuple[int, bytes, str]:
    """A case whose first issue states one licence and its second another, too; file and code of the first."""
    case = make_case(db, "0001")
    set_state(db, case, "tobacco_retail", "cancelled")
    made = first_issue(db, case)
    at = {"blobs": tmp_path, "ring": RING, "base_url": "https://permit.example", "now": NOW}
    printed = read_blob(tmp_path, render_issue(db, made.id, seal=trial_seal(), **at))
    set_state(db, case, "tobacco_retail", "valid")
    assert first_issue(db, case, "增加一项许可").issue == 2
    return case, printed, code(db, made)


def test_a_replaced_paper_is_changed_while_what_it_states_holds(
    db: Connection, replaced: tuple[int, bytes, str]
) -> None:
    _case, printed, address = replaced
    for found in (verify_file(db, printed, NOW, trust=trust()), verify_text(db, address, NOW, RING)):
        assert found.verdict == "changed" and "增加了“烟草专卖零售许可”。" in found.reasons


@pytest.mark.parametrize("state", ["revoked", "cancelled", "expired", "suspended"])
def test_a_replaced_paper_on_which_nothing_holds_is_not_saved_by_what_was_added_later(
    db: Connection, replaced: tuple[int, bytes, str], state: str
) -> None:
    case, printed, address = replaced
    set_state(db, case, "food_operation", state)
    made = first_issue(db, case, "只剩一项许可")
    assert made.issue == 3
    for found in (verify_file(db, printed, NOW, trust=trust()), verify_text(db, address, NOW, RING)):
        assert (found.verdict, found.number) == ("revoked", made.number)
        assert "这一版写的许可现在都无效。" in found.reasons
