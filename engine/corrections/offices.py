"""Who may mark what is missing while a case waits for its receipt: the window, and its reviewers."""

from dataclasses import dataclass

from sqlalchemy import Connection, literal, select, union_all

from engine.errors import NotFound
from engine.offices import of_one_office
from engine.people import User
from engine.reviewers import in_receipt, reviews_item
from engine.tables import case_items, cases, memberships, tasks

ACCEPT = "accept"


@dataclass(frozen=True)
class Desk:
    """An office of a person that looks at a case on receipt; `item` '' is the window."""

    item: str
    department: str
    region: str


@dataclass(frozen=True)
class Marker:
    """A case on receipt and the desks at which this person sits."""

    case_id: int
    desks: tuple[Desk, ...]

    @property
    def is_window(self) -> bool:
        return any(not desk.item for desk in self.desks)

    @property
    def items(self) -> frozenset[str]:
        """The items that this person's offices review."""
        return frozenset(desk.item for desk in self.desks if desk.item)


def find_marker(db: Connection, user: User, number: str) -> Marker:
    """The desks of this person at a case that waits for receipt; NotFound for all others, and afterwards."""
    window = (
        select(cases.c.id, literal("").label("item"), memberships.c.department, memberships.c.region)
        .select_from(cases.join(tasks).join(memberships, of_one_office()))
        .where(tasks.c.state == "open", tasks.c.act == ACCEPT)
    )
    reviewers = select(
        cases.c.id, case_items.c.item, memberships.c.department, memberships.c.region
    ).select_from(cases.join(case_items).join(memberships, reviews_item()))
    mine = (
        cases.c.number == number,
        cases.c.applicant_id != user.id,  # nobody handles their own application
        memberships.c.user_id == user.id,
    )
    rows = db.execute(
        union_all(window.where(*mine), reviewers.where(*mine, in_receipt(), case_items.c.outcome.is_(None)))
    ).all()
    if not rows:
        raise NotFound(
            "没有找到您可以核对的办件。", "它可能已经受理、正在等申请人补正，或者不由您所在的部门审查。"
        )
    desks = dict.fromkeys(Desk(row.item, row.department, row.region) for row in rows)
    return Marker(rows[0].id, tuple(desks))
