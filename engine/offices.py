"""Whose task or approval is whose: a membership belongs to it by role, department and region."""

from sqlalchemy import ColumnElement

from engine.tables import approvals, memberships, tasks


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
