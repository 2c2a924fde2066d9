"""Promises that the newest issue of a certificate states its licences in force, each issue frozen for ever.

Issues count 1, 2, 3 … and each names the one before. A certificate without a licence in force gets no issue;
once none of them can come back it has lapsed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from certificates.facts import CertificateData, LicenceLine, read_facts, write_facts
from certificates.registry import enter
from certificates.sheets import add_sheets
from certificates.states import IN_FORCE, LIVE
from engine import queue
from engine.catalogue.printing import printing_in
from engine.days import local_day
from engine.deployments import Deployment, current
from engine.handouts.opening import hand_out, hand_out_again, keep_back
from engine.tables import certificate_issues, certificates, licences

TITLE = "行业综合许可证"


@dataclass(frozen=True)
class Issue:
    """One issue of a certificate; `issue` counts from 1, `is_new` says that it was made just now."""

    id: int
    public_id: str
    number: str
    issue: int
    issued_at: datetime
    is_new: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Proposed:
    """A certificate that is not entered yet, with what it will be entered with; it has no number."""

    case_id: int
    industry: str
    region: str
    operator: str
    legal_representative: str
    address: str
    uscc: str
    department: str
    number: str = ""


def issue_anew(
    db: Connection, certificate_id: int, reason: str, now: datetime, *, although_same: bool = False
) -> Issue | None:
    """The issue that states the certificate as it now is, and the job to print it, if anything is in force.

    The newest one where it says the same already, unless a further copy is wanted (`although_same`). The
    caller has locked the certificate.
    """
    certificate = db.execute(select(certificates).where(certificates.c.id == certificate_id)).one()
    query = select(licences).where(licences.c.certificate_id == certificate_id, licences.c.state.in_(LIVE))
    live = db.execute(query.order_by(licences.c.id)).all()
    lapsed_at = None if live else certificate.lapsed_at or now
    this = update(certificates).where(certificates.c.id == certificate_id)
    db.execute(this.values(lapsed_at=lapsed_at))
    in_force = [row for row in live if row.state in IN_FORCE]
    if not in_force:
        keep_back(db, certificate_id, now)
        return None
    stated = facts(db, certificate, in_force, now)
    last = newest(db, certificate_id)
    if last is not None and not although_same and _same(read_facts(last.content), stated):
        hand_out_again(db, issue_id=last.id, now=now)
        return Issue(
            last.id, certificate.public_id, certificate.number, last.issue, last.issued_at, is_new=False
        )
    return _add(db, certificate, stated, last, reason, now)


def newest(db: Connection, certificate_id: int) -> Row[Any] | None:
    """The row of the newest issue, None before the first."""
    query = select(certificate_issues).where(certificate_issues.c.certificate_id == certificate_id)
    return db.execute(query.order_by(certificate_issues.c.issue.desc()).limit(1)).one_or_none()


def facts(
    db: Connection, certificate: Row[Any] | Proposed, in_force: Sequence[Row[Any]], now: datetime
) -> CertificateData:
    """What the certificate's first issue would state now, with these licences; a later one has its number."""
    deployment = current(db, certificate.industry)  # settings hold from now on, however old the certificate
    order = _places(deployment)
    printing = printing_in(deployment.catalogue.settings(certificate.region))
    return CertificateData(
        title=TITLE,
        number=certificate.number,
        issue=1,
        industry=deployment.catalogue.industry.name,
        operator=certificate.operator,
        legal_representative=certificate.legal_representative,
        address=certificate.address,
        uscc=certificate.uscc,
        issuer=deployment.catalogue.office_name(
            certificate.department or deployment.catalogue.industry.lead, certificate.region
        ),
        issued_on=local_day(now),
        licences=tuple(
            LicenceLine(row.name, row.number, row.decider, row.scope, row.valid_from, row.valid_until)
            for row in sorted(in_force, key=lambda row: order.get(row.item, len(order)))
        ),
        layout=printing.layout,
        type_code=printing.type_code,
        issuer_code=printing.issuer_code,
    )


def _places(deployment: Deployment) -> Mapping[str, int]:
    """The industry's order of items; one that it does not name any more stands last."""
    return {entry.id: place for place, entry in enumerate(deployment.catalogue.industry.items)}


def _same(one: CertificateData, other: CertificateData) -> bool:
    """Whether two issues state the same, but for which issue they are and of which day."""
    return replace(one, issue=1, issued_on=date.min) == replace(other, issue=1, issued_on=date.min)


def _add(
    db: Connection,
    certificate: Row[Any],
    stated: CertificateData,
    last: Row[Any] | None,
    reason: str,
    now: datetime,
) -> Issue:
    number = 1 + (last.issue if last else 0)
    row = {
        "certificate_id": certificate.id,
        "issue": number,
        "previous_id": last.id if last else None,
        "reason": reason,
        "content": write_facts(replace(stated, issue=number)),
        "issued_at": now,
    }
    added = db.execute(insert(certificate_issues).values(row).returning(certificate_issues.c.id))
    issue_id = int(added.scalar_one())
    printed = licences.c.number.in_([line.number for line in stated.licences])
    db.execute(update(licences).where(licences.c.certificate_id == certificate.id).values(printed=printed))
    if certificate.separate:
        add_sheets(db, certificate.id, issue_id, stated, last and read_facts(last.content), now)
    enter(db, certificate.id, stated)
    queue.defer(db, queue.RENDER_ISSUE, issue_id=issue_id)
    hand_out(db, issue_id=issue_id, now=now)
    return Issue(issue_id, certificate.public_id, certificate.number, number, now)
