"""Who may open an inspection: its team, the offices that join, and the office that leads it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from engine.errors import NotFound
from engine.inspections.inspection import Inspection, find_inspection
from engine.offices import of_one_office
from engine.people import User
from engine.tables import cases, inspection_offices, inspections, inspectors, memberships, tasks

LEADING = ("arrange", "inspect", "reinspect")  # the acts whose office leads the visit
JOINING = ("clerk", "inspector")  # the roles that may look for their office


@dataclass(frozen=True)
class Seat:
    """An inspection before one person: whether they lead it, and the offices for which they may look."""

    inspection: Inspection
    leads: bool
    offices: frozenset[tuple[str, str]]  # (department, region)
    in_team: bool


def leads(user_id: int) -> ColumnElement[bool]:
    """The person works in an office that has or had a leading step of the inspection's case."""
    return (
        exists()
        .where(tasks.c.case_id == inspections.c.case_id, tasks.c.act.in_(LEADING))
        .where(memberships.c.user_id == user_id, of_one_office())
    )


def joins(user_id: int) -> ColumnElement[bool]:
    """The person works in one of the offices of the inspection."""
    return exists().where(
        inspection_offices.c.inspection_id == inspections.c.id,
        memberships.c.user_id == user_id,
        memberships.c.role.in_(JOINING),
        memberships.c.department == inspection_offices.c.department,
        memberships.c.region == inspection_offices.c.region,
    )


def comes(user_id: int) -> ColumnElement[bool]:
    """The person is of the team."""
    return exists().where(inspectors.c.inspection_id == inspections.c.id, inspectors.c.user_id == user_id)


def take_seat(db: Connection, user: User, inspection_id: int) -> Seat:
    """The inspection if this person leads, joins or is of the team; NotFound else, and for their own case."""
    query = (
        select(leads(user.id), joins(user.id), comes(user.id))
        .join_from(inspections, cases, cases.c.id == inspections.c.case_id)
        .where(inspections.c.id == inspection_id, cases.c.applicant_id != user.id)
    )
    row = db.execute(query).one_or_none()
    found = find_inspection(db, inspection_id) if row is not None and any(row) else None
    if row is None or found is None:
        raise NotFound("没有找到这次踏勘。", "它可能不归您所在的部门；请从踏勘列表进入。")
    own = {(each.department, each.region) for each in user.memberships if each.role in JOINING}
    offices = frozenset((each.department, each.region) for each in found.offices) & own
    return Seat(found, bool(row[0]), offices, bool(row[2]))


def seats_of(db: Connection, user: User, found: Collection[int]) -> frozenset[int]:
    """Which of these inspections, by id, this person may open."""
    query = (
        select(inspections.c.id)
        .join(cases, cases.c.id == inspections.c.case_id)
        .where(inspections.c.id.in_(found), cases.c.applicant_id != user.id)
        .where(or_(leads(user.id), joins(user.id), comes(user.id)))
    )
    return frozenset(db.execute(query).scalars())
