"""A certificate follows the licences of its case, keeps one public id, and is printed once for each issue."""

import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import Connection, Engine, func, insert, select, text, update

from certificates.facts import read_facts, write_facts
from certificates.public import overall
from certificates.register import Issue, NothingGranted, issue, read_public
from certificates.rendering import render_issue
from certificates.scans import Looks, count_scan, read_looks
from engine.blobs import read_blob
from engine.deployments import publish
from engine.errors import NotFound
from engine.files import read_folder
from engine.tables import cases, certificate_issues, certificates, licences, scans, subjects, users
from tests.certificates.examples import RING, certificate
from tests.sealing import trial_seal

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ITEM_IDS = ("food_operation", "tobacco_retail")
ITEMS = ("食品经营许可", "烟草专卖零售许可")


def bytes_of(seed: int) -> Callable[[int], bytes]:
    """The same bytes for a seed each time, others for another: every case of a database has its public id."""
    return lambda count: hashlib.shake_256(f"{seed}".encode()).digest(count)


@pytest.fixture
def case_id(db: Connection) -> int:
    """A decided case with two licences."""
    return make_case(db, "0001")


def make_case(db: Connection, turn: str, items: tuple[str, ...] = ITEMS) -> int:
    deployment, _ = publish(db, read_folder(Path(__file__).parents[2]), "restaurant", NOW)
    uscc = f"92370303MA3T0{turn}X"
    subject = db.execute(insert(subjects).values(uscc=uscc, name="家常菜馆").returning(subjects.c.id))
    user = db.execute(
        insert(users)
        .values(login=f"a{turn}", name="甲", password_hash="-", created_at=NOW)
        .returning(users.c.id)
    )
    case = {
        "number": f"370303-YYZ-20261122-{turn}",
        "industry": "restaurant",
        "region": "370303",
        "subject_id": subject.scalar_one(),
        "applicant_id": user.scalar_one(),
        "deployment_id": deployment.id,
        "operator": "家常菜馆",
        "uscc": uscc,
        "phone": "13800000000",
        "status": "issuing",
        "guide": {},
        "answers": {"legal_rep": "张三丰", "op_address": "柳泉路128号"},
        "sources": {},
        "workflow_state": b"",
        "committed_on": date(2026, 12, 1),
        "submitted_at": NOW,
    }
    case_id = int(db.execute(insert(cases).values(case).returning(cases.c.id)).scalar_one())
    for i, (item, name) in enumerate(zip(ITEM_IDS, items, strict=False)):
        row = {"case_id": case_id, "item": item, "name": name, "document": f"{name}证"}
        said = {"number": f"N{turn}-{i}", "decider": "张店区行政审批服务局", "scope": "全部"}
        valid = {"valid_from": date(2026, 11, 22), "valid_until": date(2031, 11, 21)}
        db.execute(insert(licences).values(**row, **said, **valid))
    return case_id


def first_issue(db: Connection, case_id: int, reason: str = "首次签发", at: datetime = NOW) -> Issue:
    return issue(
        db, case_id=case_id, department="approval", reason=reason, now=at, random_bytes=bytes_of(case_id)
    )


def set_state(db: Connection, case_id: int, item: str, state: str) -> None:
    match = (licences.c.case_id == case_id, licences.c.item == item)
    db.execute(update(licences).where(*match).values(state=state))


def content(db: Connection, issued: Issue) -> str:
    query = select(certificate_issues.c.content).where(certificate_issues.c.id == issued.id)
    return str(db.execute(query).scalar_one())


def test_the_first_issue_states_the_case_s_facts_and_licences(db: Connection, case_id: int) -> None:
    made = first_issue(db, case_id)
    stated = read_facts(content(db, made))
    assert made.issue == 1
    assert made.number == "370303-YZ-2026-000001"
    assert (stated.industry, stated.operator, stated.legal_representative) == ("餐饮店", "家常菜馆", "张三丰")
    assert stated.issuer == "张店区行政审批服务局"
    assert stated.issued_on == date(2026, 11, 22)
    assert [line.item for line in stated.licences] == list(ITEMS)


