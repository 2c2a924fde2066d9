"""What waits for a person's yes or no; nobody finds what they asked for themselves, or filed."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, select

from engine.approvals import Approval
from engine.errors import NotFound
from engine.offices import of_those_asked
from engine.people import User
from engine.tables import approvals, cases, memberships, users

MOST = 200


def open_approvals(db: Connection, user: User) -> tuple[Approval, ...]:
    """What is asked of offices that this person heads, the oldest first."""
    query = _approvals().where(approvals.c.state == "open", _asked_of(user))
    rows = db.execute(query.order_by(approvals.c.asked_at, approvals.c.id).limit(MOST))
    return tuple(Approval(*tuple(row)) for row in rows)


def find_approval(db: Connection, user: User, approval: int) -> Approval:
    """This approval, answered or not, if it is for this person to answer; NotFound otherwise."""
    row = db.execute(_approvals().where(approvals.c.id == approval, _asked_of(user))).one_or_none()
    if row is None:
        raise NotFound("没有找到这项待批事项。", "它可能不属于您负责的部门和区划，或者是您自己提请的。")
    return Approval(*tuple(row))


def approvals_of(db: Connection, case_id: int) -> tuple[Approval, ...]:
    """Everything that was asked for in a case, the oldest first; for those who may see the case."""
    query = _approvals().where(approvals.c.case_id == case_id).order_by(approvals.c.id)
    return tuple(Approval(*tuple(row)) for row in db.execute(query))


def _asked_of(user: User) -> ColumnElement[bool]:
    """Those that an office of this person decides, without those that are their own (four eyes)."""
    held = exists().where(memberships.c.user_id == user.id, of_those_asked())
    return held & (approvals.c.asked_by != user.id) & (cases.c.applicant_id != user.id)


def _approvals() -> Select[Any]:
    asker = users.alias("asker")
    return select(
        approvals.c.id,
        approvals.c.case_id,
        cases.c.number,
        cases.c.operator,
        approvals.c.item,
        approvals.c.kind,
        approvals.c["values"],
        approvals.c.reason,
        approvals.c.role,
        approvals.c.department,
        approvals.c.region,
        approvals.c.state,
        approvals.c.asked_by,
        asker.c.name,
        approvals.c.asked_at,
        approvals.c.words,
    ).select_from(
        approvals.join(cases, cases.c.id == approvals.c.case_id).join(
            asker, asker.c.id == approvals.c.asked_by
        )
    )
