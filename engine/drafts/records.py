"""One application being filled in, as it lies in the database: found by its owner, one writer at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from engine.catalogue import Answer
from engine.errors import CaseMoved, NotFound, Refusal
from engine.people import User
from engine.tables import cases, drafts
from forms.inputs import Raw

OPEN, DISCARDED = "open", "discarded"


class AlreadySubmitted(Refusal):
    """The draft became a case; `number` is the case's."""

    do = "请从“我的办件”查看办理进度。"

    def __init__(self, number: str) -> None:
        super().__init__(f"您已提交，受理号 {number}。")
        self.number = number


@dataclass(frozen=True)
class Record:
    """A draft's row: `answers` are cleaned values by field, `typed` raw inputs by section that hold mistakes.

    With `parent_id` what is applied for joins that case's certificate, on which `left_out` stand already.
    `sources` says for each prefilled field what was shared, by whom and when (see engine.drafts.prefill).
    """

    id: str
    user_id: int
    industry: str
    region: str
    deployment_id: int
    guide: Mapping[str, Answer]
    answers: Mapping[str, object]
    sources: Mapping[str, Mapping[str, object]]
    typed: Mapping[str, Raw]
    done: frozenset[str]
    version: int
    created_at: datetime
    updated_at: datetime
    parent_id: int | None = None
    left_out: tuple[str, ...] = ()


def find(db: Connection, user: User, draft: str) -> Record:
    """The person's own open draft. Raises NotFound for any other, AlreadySubmitted when it became a case."""
    query = (
        select(drafts, cases.c.number)
        .outerjoin(cases, cases.c.id == drafts.c.case_id)
        .where(drafts.c.id == draft, drafts.c.user_id == user.id, drafts.c.state != DISCARDED)
    )
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这份申请。", "请从“我的办件”进入自己的申请。")
    if row.number is not None:
        raise AlreadySubmitted(row.number)
    return Record(
        id=row.id,
        user_id=row.user_id,
        industry=row.industry,
        region=row.region,
        deployment_id=row.deployment_id,
        guide=row.guide,
        answers=row.answers,
        sources=row.sources,
        typed=row.typed,
        done=frozenset(row.done_sections),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        parent_id=row.parent_id,
        left_out=tuple(row.left_out),
    )


def write(db: Connection, record: Record, now: datetime) -> None:
    """Write a draft that was read at `record.version`; CaseMoved when another tab was faster."""
    written = db.execute(
        update(drafts)
        .where(drafts.c.id == record.id, drafts.c.version == record.version, drafts.c.state == OPEN)
        .values(
            region=record.region,
            deployment_id=record.deployment_id,
            guide=dict(record.guide),
            answers=dict(record.answers),
            sources=dict(record.sources),
            typed=dict(record.typed),
            done_sections=sorted(record.done),
            version=record.version + 1,
            updated_at=now,
        )
    )
    if written.rowcount != 1:
        raise CaseMoved


def discard(db: Connection, user: User, draft: str, now: datetime) -> None:
    """Throw an open draft away: it is shown nowhere any more."""
    record = find(db, user, draft)
    match = (drafts.c.id == record.id, drafts.c.state == OPEN)
    db.execute(update(drafts).where(*match).values(state=DISCARDED, updated_at=now))
