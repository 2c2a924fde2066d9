"""What regulators found about licences, as the pages of a case, a push and a certificate list it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, or_, select, true

from engine.deployments import load
from engine.errors import NotFound
from engine.people import User
from engine.queries.cases import works_on
from engine.queries.files import CaseFile
from engine.queries.sight import items_seen
from engine.regulators.offices import supervises
from engine.tables import cases, certificates, feedback, licences, users

_started = cases.alias("started_case")


@dataclass(frozen=True)
class FeedbackLine:
    """One finding: of which office, about which licence; `started` is the case that an advice led to."""

    id: int
    kind: str
    item: str
    document: str
    number: str
    office: str
    words: str
    law: str
    found_on: date
    given_by: str
    given_at: datetime
    file: str | None
    started: str | None


def feedback_on(db: Connection, *match: ColumnElement[bool]) -> tuple[FeedbackLine, ...]:
    """The findings that fit, the newest first; whoever asks has been let in to what they are about."""
    query = (
        select(feedback, licences.c.name.label("item"), licences.c.document, licences.c.number)
        .add_columns(users.c.name.label("giver"), cases.c.deployment_id, _started.c.number.label("started"))
        .select_from(feedback)
        .join(licences, licences.c.id == feedback.c.licence_id)
        .join(cases, cases.c.id == feedback.c.case_id)
        .join(users, users.c.id == feedback.c.given_by)
        .outerjoin(_started, _started.c.id == feedback.c.started_id)
        .where(*match)
        .order_by(feedback.c.id.desc())
    )
    return tuple(_line(db, row) for row in db.execute(query).all())


def feedback_of_case(db: Connection, case_id: int, seen: frozenset[str] | None) -> tuple[FeedbackLine, ...]:
    """The findings about the licences of a case, those for the items of engine.queries.sight.items_seen."""
    return feedback_on(db, feedback.c.case_id == case_id, _about(seen))


def feedback_of_certificate(db: Connection, certificate_id: int) -> tuple[FeedbackLine, ...]:
    """The findings about all licences of a certificate."""
    return feedback_on(db, feedback.c.certificate_id == certificate_id)


def feedback_file(db: Connection, user: User, found: int) -> CaseFile:
    """The file with a finding, for who supervises the certificate or sees the item in the case."""
    watched = exists().where(certificates.c.id == feedback.c.certificate_id, supervises(user))
    query = select(feedback.c.file, feedback.c.case_id, licences.c.item, watched.label("watched"))
    query = query.join(cases, cases.c.id == feedback.c.case_id).join(
        licences, licences.c.id == feedback.c.licence_id
    )
    row = db.execute(query.where(feedback.c.id == found, or_(watched, works_on(user)))).one_or_none()
    if row is None or row.file is None or not (row.watched or _is_seen(db, user, row)):
        raise NotFound("没有找到这个附件。", "请从反馈所在的页面重新打开。")
    return CaseFile(**row.file)


def _is_seen(db: Connection, user: User, row: Row[Any]) -> bool:
    seen = items_seen(db, user, row.case_id)
    return seen is None or row.item in seen


def _about(seen: frozenset[str] | None) -> ColumnElement[bool]:
    return true() if seen is None else licences.c.item.in_(seen)


def _line(db: Connection, row: Row[Any]) -> FeedbackLine:
    return FeedbackLine(
        id=row.id,
        kind=row.kind,
        item=row.item,
        document=row.document,
        number=row.number,
        office=load(db, row.deployment_id).catalogue.office_name(row.department, row.region),
        words=row.words,
        law=row.law,
        found_on=row.found_on,
        given_by=row.giver,
        given_at=row.given_at,
        file=row.file["label"] if row.file else None,
        started=row.started,
    )
