"""Records who made a false promise; while a record holds, that subject cannot promise again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.cases import Case
from engine.days import local_day
from engine.errors import Refusal
from engine.tables import cases, credit_records, subjects

FALSE_COMMITMENT = "false_commitment"
SETTING = "credit_days"  # of a region: calendar days that a record holds
DEFAULT_DAYS = 365


@dataclass(frozen=True)
class Record:
    """A false promise on record: in which case, what was found, and the last day on which it holds."""

    case_number: str
    item: str
    words: str
    until: date


class Blocked(Refusal):
    """The subject has a record that holds: it cannot promise until the day after."""

    do = "这次请按一般程序办理，材料和条件与别人相同；对这条记录有异议的，可以向作出决定的机关提出。"

    def __init__(self, record: Record) -> None:
        super().__init__(in_words(record))


def in_words(record: Record) -> str:
    """Why a subject cannot promise, and until when."""
    return (
        f"这个主体在办件 {record.case_number} 中的承诺经核查不属实，许可已被撤销。"
        f"按规定，{record.until.isoformat()} 以前（含当天）不再适用告知承诺。"
    )


def record_of(db: Connection, uscc: str, today: date) -> Record | None:
    """The record of a subject that holds the longest, or None when none holds today."""
    query = (
        select(cases.c.number, credit_records.c.item, credit_records.c.words, credit_records.c.until)
        .join(cases, cases.c.id == credit_records.c.case_id)
        .join(subjects, subjects.c.id == credit_records.c.subject_id)
        .where(subjects.c.uscc == uscc, credit_records.c.until >= today)
        .order_by(credit_records.c.until.desc())
        .limit(1)
    )
    row = db.execute(query).one_or_none()
    return None if row is None else Record(*row)


def put_on_record(db: Connection, case: Case, item: str, words: str, days: int, now: datetime) -> date:
    """Keep that a promise was false, for `days` calendar days from today; returns the last of them. Once."""
    until = local_day(now) + timedelta(days=days)
    row = {
        "subject_id": case.subject_id,
        "case_id": case.id,
        "item": item,
        "kind": FALSE_COMMITMENT,
        "words": words,
        "until": until,
        "recorded_at": now,
    }
    db.execute(upsert(credit_records).values(row).on_conflict_do_nothing())
    return until