def test_the_day_of_issue_is_the_local_one(db: Connection, case_id: int) -> None:
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert read_facts(content(db, first_issue(db, case_id, at=late))).issued_on == date(2026, 11, 23)


def test_numbers_of_a_region_and_year_have_no_gap(db: Connection) -> None:
    made = [first_issue(db, make_case(db, f"000{i}")).number for i in (1, 2, 3)]
    assert made == [f"370303-YZ-2026-00000{i}" for i in (1, 2, 3)]


def test_asked_again_while_nothing_changed_it_is_the_same_issue(db: Connection, case_id: int) -> None:
    first = first_issue(db, case_id)
    assert first_issue(db, case_id, at=NOW + timedelta(days=1)) == first
    assert db.execute(select(func.count()).select_from(certificate_issues)).scalar_one() == 1


def test_a_revoked_licence_leaves_the_next_issue_and_the_public_id_stays(
    db: Connection, case_id: int
) -> None:
    first = first_issue(db, case_id)
    set_state(db, case_id, "tobacco_retail", "revoked")
    second = first_issue(db, case_id, "撤销一项许可")
    assert (second.issue, second.public_id) == (2, first.public_id)
    assert [line.item for line in read_facts(content(db, second)).licences] == ["食品经营许可"]
    assert len(read_facts(content(db, first)).licences) == 2


def test_two_at_once_make_one_certificate_and_one_issue(db_engine: Engine) -> None:
    with db_engine.begin() as db:
        case_id = make_case(db, "0001")

    def once(_: int) -> Issue:
        with db_engine.begin() as db:
            return first_issue(db, case_id)

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(once, range(8)))
    assert len(made) == 1


def test_a_case_without_a_licence_gets_no_certificate(db: Connection) -> None:
    with pytest.raises(NothingGranted):
        first_issue(db, make_case(db, "0009", items=()))
    assert db.execute(select(func.count()).select_from(certificates)).scalar_one() == 0


def test_an_issue_queues_its_printing_in_the_same_transaction(db: Connection, case_id: int) -> None:
    made = first_issue(db, case_id)
    jobs = db.execute(text("select args from procrastinate_jobs where task_name = 'render_issue'")).scalars()
    assert list(jobs) == [{"issue_id": made.id}]


def test_printing_keeps_the_pdf_under_its_hash_once(db: Connection, case_id: int, tmp_path: Path) -> None:
    made = first_issue(db, case_id)
    sha256 = render_issue(
        db,
        made.id,
        blobs=tmp_path,
        ring=RING,
        seal=trial_seal(),
        base_url="https://permit.example/",
        now=NOW,
    )
    pdf = read_blob(tmp_path, sha256)
    assert hashlib.sha256(pdf).hexdigest() == sha256
    printed = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert f"https://permit.example/v/{made.public_id}" in printed
    again = render_issue(
        db,
        made.id,
        blobs=tmp_path / "none",
        ring=RING,
        seal=trial_seal(),
        base_url="https://other.example",
        now=NOW,
    )
    assert again == sha256


