"""What an office that supervises was told: its list, one query paged by key, and one with all it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select, true

from engine.errors import NotFound
from engine.people import User
from engine.regulators.offices import IS_NEW, REGULATOR, told_to
from engine.tables import (
    cases,
    certificates,
    feedback,
    licences,
    memberships,
    published_industries,
    pushes,
    users,
)

PAGE = 50
COUNTED_UP_TO = 1000
NEW, CLAIMED, ALL = "new", "claimed", "all"
_WHICH: Mapping[str, tuple[ColumnElement[bool], ...]] = {
    NEW: (IS_NEW,),
    CLAIMED: (pushes.c.claimed_at.is_not(None),),
    ALL: (),
}


@dataclass(frozen=True)
class PushRow:
    """One line: what became of which licence of whom (`kind`), its state today, and whether it is claimed."""

    id: int
    kind: str
    item: str
    document: str
    number: str
    state: str
    operator: str
    industry_name: str
    case_number: str
    pushed_at: datetime
    claim_by: date
    claimed_at: datetime | None
    claimed_by: str | None
    answered: bool


@dataclass(frozen=True)
class PushPage:
    """One page of the list, the newest first; `next` is the id after which the page after it begins."""

    rows: tuple[PushRow, ...]
    next: int | None


@dataclass(frozen=True)
class Push:
    """One push with its frozen `content` (see engine.regulators.content)."""

    id: int
    licence_id: int
    certificate_id: int
    case_id: int
    item: str
    department: str
    region: str
    kind: str
    case_number: str
    content: Mapping[str, Any]
    pushed_at: datetime
    claim_by: date
    claimed_at: datetime | None
    claimed_by: str | None


def pushed(
    db: Connection, user: User, which: str, *, industry: str = "", state: str = "", after: int | None = None
) -> PushPage:
    """What this person's offices were told; `which` is new, claimed or all, the filters "" for any."""
    wanted = [*_WHICH[which], memberships.c.department == pushes.c.department]
    wanted.append(memberships.c.region == pushes.c.region)
    if industry:
        wanted.append(pushes.c.industry == industry)
    if state:
        wanted.append(licences.c.state == state)
    if after is not None:
        wanted.append(pushes.c.id < after)
    told = select(pushes, licences.c.document, licences.c.number, licences.c.state, licences.c.name)
    of_office = (
        told.select_from(pushes)
        .join(licences, licences.c.id == pushes.c.licence_id)
        .where(*wanted)
        .order_by(pushes.c.id.desc())
        .limit(PAGE + 1)
        .lateral("told")
    )
    answered = exists().where(
        feedback.c.licence_id == of_office.c.licence_id, feedback.c.given_at >= of_office.c.pushed_at
    )
    query = (
        select(of_office, certificates.c.operator, cases.c.number.label("case_number"))
        .add_columns(func.coalesce(published_industries.c.name, cases.c.industry).label("industry_name"))
        .add_columns(users.c.name.label("claimer"), answered.label("answered"))
        .select_from(memberships.join(of_office, true()))
        .join(cases, cases.c.id == of_office.c.case_id)
        .join(certificates, certificates.c.id == of_office.c.certificate_id)
        .outerjoin(published_industries, published_industries.c.industry == cases.c.industry)
        .outerjoin(users, users.c.id == of_office.c.claimed_by)
        .where(memberships.c.user_id == user.id, memberships.c.role == REGULATOR)
        .order_by(of_office.c.id.desc())
        .limit(PAGE + 1)
    )
    rows = tuple(_row(row) for row in db.execute(query))
    return PushPage(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def count_new(db: Connection, user: User) -> int:
    """How many wait to be claimed, counted up to 1000, which a page shows as “999+”."""
    new = select(pushes.c.id).where(IS_NEW, told_to(user)).limit(COUNTED_UP_TO).subquery()
    return int(db.execute(select(func.count()).select_from(new)).scalar_one())


def push_told(db: Connection, user: User, push: int) -> Push:
    """The push with this id if it went to an office of this person; NotFound otherwise."""
    query = _pushes().where(pushes.c.id == push, told_to(user))
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这条推送。", "它可能不属于您所在的部门；请从“审管联动”的列表进入。")
    return _push(row)


def pushes_of_case(db: Connection, case_id: int) -> tuple[Push, ...]:
    """Everything that regulators were told of a case that the caller has already been given."""
    return tuple(map(_push, db.execute(_pushes().where(pushes.c.case_id == case_id).order_by(pushes.c.id))))


def _pushes() -> Select[Any]:
    return (
        select(pushes, users.c.name.label("claimer"), cases.c.number.label("case_number"))
        .select_from(pushes)
        .join(cases, cases.c.id == pushes.c.case_id)
        .outerjoin(users, users.c.id == pushes.c.claimed_by)
    )


def _row(row: Row[Any]) -> PushRow:
    return PushRow(
        id=row.id,
        kind=row.kind,
        item=row.name,
        document=row.document,
        number=row.number,
        state=row.state,
        operator=row.operator,
        industry_name=row.industry_name,
        case_number=row.case_number,
        pushed_at=row.pushed_at,
        claim_by=row.claim_by,
        claimed_at=row.claimed_at,
        claimed_by=row.claimer,
        answered=row.answered,
    )


def _push(row: Row[Any]) -> Push:
    return Push(
        id=row.id,
        licence_id=row.licence_id,
        certificate_id=row.certificate_id,
        case_id=row.case_id,
        item=row.item,
        department=row.department,
        region=row.region,
        kind=row.kind,
        case_number=row.case_number,
        content=row.content,
        pushed_at=row.pushed_at,
        claim_by=row.claim_by,
        claimed_at=row.claimed_at,
        claimed_by=row.claimer,
    )
