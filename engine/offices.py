"""Whose task is whose: a membership and a task belong together by role, department and region."""

from sqlalchemy import ColumnElement

from engine.tables import memberships, tasks


def of_one_office() -> ColumnElement[bool]:
    """The membership's holder works in the office that the task waits for; to be joined or correlated."""
    return (
        (memberships.c.department == tasks.c.department)
        & (memberships.c.region == tasks.c.region)
        & (memberships.c.role == tasks.c.role)
    )
