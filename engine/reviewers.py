"""Who reviews an item, before there is a task for it: while a case waits for its receipt."""

from sqlalchemy import ColumnElement, exists, literal_column

from engine.tables import case_items, cases, memberships, tasks

CLERK = "clerk"


def reviews_item() -> ColumnElement[bool]:
    """The membership's holder is a clerk of the office that reviews the item; to be joined or correlated."""
    return (
        (memberships.c.role == CLERK)
        & (memberships.c.department == case_items.c.reviewer)
        & (memberships.c.region == case_items.c.region)
    )


def in_receipt() -> ColumnElement[bool]:
    """The case waits for an answer whether it is accepted: a reviewer may look at it without a task."""
    waiting = tasks.alias("receipt")
    return exists().where(
        waiting.c.case_id == cases.c.id,
        waiting.c.state == literal_column("'open'"),
        waiting.c.act.in_((literal_column("'accept'"), literal_column("'recheck'"))),
    )
