"""Promises that a certificate is entered once, and that the licences of its cases come to stand on it.

A certificate has one public id for life; what is added by a later case joins the certificate of the first.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from certificates.issuing import TITLE, Issue, issue_anew
from certificates.life.history import GRANTED, Cause, enter, note, snapshot
from certificates.number import PATTERN, certificate_number
from certificates.public import PublicCertificate, PublicLicence, read_public
from certificates.qr import new_public_id
from certificates.states import LIVE
from engine.days import local_day
from engine.deployments import load
from engine.errors import Refusal
from engine.events import SYSTEM
from engine.numbers import next_number
from engine.tables import cases, certificates, licences

__all__ = ["TITLE", "Issue", "NothingGranted", "PublicCertificate", "PublicLicence", "issue", "read_public"]

NUMBER_SETTING = "certificate_number"
# ids in forms/definitions/fields.yaml
LEGAL_REPRESENTATIVE, ADDRESS, SEPARATE = "legal_rep", "op_address", "want_separate_certs"


class NothingGranted(Refusal):
    """A case without a single licence gets no certificate."""

    says = "本件没有准予的许可，不能制发综合许可证。"
    do = "请核对各事项的决定。"


class AnotherHolder(Refusal):
    """A licence never joins the certificate of another holder, however its case came to follow that one."""

    says = "本件的申请人和要加入的证照的持有人不是同一个主体，不能制发。"
    do = "请核对两件的统一社会信用代码。"


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
    is the same issue. Raises NothingGranted for a case without licences, AnotherHolder when what it joins
    is somebody else's certificate.
    """
    case = db.execute(select(cases).where(cases.c.id == case_id).with_for_update()).one()
    mine = select(licences).where(licences.c.case_id == case_id, licences.c.state.in_(LIVE))
    if db.execute(mine.limit(1)).first() is None:
        raise NothingGranted
    certificate = _certificate(db, case, department, now, random_bytes)
    joining = db.execute(mine.where(licences.c.certificate_id.is_(None)).order_by(licences.c.id)).all()
    joined = licences.c.id.in_([row.id for row in joining])
    db.execute(update(licences).where(joined).values(certificate_id=certificate.id))
    made = issue_anew(db, certificate.id, reason, now)
    if made is None:
        raise NothingGranted
    cause = Cause(reason, SYSTEM, case_id, now)
    for row in joining:
        enter(db, row.id, GRANTED, {}, snapshot(row), cause, made.id)
    if joining:
        note(db, certificate.id, joining, cause, made)
    return made


def _certificate(
    db: Connection,
    case: Row[Any],
    department: str,
    now: datetime,
    random_bytes: Callable[[int], bytes],
) -> Row[Any]:
    """The case's certificate, locked: that of the case it adds to, else its own, entered the first time."""
    query = select(certificates).where(certificates.c.case_id == (case.parent_id or case.id))
    found = db.execute(query.with_for_update()).one_or_none()
    if found is not None:
        if found.uscc != case.uscc:
            raise AnotherHolder
        return found
    year = local_day(now).year
    settings = load(db, case.deployment_id).catalogue.settings(case.region)
    serial = next_number(db, f"certificate/{case.region}/{year}")
    pattern = str(settings.get(NUMBER_SETTING, PATTERN))
    row = {
        "public_id": new_public_id(random_bytes),
        "number": certificate_number(pattern, region=case.region, year=year, serial=serial),
        "case_id": case.id,
        "subject_id": case.subject_id,
        "industry": case.industry,
        "region": case.region,
        "operator": case.operator,
        "legal_representative": str(case.answers[LEGAL_REPRESENTATIVE]),
        "address": str(case.answers[ADDRESS]),
        "uscc": case.uscc,
        "department": department,
        "separate": case.answers.get(SEPARATE) is True,
        "created_at": now,
    }
    db.execute(insert(certificates).values(row))
    return db.execute(query).one()
