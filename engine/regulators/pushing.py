"""Tells the office that supervises a licence what became of it, in the transaction in which it did.

Source: 淄政办字〔2020〕42号 (审管联动): results go to the regulator, who claims them.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.deployments import current, load
from engine.regulators.content import content_of
from engine.tables import cases, certificates, licences, pushes

SETTING, DEFAULT_DAYS = "claim_days", 2  # working days to claim; a region's setting


def push(
    db: Connection,
    *,
    licence_id: int,
    kind: str,
    now: datetime,
    change: str,
    decided_in: int | None = None,
) -> int | None:
    """Tell the licence's regulator of a change of this kind; the push, or None when it was told before.

    `change` says which one it is, so that each is told once; `decided_in` is the case that brought it when it
    is not the licence's own. A licence that stands on no certificate yet is told of with the first issue.
    """
    row = _licence(db, licence_id)
    if row is None:
        return None
    catalogue = load(db, row.deployment_id).catalogue_on(local_day(row.submitted_at))
    region = row.region or catalogue.region_for(row.item, row.case_region)
    days = current(db, row.industry).catalogue.settings(region).get(SETTING)  # holds from now on for all
    claim_by = read_calendar(db, region).add_working_days(
        local_day(now), days if isinstance(days, int) else DEFAULT_DAYS
    )
    values = {
        "licence_id": licence_id,
        "certificate_id": row.certificate_id,
        "case_id": row.case_id,
        "item": row.item,
        "industry": row.industry,
        "department": row.regulator or catalogue.item(row.item).regulator,
        "region": region,
        "kind": kind,
        "change": change,
        "content": content_of(db, row, catalogue, decided_in or row.case_id),
        "pushed_at": now,
        "claim_by": claim_by,
    }
    told = upsert(pushes).values(values).on_conflict_do_nothing(constraint="uq_pushes_licence_id_kind_change")
    return db.execute(told.returning(pushes.c.id)).scalar()


def _licence(db: Connection, licence_id: int) -> Row[Any] | None:
    of_case = (
        cases.c.number.label("case_number"),
        cases.c.region.label("case_region"),
        *(cases.c[name] for name in ("industry", "deployment_id", "submitted_at")),
    )
    of_certificate = (
        certificates.c.number.label("certificate_number"),
        *(certificates.c[name] for name in ("public_id", "operator", "uscc")),
        *(certificates.c[name] for name in ("legal_representative", "address")),
    )
    query = (
        select(licences, *of_case, *of_certificate)
        .select_from(licences)
        .join(cases, cases.c.id == licences.c.case_id)
        .join(certificates, certificates.c.id == licences.c.certificate_id)
        .where(licences.c.id == licence_id)
    )
    return db.execute(query).one_or_none()
