"""Which items of a case concern a person: an office sees what its own items need, and no more of it."""

from sqlalchemy import Connection, select, union

from engine.offices import of_one_office, of_those_asked
from engine.people import User
from engine.queries.incidents import seen_by
from engine.reviewers import in_receipt, reviews_item
from engine.tables import approvals, case_items, cases, memberships, tasks


def items_seen(db: Connection, user: User, case_id: int) -> frozenset[str] | None:
    """The items that offices of this person have or had tasks for; None for all of them.

    All of them concern a supervisor of the region, and an office whose task is about the whole case
    (个人信息保护法第六条: no more than the purpose needs). A head sees what their approval was asked for, a
    reviewer the items of their office also before it has a task, while the case waits for its receipt.
    """
    watched = select(cases.c.id).where(cases.c.id == case_id, seen_by(user))
    if db.execute(watched).first() is not None:
        return None
    worked = select(tasks.c.item).join(memberships, of_one_office())
    worked = worked.where(
        tasks.c.case_id == case_id, tasks.c.kind == "user", memberships.c.user_id == user.id
    )
    asked = select(approvals.c.item).join(memberships, of_those_asked())
    asked = asked.where(approvals.c.case_id == case_id, memberships.c.user_id == user.id)
    reviews = select(case_items.c.item).join(cases).join(memberships, reviews_item())
    reviews = reviews.where(cases.c.id == case_id, in_receipt(), memberships.c.user_id == user.id)
    found = frozenset(db.execute(union(worked, asked, reviews)).scalars())
    return None if None in found or "" in found else found
