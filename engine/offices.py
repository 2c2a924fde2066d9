"""Whose task or approval is whose: a membership belongs to it by role, department and region."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, select

from engine.tables import approvals, memberships, tasks, users

LOOKING = ("inspector", "clerk")  # the roles that may be sent to a visit


def of_one_office() -> ColumnElement[bool]:
    """The membership's holder works in the office that the task waits for; to be joined or correlated."""
    return (
        (memberships.c.department == tasks.c.department)
        & (memberships.c.region == tasks.c.region)
        & (memberships.c.role == tasks.c.role)
    )


def of_those_asked() -> ColumnElement[bool]:
    """The membership's holder is of the office that the approval was asked of."""
    return (
        (memberships.c.department == approvals.c.department)
        & (memberships.c.region == approvals.c.region)
        & (memberships.c.role == approvals.c.role)
    )


def colleagues(db: Connection, department: str, region: str, *, but: int = 0) -> Mapping[int, str]:
    """Id and name of everybody whom an office can send to a visit; `but` one, who applied for it."""
    query = (
        select(users.c.id, users.c.name)
        .join(memberships, memberships.c.user_id == users.c.id)
        .where(memberships.c.department == department, memberships.c.region == region)
        .where(memberships.c.role.in_(LOOKING), users.c.active, users.c.id != but)
        .order_by(users.c.name, users.c.id)
        .distinct()
    )
    return {int(id): name for id, name in db.execute(query)}
