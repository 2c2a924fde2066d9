"""Promises which papers in use a key of codes signed: those that fail their check once it is withdrawn."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from engine.tables import certificate_issues, certificates


class SignedPaper(NamedTuple):
    """The newest issue of a certificate in force."""

    number: str
    issue: int


def papers_signed_by(db: Connection, kid: int) -> Sequence[SignedPaper]:
    """In the order of their numbers; older issues, and what has lapsed, need no new paper."""
    later = certificate_issues.alias("later")
    query = (
        select(certificates.c.number, certificate_issues.c.issue)
        .join_from(certificate_issues, certificates)
        .where(certificate_issues.c.kid == kid, certificates.c.lapsed_at.is_(None))
        .where(~exists().where(later.c.previous_id == certificate_issues.c.id))
        .order_by(certificates.c.number)
    )
    return [SignedPaper(*row) for row in db.execute(query)]
