"""A certificate that has been issued and printed, for the tests of pages that come after it."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, select, update

from certificates.life.history import Cause
from certificates.life.writing import write
from certificates.rendering import render_issue
from engine.database import transaction
from engine.events import SYSTEM
from engine.tables import cases, certificate_issues, certificates, handouts, licences, pushes
from tests.certificates.examples import RING
from tests.engine.clerks import carry
from tests.filing import NOW, ONLY_FOOD, file_case
from tests.sealing import trial_seal
from tests.web.conftest import Site

BEFORE = date(2026, 1, 5)  # a day before today, whatever day it is


def issued(site: Site, wish: str = "electronic") -> str:
    """A restaurant with its food licence, the certificate printed; the case's number."""
    number = file_case(site.engine, site.people, ONLY_FOOD)
    carry(site.engine, site.people, number)
    blobs = site.app.extensions["settings"].blobs
    with transaction(site.engine) as db:
        printed = certificate_issues.c.certificate_id == certificates.c.id
        of_case = certificates.join(cases, certificates.c.case_id == cases.c.id)
        query = select(certificate_issues.c.id).select_from(of_case.join(certificate_issues, printed))
        issue = db.execute(query.where(cases.c.number == number)).scalar_one()
        printed_by(db, blobs, issue)
        db.execute(update(handouts).where(handouts.c.issue_id == issue).values(wish=wish))
        db.execute(update(licences).values(valid_from=BEFORE))
    return number


def printed_by(db: Connection, blobs: Path, issue: int) -> None:
    seal, base_url = trial_seal(), "http://localhost"
    render_issue(db, issue, blobs=blobs, ring=RING, base_url=base_url, seal=seal, now=NOW)


def again(site: Site, number: str) -> None:
    """A further copy of the case's certificate, printed, and now with a sheet for each licence."""
    with transaction(site.engine) as db:
        this = certificates.c.public_id == certificate_of(site, number)
        asked = update(certificates).where(this).values(separate=True).returning(certificates.c.id)
        why = Cause("补证", SYSTEM, None, datetime.now(UTC))
        made = write(db, db.execute(asked).scalar_one(), (), why, further_copy=True).issue
        assert made is not None
        printed_by(db, site.app.extensions["settings"].blobs, made.id)


def certificate_of(site: Site, number: str) -> str:
    """The public id of a case's certificate."""
    with site.engine.connect() as db:
        query = (
            select(certificates.c.public_id)
            .join(cases, certificates.c.case_id == cases.c.id)
            .where(cases.c.number == number)
        )
        return str(db.execute(query).scalar_one())


def push_of(site: Site, number: str) -> int:
    """The push about the case's only licence."""
    with site.engine.connect() as db:
        query = (
            select(pushes.c.id).join(cases, cases.c.id == pushes.c.case_id).where(cases.c.number == number)
        )
        return int(db.execute(query.order_by(pushes.c.id).limit(1)).scalar_one())


def licence_of(site: Site, number: str) -> int:
    """The case's only licence."""
    with site.engine.connect() as db:
        query = select(licences.c.id).join(cases, cases.c.id == licences.c.case_id)
        return int(db.execute(query.where(cases.c.number == number)).scalar_one())


def handout_of(site: Site, number: str) -> int:
    """The handing out of the case's newest issue."""
    with site.engine.connect() as db:
        query = select(handouts.c.id).join(cases, cases.c.id == handouts.c.case_id)
        query = query.where(cases.c.number == number).order_by(handouts.c.id.desc()).limit(1)
        return int(db.execute(query).scalar_one())
