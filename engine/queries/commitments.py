"""What was promised in a case, what was decided on it, and how its check stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from engine.tables import case_items, cases, commitments, tasks
from engine.taking import CHECK

_check, _check_item = cases.alias("check_case"), case_items.alias("check_item")


@dataclass(frozen=True)
class FiledPromise:
    """One promise of a case; `state` is signed, withdrawn, kept or false, `outcome` that of its item.

    `letter` are the words that were signed. Of the check: its case's number and status, until when it is to
    be done, what was found, and the day by which to mend; "" or None while there is no such thing.
    """

    item: str
    letter: Mapping[str, object]
    signed_as: str
    signed_at: datetime
    state: str
    outcome: str | None
    check: str | None
    check_status: str
    check_due: datetime | None
    found: str
    mend_until: str


_due = (
    select(func.max(tasks.c.due_at))
    .where(tasks.c.case_id == _check.c.id, tasks.c.act == CHECK, tasks.c.state == "open")
    .scalar_subquery()
)
_PROMISES = (
    select(
        commitments,
        case_items.c.outcome,
        _check.c.number,
        _check.c.status,
        _check.c.words,
        _due.label("due"),
    )
    .join(
        case_items,
        and_(case_items.c.case_id == commitments.c.case_id, case_items.c.item == commitments.c.item),
    )
    .outerjoin(
        _check_item.join(_check, _check.c.id == _check_item.c.case_id),
        and_(_check.c.parent_id == commitments.c.case_id, _check_item.c.item == commitments.c.item),
    )
    .order_by(commitments.c.item)
)


def promises_of_case(db: Connection, case_id: int, parent_id: int | None) -> tuple[FiledPromise, ...]:
    """The promises of a case by item; in the case of a check, the one that it checks."""
    query = _PROMISES.where(commitments.c.case_id == (parent_id or case_id))
    if parent_id is not None:
        query = query.where(_check.c.id == case_id)
    return tuple(
        FiledPromise(
            item=row.item,
            letter=row.letter,
            signed_as=row.signed_as,
            signed_at=row.signed_at,
            state=row.state,
            outcome=row.outcome,
            check=row.number,
            check_status=row.status or "",
            check_due=row.due,
            found=str((row.words or {}).get("check_words") or ""),
            mend_until=str((row.words or {}).get("mend_ends") or "")[:10],
        )
        for row in db.execute(query)
    )
