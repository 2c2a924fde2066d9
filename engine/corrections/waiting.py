"""The cases on receipt that a clerk's office will review: what is missing has to be said within five days."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, literal_column, select

from engine.queries.lights import LIGHT, RECEIPT, REGION, Light, without_lights
from engine.queries.tasks import NAMED
from engine.reviewers import reviews_item
from engine.tables import (
    case_items,
    cases,
    clocks,
    correction_points,
    memberships,
    published_industries,
    tasks,
)

MOST = 100  # of a list: the most urgent ones


@dataclass(frozen=True)
class Check:
    """A case on receipt: the items that the clerk's office reviews, and how much it has marked so far."""

    case_number: str
    operator: str
    industry_name: str
    items: tuple[str, ...]
    marked: int
    light: Light | None


# literals, so that the partial index is seen
_ON_RECEIPT = (
    select(tasks.c.case_id)
    .where(
        tasks.c.state == literal_column("'open'"),
        tasks.c.act.in_((literal_column("'accept'"), literal_column("'recheck'"))),
    )
    .distinct()
    .subquery("on_receipt")
)
_MARKED = and_(
    correction_points.c.case_id == case_items.c.case_id,
    correction_points.c.item == case_items.c.item,
    correction_points.c.correction_id.is_(None),
)
_RUNNING = and_(
    clocks.c.case_id == cases.c.id,
    clocks.c.clock == RECEIPT,
    clocks.c.item == "",
    clocks.c.state != literal_column("'stopped'"),
)


def waiting_checks(db: Connection, user_id: int) -> tuple[Check, ...]:
    """Cases on receipt with items that this clerk's office reviews, the first to fall due first."""
    industry = func.coalesce(published_industries.c.name, cases.c.industry)
    query = (
        select(
            cases.c.number.label("case_number"),
            cases.c.operator,
            industry.label("industry_name"),
            func.array_agg(case_items.c.name.distinct()).label("items"),
            func.count(correction_points.c.id.distinct()).label("marked"),
            REGION,
            *LIGHT,
        )
        .select_from(
            _ON_RECEIPT.join(cases, cases.c.id == _ON_RECEIPT.c.case_id)
            .join(case_items, case_items.c.case_id == cases.c.id)
            .join(memberships, reviews_item())
            .outerjoin(correction_points, _MARKED)
            .outerjoin(clocks, _RUNNING)
            .outerjoin(published_industries, NAMED)
        )
        .where(memberships.c.user_id == user_id, cases.c.applicant_id != user_id)
        .where(case_items.c.outcome.is_(None))
        .group_by(cases.c.id, industry, *(column.element for column in LIGHT))
        .order_by(clocks.c.due_on, cases.c.id)
        .limit(MOST)
    )
    read = without_lights(db, (row._mapping for row in db.execute(query)))
    return tuple(_check(own, light) for own, light in read)


def _check(row: dict[str, object], light: Light | None) -> Check:
    items = row.pop("items")
    assert isinstance(items, list)
    return Check(items=tuple(sorted(items)), light=light, **row)  # type: ignore[arg-type]  # columns as selected
