"""What offices and windows let pass, for supervisors: results not claimed, certificates not handed out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select, tuple_

from engine.deployments import load
from engine.people import User
from engine.queries.handouts import IS_WAITING
from engine.queries.incidents import seen_by
from engine.regulators.offices import IS_NEW
from engine.tables import cases, certificates, handouts, licences, pushes

PAGE = 30
Key = tuple[date, int]


@dataclass(frozen=True)
class Late:
    """One thing that is late: which office, about what, of which case, and the last day it had."""

    id: int
    office: str
    about: str
    case_number: str
    operator: str
    due_on: date


@dataclass(frozen=True)
class LatePage:
    """One page of a list, the longest late first; `next` is the key after which the page after it begins."""

    rows: tuple[Late, ...]
    next: Key | None


def unclaimed(db: Connection, user: User, today: date, *, after: Key | None = None) -> LatePage:
    """What regulators were told of cases in the supervisor's regions and did not claim in time."""
    query = (
        select(pushes.c.id, pushes.c.claim_by, pushes.c.department, pushes.c.region, licences.c.name)
        .add_columns(cases.c.number, cases.c.operator, cases.c.deployment_id)
        .select_from(pushes)
        .join(licences, licences.c.id == pushes.c.licence_id)
        .join(cases, cases.c.id == pushes.c.case_id)
        .where(IS_NEW, pushes.c.claim_by < today, seen_by(user))
        .order_by(pushes.c.claim_by, pushes.c.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(tuple_(pushes.c.claim_by, pushes.c.id) > after)
    rows = tuple(
        Late(
            row.id,
            load(db, row.deployment_id).catalogue.office_name(row.department, row.region),
            row.name,
            row.number,
            row.operator,
            row.claim_by,
        )
        for row in db.execute(query).all()
    )
    return _page(rows)


def undelivered(db: Connection, user: User, today: date, *, after: Key | None = None) -> LatePage:
    """The certificates of the supervisor's regions that were not handed out in ten days (第四十四条)."""
    query = (
        select(
            handouts.c.id, handouts.c.due_on, handouts.c.region, certificates.c.number.label("certificate")
        )
        .add_columns(cases.c.number, cases.c.operator, cases.c.deployment_id)
        .select_from(handouts)
        .join(certificates, certificates.c.id == handouts.c.certificate_id)
        .join(cases, cases.c.id == handouts.c.case_id)
        .where(IS_WAITING, handouts.c.due_on < today, seen_by(user))
        .order_by(handouts.c.due_on, handouts.c.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(tuple_(handouts.c.due_on, handouts.c.id) > after)
    found = []
    for row in db.execute(query).all():
        catalogue = load(db, row.deployment_id).catalogue
        office = catalogue.office_name(catalogue.window, row.region)
        found.append(Late(row.id, office, row.certificate, row.number, row.operator, row.due_on))
    return _page(tuple(found))


def _page(rows: tuple[Late, ...]) -> LatePage:
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return LatePage(rows[:PAGE], (last.due_on, last.id) if last else None)
