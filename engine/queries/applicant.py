"""What an applicant's own page lists: this person's drafts and cases."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, literal_column, select

from engine.days import local_day
from engine.deployments import load
from engine.drafts.subject import OPERATOR
from engine.linked import POST_CHECK
from engine.queries.lights import LIGHT, REGION, Light, clock_of_case, without_lights
from engine.tables import (
    case_items,
    cases,
    clocks,
    drafts,
    published_industries,
    tasks,
)

MOST = 100  # lines of one list; nobody files more in a year, and the newest come first
_ITEMS = (
    select(func.array_agg(case_items.c.item))
    .where(case_items.c.case_id == cases.c.id)
    .correlate(cases)
    .scalar_subquery()
)
_ASKS = (
    select(func.min(tasks.c.act))
    .where(tasks.c.case_id == cases.c.id, tasks.c.state == "open", tasks.c.role == "applicant")
    .correlate(cases)
    .scalar_subquery()
)
IS_OPEN = drafts.c.state == literal_column("'open'")  # literal, so that the partial index is seen


@dataclass(frozen=True)
class OwnDraft:
    """A draft that waits to be finished; `outdated` when its industry was published anew since."""

    id: str
    industry_name: str
    operator: str | None
    updated_at: datetime
    outdated: bool


@dataclass(frozen=True)
class OwnCase:
    """A case filed by this person; `industry_name` is today's name, `light` the clock that it runs against.

    `process` is '' for an application, else what is done to the certificate (engine.linked).
    `beside` are the special steps of its items, like a hearing: `committed_on` has no time for them. `asks`
    is the act for which it waits for this person, None while it waits for others.
    """

    number: str
    industry_name: str
    operator: str
    process: str
    status: str
    asks: str | None
    submitted_at: datetime
    ended_at: datetime | None
    committed_on: date
    beside: tuple[str, ...]
    light: Light | None


def own_drafts(db: Connection, user_id: int) -> tuple[OwnDraft, ...]:
    """Open drafts, last touched first."""
    newest = published_industries
    query = (
        select(
            drafts.c.id,
            func.coalesce(newest.c.name, drafts.c.industry).label("industry_name"),
            drafts.c.answers[OPERATOR].as_string().label("operator"),
            drafts.c.updated_at,
            (drafts.c.deployment_id != func.coalesce(newest.c.deployment_id, 0)).label("outdated"),
        )
        .outerjoin(newest, newest.c.industry == drafts.c.industry)
        .where(drafts.c.user_id == user_id, IS_OPEN)
        .order_by(drafts.c.updated_at.desc())
        .limit(MOST)
    )
    return tuple(OwnDraft(**row._mapping) for row in db.execute(query))


def own_cases(db: Connection, user_id: int) -> tuple[OwnCase, ...]:
    """Cases filed by this person, newest first."""
    query = (
        select(
            cases.c.number,
            func.coalesce(published_industries.c.name, cases.c.industry).label("industry_name"),
            cases.c.operator,
            cases.c.process,
            cases.c.status,
            _ASKS.label("asks"),
            cases.c.submitted_at,
            cases.c.ended_at,
            cases.c.committed_on,
            cases.c.deployment_id,
            _ITEMS.label("items"),
            REGION,
            *LIGHT,
        )
        .select_from(cases)
        .outerjoin(published_industries, published_industries.c.industry == cases.c.industry)
        .outerjoin(clocks, clock_of_case())
        .where(cases.c.applicant_id == user_id, cases.c.process != POST_CHECK)
        .order_by(cases.c.id.desc())
        .limit(MOST)
    )
    read = without_lights(db, (row._mapping for row in db.execute(query)))
    return tuple(_own_case(db, own, light) for own, light in read)


def _own_case(db: Connection, own: dict[str, Any], light: Light | None) -> OwnCase:
    deployment, items = load(db, own.pop("deployment_id")), own.pop("items") or ()
    beside = deployment.catalogue_on(local_day(own["submitted_at"])).beside(items)
    return OwnCase(**own, beside=beside, light=light)
