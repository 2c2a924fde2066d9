"""Ends what is under way about licences that have ended: nothing is left to decide about them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from engine.advance import close_items
from engine.cases import Case, load_case
from engine.consequences import follow
from engine.deployments import load
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.linked import KINDS, OVERTAKEN, POST_CHECK
from engine.said import Said
from engine.tables import case_items, cases


def overtake(db: Connection, first: int, items: Collection[str], besides: int | None, now: datetime) -> None:
    """Pass over these items in the cases that follow case `first`, other than the one that ended them."""
    query = (
        select(cases.c.id)
        .join(case_items, case_items.c.case_id == cases.c.id)
        .where(cases.c.parent_id == first, cases.c.ended_at.is_(None))
        .where(cases.c.process.not_in(["", POST_CHECK]), cases.c.id.is_distinct_from(besides))
        .where(case_items.c.item.in_(items))
    )
    for case_id in db.execute(query.distinct().order_by(cases.c.id)).scalars().all():
        _overtake(db, load_case(db, case_id), items, now)


def _overtake(db: Connection, case: Case, items: Collection[str], now: datetime) -> None:
    gone = tuple(sorted(item for item in items if item in case.items))
    words = {item: {"outcome": OVERTAKEN, "reasons": "许可已经终止。"} for item in gone}
    deployment = load(db, case.deployment_id)
    catalogue = deployment.catalogue_on(case.filed_on)
    payload = {"items": list(gone), "title": "、".join(catalogue.item(item).name for item in gone)}
    after = close_items(db, case, deployment, Said(OVERTAKEN, words), OVERTAKEN, payload, None, now)
    values = {"name": KINDS[case.process].name}
    follow(db, Happened("overtaken", after, deployment, SYSTEM, gone, values), now)
