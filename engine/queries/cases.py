"""One case as its people see it: the applicant, and the offices that work on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Row, exists, func, or_, select

from engine.clock.calendar import read_calendar
from engine.days import Calendar, local_day
from engine.deployments import Deployment, load
from engine.errors import NotFound
from engine.hearings.hearing import Hearing, hearings_of
from engine.later.owed import Owed, owed_by
from engine.offices import of_one_office, of_those_asked
from engine.people import User
from engine.queries.commitments import FiledPromise, promises_of_case
from engine.queries.letter_lines import LetterLine, letter_lines
from engine.queries.lights import LIGHT, Light, clock_of_case, clock_of_item, without_light
from engine.queries.timeline import Entry, timeline
from engine.reviewers import in_receipt, reviews_item
from engine.tables import (
    approvals,
    case_items,
    cases,
    certificate_issues,
    certificates,
    clocks,
    letters,
    licences,
    materials,
    memberships,
    scans,
    tasks,
    timers,
)
from engine.workflow import describe

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


@dataclass(frozen=True)
class CaseCertificate:
    """The certificate of a case: its public address and whether its PDF is ready."""

    public_id: str
    number: str
    issue: int
    pdf_sha256: str | None
    scans: int


@dataclass(frozen=True)
class CasePage:
    """Everything a case page shows.

    `beside` are the special steps of its items, like a hearing: `committed_on` has no time for them.
    """

    id: int
    number: str
    industry: str
    industry_name: str
    region: str
    region_name: str
    operator: str
    uscc: str
    status: str
    submitted_at: datetime
    ended_at: datetime | None
    committed_on: date
    beside: tuple[str, ...]
    answers: Mapping[str, object]
    sources: Mapping[str, object]
    items: tuple[ItemState, ...]
    waiting: tuple[Waiting, ...]
    timeline: tuple[Entry, ...]
    materials: tuple[HandedIn, ...]
    certificate: CaseCertificate | None
    states: Mapping[str, str]
    deployment: Deployment
    process: str = ""
    parent: str | None = None
    words: Mapping[str, object] = field(default_factory=dict)
    light: Light | None = None
    hearings: tuple[Hearing, ...] = ()
    letters: tuple[LetterLine, ...] = ()
    promises: tuple[FiledPromise, ...] = ()
    owed: tuple[Owed, ...] = ()

    @property
    def diagram(self) -> str:
        """The BPMN text of the process that it runs."""
        return self.deployment.diagram_of(self.process)

    @property
    def messages(self) -> list[str]:
        """The names of the messages that the case waits for now."""
        waiting = self.deployment.messages.items()
        return sorted({name for element, name in waiting if self.states.get(element) == "waiting"})


def applicants_case(db: Connection, user: User, number: str) -> CasePage:
    """The case if this person filed it; NotFound otherwise."""
    return _page(db, cases.c.number == number, cases.c.applicant_id == user.id)


def staff_case(db: Connection, user: User, number: str) -> CasePage:
    """The case if an office of this person has or had a task in it, or watches its region."""
    return _page(db, cases.c.number == number, works_on(user))


def case_by_number_and_phone(db: Connection, number: str, last_four: str) -> CasePage:
    """The case with this number whose applicant's phone ends so; the same NotFound for either being wrong."""
    return _page(db, cases.c.number == number, cases.c.phone.endswith(last_four, autoescape=True))


def works_on(user: User) -> ColumnElement[bool]:
    """The cases in which an office of this person has or had a task, or whose region they supervise.

    A head sees those in which their approval was asked for, a reviewer those on receipt with items of theirs.
    """
    worked = (
        exists().where(tasks.c.case_id == cases.c.id).where(memberships.c.user_id == user.id, of_one_office())
    )
    watched = exists().where(
        memberships.c.user_id == user.id,
        memberships.c.role == "supervisor",
        memberships.c.region == cases.c.region,
    )
    asked = exists().where(
        approvals.c.case_id == cases.c.id, memberships.c.user_id == user.id, of_those_asked()
    )
    reviews = exists().where(
        case_items.c.case_id == cases.c.id, memberships.c.user_id == user.id, reviews_item()
    )
    return or_(worked, watched, asked, reviews & in_receipt())


def _page(db: Connection, *match: ColumnElement[bool]) -> CasePage:
    query = select(cases, *LIGHT).select_from(cases.outerjoin(clocks, clock_of_case())).where(*match)
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这个办件。", "请核对受理号；也可以从“我的办件”或任务列表进入。")
    deployment = load(db, row.deployment_id)
    states = describe(deployment.model_of(row.process), row.workflow_state)
    if row.ended_at is not None:  # one that was withdrawn stopped where it was: nothing waits any more
        states = {element: state for element, state in states.items() if state == "done"}
    calendar = read_calendar(db, row.region)
    catalogue, items = deployment.catalogue, _items(db, row, deployment, calendar)
    return CasePage(
        id=row.id,
        number=row.number,
        industry=row.industry,
        industry_name=catalogue.industry.name,
        region=row.region,
        region_name=catalogue.region(row.region).name,
        operator=row.operator,
        uscc=row.uscc,
        status=row.status,
        submitted_at=row.submitted_at,
        ended_at=row.ended_at,
        committed_on=row.committed_on,
        beside=deployment.catalogue_on(local_day(row.submitted_at)).beside(each.item for each in items),
        answers=row.answers,
        sources=row.sources,
        items=items,
        waiting=_waiting(db, row, deployment),
        timeline=timeline(db, row.id, row.applicant_id, deployment, row.process),
        materials=_materials(db, row.id),
        certificate=_certificate(db, row.id),
        states=states,
        deployment=deployment,
        process=row.process,
        parent=_number_of(db, row.parent_id),
        words=row.words,
        light=without_light(row._mapping, calendar)[1],
        hearings=hearings_of(db, row.id),
        letters=letter_lines(db, letters.c.case_id == row.id),
        promises=promises_of_case(db, row.id, row.parent_id),
        owed=owed_by(db, row.id, catalogue),
    )


def _number_of(db: Connection, case_id: int | None) -> str | None:
    if case_id is None:
        return None
    return str(db.execute(select(cases.c.number).where(cases.c.id == case_id)).scalar_one())


def _items(
    db: Connection, case: Row[tuple[object, ...]], deployment: Deployment, calendar: Calendar
) -> tuple[ItemState, ...]:
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


def _waiting(db: Connection, case: Row[tuple[object, ...]], deployment: Deployment) -> tuple[Waiting, ...]:
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


def _materials(db: Connection, case_id: int) -> tuple[HandedIn, ...]:
    query = select(materials).where(materials.c.case_id == case_id).order_by(materials.c.id)
    return tuple(
        HandedIn(row.id, row.material, row.label, row.size, row.media_type, row.sha256)
        for row in db.execute(query)
    )


def _certificate(db: Connection, case_id: int) -> CaseCertificate | None:
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
