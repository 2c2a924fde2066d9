"""Ends what is under way about licences that have ended: nothing is left to decide about them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select, tuple_

from engine.advance import close_items
from engine.cases import Case, load_case
from engine.consequences import follow
from engine.deployments import load
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.linked import KINDS, OVERTAKEN, POST_CHECK
from engine.said import Said
from engine.tables import case_items, cases

FALSE = "false"  # what a check says that found the promise false


def overtake(
    db: Connection, first: int, ended: Mapping[str, int], besides: int | None, now: datetime
) -> None:
    """Pass over what has ended (item → case that granted it) in the cases about it that follow case `first`.

    `besides` is the case that ended it. The check of a promise follows the case that granted; one that has
    found it false goes on, so that nobody escapes the record of it by giving the licence back.
    """
    asked = cases.c.process.not_in(["", POST_CHECK]) & (cases.c.parent_id == first)
    unchecked = cases.c.words["checked"].as_string().is_distinct_from(FALSE)
    check = (cases.c.process == POST_CHECK) & unchecked
    granted_in = tuple_(cases.c.parent_id, case_items.c.item)
    query = (
        select(cases.c.id)
        .join(case_items, case_items.c.case_id == cases.c.id)
        .where(cases.c.ended_at.is_(None), cases.c.id.is_distinct_from(besides))
        .where(case_items.c.item.in_(ended))
        .where(asked | (check & granted_in.in_([(case, item) for item, case in ended.items()])))
    )
    for case_id in db.execute(query.distinct().order_by(cases.c.id)).scalars().all():
        _overtake(db, load_case(db, case_id), ended, now)


def _overtake(db: Connection, case: Case, items: Collection[str], now: datetime) -> None:
    gone = tuple(sorted(item for item in items if item in case.items))
    words = {item: {"outcome": OVERTAKEN, "reasons": "许可已经终止。"} for item in gone}
    deployment = load(db, case.deployment_id)
    catalogue = deployment.catalogue_on(case.filed_on)
    payload = {"items": list(gone), "title": "、".join(catalogue.item(item).name for item in gone)}
    after = close_items(db, case, deployment, Said(OVERTAKEN, words), OVERTAKEN, payload, None, now)
    values = {"name": KINDS[case.process].name}
    follow(db, Happened("overtaken", after, deployment, SYSTEM, gone, values), now)
