"""Promises the certificates that one person holds, each as it stands today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from certificates.current import counted, rows_on
from certificates.public import overall, state_of
from certificates.states import LIVE
from engine.days import local_day
from engine.tables import cases, certificate_issues, certificates, licences, published_industries

MOST = 100  # lines of one list; the newest come first


@dataclass(frozen=True)
class OwnCertificate:
    """A certificate as last issued; `state` as certificates.public says it.

    `ends_on` is the next day on which a licence of it ends, None when none of them ever does.
    """

    public_id: str
    number: str
    industry_name: str
    operator: str
    issue: int
    issued_at: datetime
    state: str
    ends_on: date | None


def own_certificates(db: Connection, user_id: int, now: datetime) -> tuple[OwnCertificate, ...]:
    """Certificates of this person's cases, newest first."""
    query = (
        select(
            certificates.c.id,
            certificates.c.public_id,
            certificates.c.number,
            func.coalesce(published_industries.c.name, certificates.c.industry).label("industry_name"),
            certificates.c.operator,
            certificate_issues.c.issue,
            certificate_issues.c.issued_at,
        )
        .join(cases, cases.c.id == certificates.c.case_id)
        .join(certificate_issues, certificate_issues.c.certificate_id == certificates.c.id)
        .outerjoin(published_industries, published_industries.c.industry == certificates.c.industry)
        .where(cases.c.applicant_id == user_id)
        .ext(distinct_on(certificates.c.id))
        .order_by(certificates.c.id.desc(), certificate_issues.c.issue.desc())
        .limit(MOST)
    )
    rows = db.execute(query).all()
    on = _licences(db, [row.id for row in rows], local_day(now))
    return tuple(_own(dict(row._mapping), on.get(row.id, [])) for row in rows)


def _licences(db: Connection, ids: list[int], today: date) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in db.execute(rows_on(today).where(licences.c.certificate_id.in_(ids), counted())):
        found.setdefault(row.certificate_id, []).append(row)
    return found


def _own(row: Mapping[str, Any], held: list[Row[Any]]) -> OwnCertificate:
    stated = {name: value for name, value in row.items() if name != "id"}
    ends = [each.valid_until for each in held if each.valid_until and each.state in LIVE]
    state = overall(tuple(state_of(each) for each in held))
    return OwnCertificate(**stated, state=state, ends_on=min(ends, default=None))
