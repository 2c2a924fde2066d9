"""The offices that did not answer in time whether the date of a joint visit suits them, for supervisors."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, literal_column, select, tuple_

from engine.deployments import load
from engine.people import User
from engine.queries.incidents import seen_by
from engine.tables import cases, inspection_offices, inspections

PAGE = 30
IS_SILENT = inspection_offices.c.answer == literal_column("'silence'")  # literal: for the partial index


@dataclass(frozen=True)
class SilentOffice:
    """An office that said nothing: its name, the case and the half day of the visit, and when time was up."""

    office: str
    case_number: str
    operator: str
    day: date | None
    half: str | None
    since: datetime


@dataclass(frozen=True)
class Key:
    """The place in the list after one office of one inspection."""

    since: datetime
    inspection: int
    department: str
    region: str


@dataclass(frozen=True)
class SilentPage:
    """One page of the list; `next` is the key to ask for the page after it, None at the end."""

    rows: tuple[SilentOffice, ...]
    next: Key | None


def silent_offices(db: Connection, user: User, *, after: Key | None = None) -> SilentPage:
    """Those of the cases in the supervisor's regions, the latest first; their silence counted as agreeing."""
    rows = list(db.execute(_query(user, after)))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    key = None if last is None else Key(last.answered_at, last.inspection_id, last.department, last.region)
    return SilentPage(
        tuple(
            SilentOffice(
                load(db, row.deployment_id).catalogue.office_name(row.department, row.region),
                row.number,
                row.operator,
                row.day,
                row.half,
                row.answered_at,
            )
            for row in rows[:PAGE]
        ),
        key,
    )


def _query(user: User, after: Key | None) -> Select[Any]:
    o = inspection_offices.c
    place = (o.answered_at, o.inspection_id, o.department, o.region)
    query = (
        select(*place, cases.c.number, cases.c.operator, cases.c.deployment_id)
        .add_columns(inspections.c.day, inspections.c.half)
        .select_from(inspection_offices.join(inspections).join(cases))
        .where(IS_SILENT, seen_by(user))
        .order_by(*(each.desc() for each in place))
        .limit(PAGE + 1)
    )
    if after is None:
        return query
    return query.where(tuple_(*place) < (after.since, after.inspection, after.department, after.region))
