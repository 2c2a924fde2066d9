"""What the law wants told to society: applications on public notice, and hearings that anybody may attend.

Of the applicant only the name of the business is told (个人信息保护法第六条); the office's own words are
shown as it wrote them for the public (行政许可法第四十六条、第四十八条).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Join, func, literal_column, select

from engine.catalogue import Catalogue
from engine.days import local_day
from engine.deployments import load
from engine.tables import case_items, cases, hearings, published_industries, tasks

MOST = 200
LONGEST = timedelta(days=120)  # no public notice runs longer, counted from the day on which it was put in
INDUSTRY = func.coalesce(published_industries.c.name, cases.c.industry).label("industry")
# literal, so that the partial indexes are seen
ANNOUNCED = (tasks.c.act == literal_column("'announce'")) & (tasks.c.state == literal_column("'done'"))
CALLED = hearings.c.state == literal_column("'called'")


@dataclass(frozen=True)
class Notice:
    """An application on public notice: `words` say what is asked for and where to send comments."""

    operator: str
    industry: str
    item: str
    office: str
    place: str
    first_day: date
    last_day: date
    words: str


@dataclass(frozen=True)
class PublicHearing:
    """A hearing that was called and not held yet."""

    operator: str
    industry: str
    item: str
    office: str
    place: str
    takes_place_at: datetime


def notices(db: Connection, now: datetime) -> tuple[Notice, ...]:
    """The public notices that run today, those that end first in front."""
    today, form = local_day(now).isoformat(), tasks.c.form
    last = form["last_day"].as_string()
    query = (
        select(cases.c.operator, INDUSTRY, case_items.c.name, *_OFFICE, cases.c.deployment_id, form)
        .select_from(_about(tasks.join(cases), tasks.c.item))
        .where(ANNOUNCED, tasks.c.done_at > now - LONGEST, _undecided())
        .where(form["first_day"].as_string() <= today, last >= today)
    )
    return tuple(
        Notice(
            row.operator,
            row.industry,
            row.name,
            _catalogue(db, row.deployment_id).office_name(row.authority, row.region),
            str(row.form["place"]),
            date.fromisoformat(row.form["first_day"]),
            date.fromisoformat(row.form["last_day"]),
            str(row.form.get("words") or ""),
        )
        for row in db.execute(query.order_by(last, cases.c.id).limit(MOST))
    )


def public_hearings(db: Connection, now: datetime) -> tuple[PublicHearing, ...]:
    """The hearings from today on, the next in front."""
    query = (
        select(cases.c.operator, INDUSTRY, case_items.c.name, *_OFFICE, cases.c.deployment_id)
        .add_columns(hearings.c.place, hearings.c.takes_place_at)
        .select_from(_about(hearings.join(cases), hearings.c.item))
        .where(CALLED, hearings.c.takes_place_at > now, _undecided())
    )
    return tuple(
        PublicHearing(
            row.operator,
            row.industry,
            row.name,
            _catalogue(db, row.deployment_id).office_name(row.authority, row.region),
            row.place,
            row.takes_place_at,
        )
        for row in db.execute(query.order_by(hearings.c.takes_place_at).limit(MOST))
    )


_OFFICE = (case_items.c.authority, case_items.c.region)


def _about(joined: Join, item: ColumnElement[str]) -> Join:
    """The case with the item that a row is about, and today's name of the industry."""
    return joined.join(
        case_items, (case_items.c.case_id == cases.c.id) & (case_items.c.item == item)
    ).outerjoin(published_industries, published_industries.c.industry == cases.c.industry)


def _undecided() -> ColumnElement[bool]:
    return cases.c.ended_at.is_(None) & case_items.c.outcome.is_(None)


def _catalogue(db: Connection, deployment_id: int) -> Catalogue:
    return load(db, deployment_id).catalogue
