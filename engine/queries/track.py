"""A case as whoever knows its number and the end of its phone may see it: where it is, nothing personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.errors import NotFound
from engine.queries.cases import Waiting, case_by_number_and_phone
from engine.queries.timeline import Entry


@dataclass(frozen=True)
class Tracked:
    """The masked view: no names of persons or enterprises, no answers, no reasons."""

    number: str
    industry_name: str
    region_name: str
    status: str
    submitted_at: datetime
    ended_at: datetime | None
    committed_on: date
    timeline: tuple[Entry, ...]
    waiting: tuple[Waiting, ...]
    xml: str
    states: Mapping[str, str]


def track(db: Connection, number: str, last_four: str) -> Tracked | None:
    """The case with this number and phone ending; None when either is wrong, which of them is not said."""
    try:
        page = case_by_number_and_phone(db, number, last_four)
    except NotFound:
        return None
    return Tracked(
        number=page.number,
        industry_name=page.industry_name,
        region_name=page.region_name,
        status=page.status,
        submitted_at=page.submitted_at,
        ended_at=page.ended_at,
        committed_on=page.committed_on,
        timeline=page.timeline,
        waiting=page.waiting,
        xml=page.deployment.diagram,
        states=page.states,
    )
