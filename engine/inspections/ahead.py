"""The visits that an inspector has before them: today's, those that are overdue, and those to come."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, literal_column, or_, select

from engine.inspections.access import comes, joins, leads
from engine.inspections.inspection import HELD
from engine.people import User
from engine.tables import cases, inspections, published_industries

MOST = 200
# Literal, so that the partial index over the visits still to be held is seen.
IS_OPEN: ColumnElement[bool] = literal_column("inspections.state in ('proposed', 'settled')")


@dataclass(frozen=True)
class VisitAhead:
    """One visit of a list; `day` and `half` are those that hold or are offered first, None for a re-check on
    paper. `in_team` says whether the person comes along, or their office only joins or leads."""

    id: int
    round: int
    kind: str
    state: str
    region: str
    place: str
    day: date | None
    half: str | None
    number: str
    operator: str
    industry: str
    deployment_id: int
    in_team: bool


def visits_ahead(db: Connection, user: User, today: date) -> tuple[VisitAhead, ...]:
    """All open visits that this person may look at, and today's that are over; by day, half and address."""
    i = inspections.c
    query = (
        select(
            i.id,
            i.round,
            i.kind,
            i.state,
            i.region,
            i.place,
            i.day,
            i.half,
            cases.c.number,
            cases.c.operator,
            published_industries.c.name,
            cases.c.deployment_id,
            comes(user.id),
        )
        .join_from(inspections, cases, cases.c.id == i.case_id)
        .join(published_industries, published_industries.c.industry == cases.c.industry, isouter=True)
        .where(_ahead(today), _of(user), cases.c.applicant_id != user.id, cases.c.ended_at.is_(None))
        .order_by(i.day, i.half, i.place, i.id)
        .limit(MOST)
    )
    return tuple(VisitAhead(*tuple(row)) for row in db.execute(query))


def _ahead(today: date) -> ColumnElement[bool]:
    return or_(IS_OPEN, and_(inspections.c.state == HELD, inspections.c.day == today))


def _of(user: User) -> ColumnElement[bool]:
    return or_(comes(user.id), joins(user.id), leads(user.id))
