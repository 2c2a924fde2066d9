"""Which items of a case an office may act on, as far as hearings go."""

from sqlalchemy import Connection, exists, select

from engine.hearings.finding import deciding
from engine.hearings.hearing import CANCELLED
from engine.people import User
from engine.tables import case_items, cases, hearings, tasks


def items_decided(db: Connection, user: User, case_id: int) -> frozenset[str]:
    """The undecided items of a case that an office of this person decides."""
    query = select(case_items.c.item).join(cases, cases.c.id == case_items.c.case_id)
    return frozenset(db.execute(query.where(cases.c.id == case_id, deciding(user))).scalars())


def items_to_offer(db: Connection, user: User, case_id: int) -> frozenset[str]:
    """Those of them that wait for the decision and of which no hearing was spoken yet."""
    waits = exists().where(
        tasks.c.case_id == cases.c.id,
        tasks.c.item == case_items.c.item,
        tasks.c.act == "decide",
        tasks.c.state == "open",
    )
    spoken = exists().where(
        hearings.c.case_id == cases.c.id,
        hearings.c.item == case_items.c.item,
        hearings.c.state != CANCELLED,
    )
    query = select(case_items.c.item).join(cases, cases.c.id == case_items.c.case_id)
    return frozenset(db.execute(query.where(cases.c.id == case_id, deciding(user), waits, ~spoken)).scalars())
