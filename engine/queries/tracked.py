"""A case as anybody may see it who knows its number and the phone's last digits: no personal data at all.

The type has no place for names, numbers of people, addresses, answers, reasons or files, so no page that is
given one can show them (个人信息保护法第六条).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.queries.cases import CasePage, case_by_number_and_phone
from engine.queries.lights import Light
from engine.queries.timeline import Entry


@dataclass(frozen=True)
class TrackedItem:
    """One item: who decides it, and the decision once there is one."""

    name: str
    authority: str
    outcome: str | None
    kind: str


@dataclass(frozen=True)
class TrackedTask:
    """A step that waits now: at which office, and until when."""

    title: str
    act: str
    office: str
    due_at: datetime | None


@dataclass(frozen=True)
class TrackedCase:
    """Where a case stands; `states` are those of the steps on `diagram`, the text of its drawing.

    `process` is '' for an application, else what is done to the certificate (engine.linked).
    """

    number: str
    process: str
    industry_name: str
    status: str
    submitted_at: datetime
    ended_at: datetime | None
    committed_on: date
    beside: tuple[str, ...]
    light: Light | None
    items: tuple[TrackedItem, ...]
    waiting: tuple[TrackedTask, ...]
    timeline: tuple[Entry, ...]
    states: Mapping[str, str]
    diagram: str


def tracked_case(db: Connection, number: str, last_four: str) -> TrackedCase:
    """The case with this number whose applicant's phone ends so; the same NotFound for either being wrong."""
    return _narrow(case_by_number_and_phone(db, number, last_four))


def _narrow(page: CasePage) -> TrackedCase:
    return TrackedCase(
        number=page.number,
        process=page.process,
        industry_name=page.industry_name,
        status=page.status,
        submitted_at=page.submitted_at,
        ended_at=page.ended_at,
        committed_on=page.committed_on,
        beside=page.beside,
        light=page.light,
        items=tuple(TrackedItem(each.name, each.authority, each.outcome, each.kind) for each in page.items),
        waiting=tuple(TrackedTask(each.title, each.act, each.office, each.due_at) for each in page.waiting),
        timeline=page.timeline,
        states=page.states,
        diagram=page.diagram,
    )
