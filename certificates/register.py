"""Promises that a certificate lists the licences of its case, and that each issue of it stays readable.

A certificate has one public id for life; each issue is its facts frozen at one moment, rendered once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, insert, select, update

from certificates.facts import CertificateData, LicenceLine, read_facts, write_facts
from certificates.number import PATTERN, certificate_number
from certificates.public import PublicCertificate, PublicLicence, read_public
from certificates.qr import new_public_id
from certificates.registry import enter
from engine import queue
from engine.catalogue.printing import printing_in
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.errors import Refusal
from engine.numbers import next_number
from engine.tables import cases, certificate_issues, certificates, licences

__all__ = ["Issue", "NothingGranted", "PublicCertificate", "PublicLicence", "issue", "read_public"]

TITLE = "行业综合许可证"
NUMBER_SETTING = "certificate_number"
LEGAL_REPRESENTATIVE, ADDRESS = "legal_rep", "op_address"  # ids in forms/definitions/fields.yaml


class NothingGranted(Refusal):
    """A case without a single licence gets no certificate."""

    says = "本件没有准予的许可，不能制发综合许可证。"
    do = "请核对各事项的决定。"


@dataclass(frozen=True)
class Issue:
    """One issue of a certificate; `issue` counts from 1."""

    id: int
    public_id: str
    number: str
    issue: int
    issued_at: datetime


def issue(
    db: Connection,
    *,
    case_id: int,
    department: str,
    reason: str,
    now: datetime,
    random_bytes: Callable[[int], bytes],
) -> Issue:
    """A new issue of the case's certificate with its licences as they now are, and the job to print it.

    `department` is the one whose office in the case's region signs. Asked again while nothing has changed, it
    is the same issue. Raises NothingGranted for a case without licences.
    """
    case = db.execute(select(cases).where(cases.c.id == case_id).with_for_update()).one()
    granted = _licences_of(db, case_id)
    if not granted:
        raise NothingGranted
    deployment = load(db, case.deployment_id)
    certificate = _certificate(db, case, deployment, now, random_bytes)
    attach = update(licences).where(licences.c.case_id == case_id, licences.c.certificate_id.is_(None))
    db.execute(attach.values(certificate_id=certificate.id))
    order = [entry.id for entry in deployment.catalogue.industry.items]
    granted.sort(key=lambda licence: order.index(licence.item))
    stated = _facts(case, deployment, certificate.number, granted, department, now)
    last = _last_issue(db, certificate.id)
    if last is not None and _same(read_facts(last.content), stated):
        return Issue(last.id, certificate.public_id, certificate.number, last.issue, last.issued_at)
    return _add_issue(db, certificate, replace(stated, issue=1 + (last.issue if last else 0)), reason, now)


def _licences_of(db: Connection, case_id: int) -> list[Row[tuple[object, ...]]]:
    query = select(licences).where(licences.c.case_id == case_id).order_by(licences.c.id)
    return [row for row in db.execute(query) if row.state in ("valid", "changed")]


def _certificate(
    db: Connection,
    case: Row[tuple[object, ...]],
    deployment: Deployment,
    now: datetime,
    random_bytes: Callable[[int], bytes],
) -> Row[tuple[object, ...]]:
    """The case's certificate, entered in the register with its number the first time."""
    query = select(certificates).where(certificates.c.case_id == case.id)
    found = db.execute(query).one_or_none()
    if found is not None:
        return found
    year = local_day(now).year
    pattern = str(deployment.catalogue.settings(case.region).get(NUMBER_SETTING, PATTERN))
    serial = next_number(db, f"certificate/{case.region}/{year}")
    row = {
        "public_id": new_public_id(random_bytes),
        "number": certificate_number(pattern, region=case.region, year=year, serial=serial),
        "case_id": case.id,
        "subject_id": case.subject_id,
        "industry": case.industry,
        "region": case.region,
        "created_at": now,
    }
    db.execute(insert(certificates).values(row))
    return db.execute(query).one()


def _facts(
    case: Row[tuple[object, ...]],
    deployment: Deployment,
    number: str,
    granted: list[Row[tuple[object, ...]]],
    department: str,
    now: datetime,
) -> CertificateData:
    printing = printing_in(deployment.catalogue.settings(case.region))
    return CertificateData(
        title=TITLE,
        number=number,
        issue=1,
        industry=deployment.catalogue.industry.name,
        operator=case.operator,
        legal_representative=str(case.answers[LEGAL_REPRESENTATIVE]),
        address=str(case.answers[ADDRESS]),
        uscc=case.uscc,
        issuer=deployment.catalogue.office_name(department, case.region),
        issued_on=local_day(now),
        licences=tuple(
            LicenceLine(row.name, row.number, row.decider, row.scope, row.valid_from, row.valid_until)
            for row in granted
        ),
        layout=printing.layout,
        type_code=printing.type_code,
        issuer_code=printing.issuer_code,
    )


def _last_issue(db: Connection, certificate_id: int) -> Row[tuple[object, ...]] | None:
    query = select(certificate_issues).where(certificate_issues.c.certificate_id == certificate_id)
    return db.execute(query.order_by(certificate_issues.c.issue.desc()).limit(1)).one_or_none()


def _same(one: CertificateData, other: CertificateData) -> bool:
    """Whether two issues state the same, but for which issue they are and of which day."""
    return replace(one, issue=1, issued_on=date.min) == replace(other, issue=1, issued_on=date.min)


def _add_issue(
    db: Connection, certificate: Row[tuple[object, ...]], stated: CertificateData, reason: str, now: datetime
) -> Issue:
    row = {
        "certificate_id": certificate.id,
        "issue": stated.issue,
        "reason": reason,
        "content": write_facts(stated),
        "issued_at": now,
    }
    added = db.execute(insert(certificate_issues).values(row).returning(certificate_issues.c.id))
    issue_id = int(added.scalar_one())
    enter(db, certificate.id, stated)
    queue.defer(db, queue.RENDER_ISSUE, issue_id=issue_id)
    return Issue(issue_id, certificate.public_id, certificate.number, stated.issue, now)
