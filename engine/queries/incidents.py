"""Open incidents of the regions that a supervisor watches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from engine.people import User
from engine.tables import cases, incidents

SUPERVISOR = "supervisor"
LIMIT = 200


@dataclass(frozen=True)
class IncidentRow:
    """One open incident and the case it is of."""

    id: int
    kind: str
    says: str
    detail: str
    opened_at: datetime
    case_number: str
    operator: str
    region: str


def open_incidents(db: Connection, user: User) -> tuple[IncidentRow, ...]:
    """What went wrong and is not mended, oldest first, in the supervisor's own regions."""
    query = (
        select(
            incidents.c.id,
            incidents.c.kind,
            incidents.c.says,
            incidents.c.detail,
            incidents.c.opened_at,
            cases.c.number.label("case_number"),
            cases.c.operator,
            cases.c.region,
        )
        .join(cases, cases.c.id == incidents.c.case_id)
        .where(incidents.c.state == "open", seen_by(user))
        .order_by(incidents.c.opened_at)
        .limit(LIMIT)
    )
    return tuple(IncidentRow(**row._mapping) for row in db.execute(query))


def seen_by(user: User) -> ColumnElement[bool]:
    """The cases of the regions in which this person is a supervisor."""
    return cases.c.region.in_([m.region for m in user.memberships if m.role == SUPERVISOR])