def test_an_issue_that_does_not_exist_cannot_be_printed(db: Connection, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        render_issue(
            db, 1, blobs=tmp_path, ring=RING, seal=trial_seal(), base_url="https://permit.example", now=NOW
        )


def test_anybody_may_read_each_licence_s_state_and_only_a_masked_name(db: Connection, case_id: int) -> None:
    made = first_issue(db, case_id)
    found = read_public(db, made.public_id, NOW)
    assert found is not None
    assert found.state == "有效"
    assert found.legal_representative == "张*"
    assert "张三丰" not in repr(found)
    assert [(line.item, line.state) for line in found.licences] == [(item, "有效") for item in ITEMS]
    assert (found.issue, found.number) == (1, made.number)


def test_a_revoked_licence_shows_at_once_on_the_same_address(db: Connection, case_id: int) -> None:
    made = first_issue(db, case_id)
    set_state(db, case_id, "tobacco_retail", "revoked")
    found = read_public(db, made.public_id, NOW)
    assert found is not None
    assert found.state == "部分有效"
    assert [line.state for line in found.licences] == ["有效", "已撤销"]


def test_a_new_issue_without_a_licence_that_ended_is_valid_and_keeps_it_as_history(
    db: Connection, case_id: int
) -> None:
    first_issue(db, case_id)
    set_state(db, case_id, "tobacco_retail", "revoked")
    found = read_public(db, first_issue(db, case_id, "撤销一项许可").public_id, NOW)
    assert found is not None and found.state == "有效"
    assert [line.state for line in found.licences] == ["有效"]
    assert [(line.item, line.state) for line in found.earlier] == [("烟草专卖零售许可", "已撤销")]


def test_a_suspended_licence_counts_although_it_is_not_printed(db: Connection, case_id: int) -> None:
    first_issue(db, case_id)
    set_state(db, case_id, "tobacco_retail", "suspended")
    found = read_public(db, first_issue(db, case_id, "暂停一项许可").public_id, NOW)
    assert found is not None and (found.state, found.earlier) == ("部分有效", ())
    assert [line.state for line in found.licences] == ["有效", "已暂停"]


def test_when_the_last_ones_expire_one_given_up_before_does_not_change_the_word(
    db: Connection, case_id: int
) -> None:
    first_issue(db, case_id)
    set_state(db, case_id, "tobacco_retail", "cancelled")
    made = first_issue(db, case_id, "注销一项许可")
    set_state(db, case_id, "food_operation", "expired")
    found = read_public(db, made.public_id, NOW)
    assert found is not None and found.state == "已过期"


def test_a_licence_holds_to_the_end_of_its_last_local_day(db: Connection, case_id: int) -> None:
    made = first_issue(db, case_id)
    midnight = datetime(2031, 11, 21, 16, 0, tzinfo=UTC)  # 2031-11-22 00:00 in Shanghai
    before, after = (
        read_public(db, made.public_id, moment) for moment in (midnight - timedelta(seconds=1), midnight)
    )
    assert before is not None and before.state == "有效"
    assert after is not None and after.state == "已过期"


def test_an_id_typed_in_capitals_is_read(db: Connection, case_id: int) -> None:
    made = first_issue(db, case_id)
    assert read_public(db, f" {made.public_id.upper()} ", NOW) is not None


@pytest.mark.parametrize(
    "public_id", ["", "22222", "2222222223", "0000000000", "' or 1=1 --", "好" * 10, "2\x00" * 5]
)
def test_a_wrong_id_finds_nothing_and_breaks_nothing(db: Connection, case_id: int, public_id: str) -> None:
    first_issue(db, case_id)
    assert read_public(db, public_id, NOW) is None


@pytest.mark.parametrize(
    ("states", "word"),
    [
        (("有效", "有效"), "有效"),
        (("有效", "已撤销"), "部分有效"),
        (("有效", "已变更"), "已变更"),
        (("已变更", "已过期"), "部分有效"),
        (("已过期", "已过期"), "已过期"),
        (("已过期", "已注销"), "已注销"),
        (("已撤销",), "已注销"),
        ((), "已注销"),
    ],
)
def test_a_certificate_lapses_with_the_last_of_its_licences(states: tuple[str, ...], word: str) -> None:
    assert overall(states) == word


def test_an_issue_s_facts_are_read_back_as_they_were_written() -> None:
    made = certificate(12)
    assert read_facts(write_facts(made)) == made


def test_looks_at_a_certificate_are_counted_by_day_and_nothing_else_is_kept(
    db: Connection, case_id: int
) -> None:
    made = issue(
        db, case_id=case_id, department="approval", reason="首次签发", now=NOW, random_bytes=bytes_of(1)
    )
    for day in (NOW.date(), NOW.date(), NOW.date() + timedelta(days=1)):
        count_scan(db, made.public_id, day)
    count_scan(db, "aaaaaaaaaa", NOW.date())
    assert db.execute(select(scans.c.count).order_by(scans.c.day)).scalars().all() == [2, 1]
    [certificate] = db.execute(select(certificates.c.id)).scalars()
    read = [read_looks(db, certificate, NOW.date() + timedelta(days=later)) for later in (0, 1, 29, 30, 31)]
    assert read == [Looks(2, 2), Looks(1, 3), Looks(0, 3), Looks(0, 1), Looks(0, 0)]
    assert set(scans.c.keys()) == {"certificate_id", "day", "count"}
