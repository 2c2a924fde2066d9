"""The parts of a case that its page shows: items, steps that wait, materials, the certificate."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from engine.days import Calendar
from engine.deployments import Deployment
from engine.queries.lights import LIGHT, Light, clock_of_item, without_light
from engine.tables import (
    case_items,
    certificate_issues,
    certificates,
    clocks,
    licences,
    materials,
    scans,
    tasks,
    timers,
)

WAIT = "wait"


@dataclass(frozen=True)
class Waiting:
    """A step that waits now: at which office, and until when.

    A date that the case waits for is one of `act` WAIT, at no office.
    """

    task_id: str
    step: str
    title: str
    act: str
    item: str | None
    office: str
    due_at: datetime | None


@dataclass(frozen=True)
class ItemState:
    """One item of the case: what has been said about it, its licence if any, its promised clock.

    By its `kind` a decision on it is called (engine.decisions); `way` is commitment where it was promised.
    """

    item: str
    name: str
    authority: str
    opinion: str | None
    finding: str | None
    outcome: str | None
    reasons: str | None
    decided_at: datetime | None
    licence: str | None
    light: Light | None = None
    kind: str = ""
    way: str = ""


@dataclass(frozen=True)
class HandedIn:
    """A material of the case."""

    id: int
    material: str
    label: str
    size: int
    media_type: str
    sha256: str
    added_at: datetime


@dataclass(frozen=True)
class CaseCertificate:
    """The certificate of a case: its public address and whether its PDF is ready."""

    public_id: str
    number: str
    issue: int
    pdf_sha256: str | None
    scans: int


def read_items(
    db: Connection, case: Row[tuple[object, ...]], deployment: Deployment, calendar: Calendar
) -> tuple[ItemState, ...]:
    """The items of a case in the order of its industry; `case` is its row."""
    query = (
        select(case_items, licences.c.number.label("licence"), *LIGHT)
        .select_from(case_items.outerjoin(clocks, clock_of_item()))
        .outerjoin(
            licences, (licences.c.case_id == case_items.c.case_id) & (licences.c.item == case_items.c.item)
        )
        .where(case_items.c.case_id == case.id)
    )
    found = {
        row.item: ItemState(
            row.item,
            row.name,
            deployment.catalogue.office_name(row.authority, row.region),
            row.opinion,
            row.finding,
            row.outcome,
            row.reasons,
            row.decided_at,
            row.licence,
            without_light(row._mapping, calendar)[1],
            row.kind,
            row.way,
        )
        for row in db.execute(query)
    }
    order = [entry.id for entry in deployment.catalogue.industry.items]
    return tuple(found[item] for item in order if item in found)


def read_waiting(
    db: Connection, case: Row[tuple[object, ...]], deployment: Deployment
) -> tuple[Waiting, ...]:
    """What waits now in a case, due first; then the dates that it waits for."""
    query = select(tasks).where(tasks.c.case_id == case.id, tasks.c.state == "open")
    dates = select(timers).where(timers.c.case_id == case.id, timers.c.event.in_(deployment.waits))
    return tuple(
        Waiting(
            row.id,
            row.step,
            row.title,
            row.act,
            row.item,
            deployment.catalogue.office_name(row.department, row.region),
            row.due_at,
        )
        for row in db.execute(query.order_by(tasks.c.due_at, tasks.c.step))
    ) + tuple(
        Waiting(row.task_id, row.event, deployment.waits[row.event], WAIT, None, "", row.due_at)
        for row in (db.execute(dates.order_by(timers.c.due_at)) if deployment.waits else ())
    )


def read_materials(db: Connection, case_id: int) -> tuple[HandedIn, ...]:
    """What was handed in for a case."""
    query = select(materials).where(materials.c.case_id == case_id).order_by(materials.c.id)
    return tuple(
        HandedIn(row.id, row.material, row.label, row.size, row.media_type, row.sha256, row.added_at)
        for row in db.execute(query)
    )


def read_certificate(db: Connection, case_id: int) -> CaseCertificate | None:
    """The certificate of a case in its last issue, None before the first."""
    looked_up = (
        select(func.coalesce(func.sum(scans.c.count), 0))
        .where(scans.c.certificate_id == certificates.c.id)
        .scalar_subquery()
    )
    query = (
        select(
            certificates.c.public_id,
            certificates.c.number,
            certificate_issues.c.issue,
            certificate_issues.c.pdf_sha256,
            looked_up.label("scans"),
        )
        .join(certificate_issues, certificate_issues.c.certificate_id == certificates.c.id)
        .where(certificates.c.case_id == case_id)
        .order_by(certificate_issues.c.issue.desc())
        .limit(1)
    )
    row = db.execute(query).one_or_none()
    return None if row is None else CaseCertificate(**row._mapping)
