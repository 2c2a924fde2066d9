"""The holder opens the certificate on line: the first time it is delivered, where they wanted no paper."""

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.handouts.handing import DELIVERED, close
from engine.handouts.opening import ELECTRONIC, WAITING
from engine.people import User
from engine.queries.cases import CasePage, applicants_case
from engine.queries.handouts import handouts_of_case
from engine.tables import handout_ways


def open_certificate(db: Connection, *, user: User, number: str, now: datetime) -> CasePage:
    """The applicant's own case, its printed certificate being opened. NotFound for others' cases."""
    page = applicants_case(db, user, number)
    certificate = page.certificate
    if certificate is None or certificate.pdf_sha256 is None:
        return page
    note_opening(db, user=user, case_id=page.id, issue=certificate.issue, now=now)
    return page


def note_opening(db: Connection, *, user: User, case_id: int, issue: int, now: datetime) -> None:
    """The holder opens this printed issue of their case's certificate; only the newest is delivered so."""
    newest = next(iter(handouts_of_case(db, case_id)), None)
    if newest is None or newest.issue != issue or any(each.way == ELECTRONIC for each in newest.ways):
        return
    row = {
        "handout_id": newest.id,
        "way": ELECTRONIC,
        "state": DELIVERED,
        "receiver": newest.operator,
        "begun_at": now,
        "ended_at": now,
    }
    opened = upsert(handout_ways).values(row).on_conflict_do_nothing()
    first = db.execute(opened.returning(handout_ways.c.id)).scalar() is not None
    if first and newest.wish == ELECTRONIC and newest.state == WAITING:
        close(db, newest, ELECTRONIC, user, now)
