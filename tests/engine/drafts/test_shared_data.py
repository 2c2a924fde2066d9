"""Shared data is filled in with its source, contested in the open, and never stands in anybody's way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import Connection

from engine.drafts import accept_shared, contest, prefill, read_draft, states
from engine.drafts.sources import is_locked
from engine.errors import Invalid, NotFound
from engine.files import Files
from engine.people import User
from engine.shared_data import NotKnown, Registry, SharedData, SharedRecord, Unavailable
from tests.engine.drafts.filling import NOW, SUBJECT, USCC, add_applicant, begin, fill

OTHER = "92370303MA3T00025N"
UNKNOWN = "91370303MA3T0099XE"  # well formed, in no register


@dataclass(frozen=True)
class Down:
    """An office whose register does not answer."""

    def lookup(self, uscc: str, *, now: datetime) -> SharedRecord:
        raise Unavailable


@dataclass(frozen=True)
class Says:
    """An office that knows exactly these values."""

    values: Mapping[str, object]

    def lookup(self, uscc: str, *, now: datetime) -> SharedRecord:
        return SharedRecord(self.values, "市场监督管理局", now)


@pytest.fixture
def registry(files: Files) -> Registry:
    return Registry(files)


def ask(db: Connection, user: User, draft: str, provider: SharedData, **typed: str) -> int:
    raw = {"uscc": USCC, **typed}
    return prefill(db, user=user, draft=draft, raw=raw, provider=provider, now=NOW)


def test_what_the_register_knows_is_filled_in_with_source_and_date(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    assert ask(db, applicant, draft, registry) == 7
    record = read_draft(db, applicant, draft, NOW).record
    assert record.answers["ent_name"] == "淄博小厨飘香餐饮有限公司"
    assert record.sources["ent_name"] == {
        "value": "淄博小厨飘香餐饮有限公司",
        "source": "市场监管部门共享数据（演示库）",
        "at": NOW.isoformat(),
        "uscc": USCC,
    }


def test_filling_in_is_not_confirming(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry, phone="13800000001")
    assert states(read_draft(db, applicant, draft, NOW))["subject"] == "todo"


def test_what_was_typed_before_asking_stays_right_or_wrong(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry, phone="1380000000")
    found = read_draft(db, applicant, draft, NOW)
    assert found.inputs(found.section("subject"))["phone"] == "1380000000"
    assert states(found)["subject"] == "error"


def test_a_shared_value_cannot_be_overwritten_by_what_a_page_sends(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry)
    assert fill(db, applicant, draft, "subject", ent_name="别人家的店", legal_rep="别人") == {}
    record = read_draft(db, applicant, draft, NOW).record
    assert (record.answers["ent_name"], record.answers["legal_rep"]) == (SUBJECT["ent_name"], "张守信")


def test_a_contested_value_keeps_both_sides_and_the_reason(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry)
    raw = {"legal_rep": "王新任", "reason": "2026年11月20日已变更法定代表人"}
    contest(db, user=applicant, draft=draft, section="subject", field="legal_rep", raw=raw, now=NOW)
    record = read_draft(db, applicant, draft, NOW).record
    assert record.answers["legal_rep"] == "王新任"
    assert record.sources["legal_rep"]["value"] == "张守信"
    assert record.sources["legal_rep"]["contested"] == {
        "reason": "2026年11月20日已变更法定代表人",
        "at": NOW.isoformat(),
    }


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({"legal_rep": "王新任", "reason": " "}, {"reason"}),
        ({"legal_rep": "", "reason": "变更了"}, {"legal_rep"}),
        ({}, {"legal_rep", "reason"}),
    ],
)
def test_a_contest_needs_a_value_and_a_reason(
    db: Connection, applicant: User, draft: str, registry: Registry, raw: dict[str, str], wrong: set[str]
) -> None:
    ask(db, applicant, draft, registry)
    with pytest.raises(Invalid) as refused:
        contest(db, user=applicant, draft=draft, section="subject", field="legal_rep", raw=raw, now=NOW)
    assert set(refused.value.errors) == wrong


def test_a_contest_can_be_taken_back(db: Connection, applicant: User, draft: str, registry: Registry) -> None:
    ask(db, applicant, draft, registry)
    raw = {"legal_rep": "王新任", "reason": "变更了"}
    contest(db, user=applicant, draft=draft, section="subject", field="legal_rep", raw=raw, now=NOW)
    accept_shared(db, user=applicant, draft=draft, section="subject", field="legal_rep", now=NOW)
    found = read_draft(db, applicant, draft, NOW)
    assert found.record.answers["legal_rep"] == "张守信"
    assert is_locked(found, "legal_rep")


def test_a_value_that_nobody_shared_cannot_be_contested(db: Connection, applicant: User, draft: str) -> None:
    with pytest.raises(NotFound):
        contest(db, user=applicant, draft=draft, section="subject", field="phone", raw={}, now=NOW)


def test_another_subject_brings_its_own_values(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry)
    ask(db, applicant, draft, registry, uscc=OTHER)
    assert read_draft(db, applicant, draft, NOW).record.answers["ent_name"] == "张店区老街烩面馆"


def test_saving_another_code_drops_what_was_shared_about_the_first(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry)
    assert fill(db, applicant, draft, "subject", uscc=OTHER, ent_name="老街烩面馆") == {}
    record = read_draft(db, applicant, draft, NOW).record
    assert record.sources == {}
    assert record.answers["ent_name"] == "老街烩面馆"


def test_a_wrong_code_is_named_and_nobody_is_asked(db: Connection, applicant: User, draft: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(db, applicant, draft, Down(), uscc="91370303MA3T00017X")
    assert "校验位" in refused.value.errors["uscc"]


def test_an_unknown_subject_is_typed_by_hand(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    with pytest.raises(NotKnown):
        ask(
            db,
            applicant,
            draft,
            registry,
            uscc=UNKNOWN,
        )
    assert fill(db, applicant, draft, "subject") == {}


def test_a_register_that_is_down_stops_nobody(db: Connection, applicant: User, draft: str) -> None:
    with pytest.raises(Unavailable):
        ask(db, applicant, draft, Down())
    assert fill(db, applicant, draft, "subject") == {}
    found = read_draft(db, applicant, draft, NOW)
    assert (states(found)["subject"], found.record.sources) == ("done", {})


def test_a_register_file_that_is_missing_counts_as_down() -> None:
    with pytest.raises(Unavailable):
        Registry({}).lookup(USCC, now=NOW)


def test_a_shared_value_that_the_form_would_refuse_is_left_to_type(
    db: Connection, applicant: User, draft: str
) -> None:
    values = {"uscc": USCC, "ent_name": "名" * 200, "legal_rep": "张守信", "ent_type": "星际公司"}
    assert ask(db, applicant, draft, Says(values)) == 1
    found = read_draft(db, applicant, draft, NOW)
    assert is_locked(found, "legal_rep")
    assert not is_locked(found, "ent_name")


def test_nobody_fills_in_anothers_draft(db: Connection, draft: str, registry: Registry) -> None:
    with pytest.raises(NotFound):
        ask(db, add_applicant(db, "stranger"), draft, registry)


def test_two_drafts_of_one_person_do_not_share_values(
    db: Connection, applicant: User, draft: str, registry: Registry
) -> None:
    ask(db, applicant, draft, registry)
    other = read_draft(db, applicant, begin(db, applicant), NOW)
    assert "ent_name" not in other.record.answers
