"""One case as its people see it: the applicant, and the offices that work on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select

from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.errors import NotFound
from engine.hearings.hearing import Hearing, hearings_of
from engine.later.owed import Owed, owed_by
from engine.lifecycle.under_way import UnderWay, under_way
from engine.linked import POST_CHECK
from engine.offices import of_one_office, of_those_asked
from engine.people import User
from engine.queries.commitments import FiledPromise, promises_of_case
from engine.queries.letter_lines import LetterLine, letter_lines
from engine.queries.lights import LIGHT, Light, clock_of_case, without_light
from engine.queries.parts import (
    CaseCertificate,
    HandedIn,
    ItemState,
    Waiting,
    read_certificate,
    read_items,
    read_materials,
    read_waiting,
)
from engine.queries.timeline import Entry, timeline
from engine.reviewers import in_receipt, reviews_item
from engine.tables import (
    approvals,
    case_items,
    cases,
    clocks,
    letters,
    memberships,
    tasks,
)
from engine.workflow import describe


@dataclass(frozen=True)
class CasePage:
    """Everything a case page shows.

    `beside` are the special steps of its items, like a hearing: `committed_on` has no time for them.
    `meanwhile` is what else goes on about licences that it is about, e.g. a suspension beside a change.
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
    meanwhile: tuple[UnderWay, ...] = ()

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
    deployment, calendar = load(db, row.deployment_id), read_calendar(db, row.region)
    catalogue, items = deployment.catalogue, read_items(db, row, deployment, calendar)
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
        waiting=read_waiting(db, row, deployment),
        timeline=timeline(db, row.id, row.applicant_id, deployment, row.process),
        materials=read_materials(db, row.id),
        certificate=read_certificate(db, row.id if row.process else row.parent_id or row.id),
        states=_states(row, deployment),
        deployment=deployment,
        process=row.process,
        parent=_number_of(db, row.parent_id),
        words=row.words,
        light=without_light(row._mapping, calendar)[1],
        hearings=hearings_of(db, row.id),
        letters=letter_lines(db, letters.c.case_id == row.id),
        promises=promises_of_case(db, row.id, row.parent_id if row.process == POST_CHECK else None),
        owed=owed_by(db, row.id, catalogue),
        meanwhile=_meanwhile(db, row, {each.item for each in items}),
    )


def _meanwhile(db: Connection, case: Row[Any], items: Collection[str]) -> tuple[UnderWay, ...]:
    if not case.process or case.ended_at:
        return ()
    others = (each for each in under_way(db, case.parent_id) if each.number != case.number)
    return tuple(each for each in others if each.item in items)


def _states(case: Row[tuple[object, ...]], deployment: Deployment) -> Mapping[str, str]:
    states = describe(deployment.model_of(case.process), case.workflow_state)
    if case.ended_at is None:
        return states
    # one that was withdrawn stopped where it was: nothing waits any more
    return {element: state for element, state in states.items() if state == "done"}


def _number_of(db: Connection, case_id: int | None) -> str | None:
    if case_id is None:
        return None
    return str(db.execute(select(cases.c.number).where(cases.c.id == case_id)).scalar_one())
