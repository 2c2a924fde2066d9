"""Promises what a page shows of a certificate: its issues, its licences with their history, its cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from certificates.life.holding import Held
from certificates.life.possible import Possible, for_licence, for_whole
from certificates.life.suspensions import is_over
from certificates.states import LIVE
from engine.days import local_day
from engine.errors import NotFound
from engine.linked import POST_CHECK
from engine.tables import cases, certificate_issues, licence_events, licence_sheets, licences

MOST = 100  # lines of one list; no certificate has more in its life


@dataclass(frozen=True)
class LicenceLine:
    """One licence: how many days are left (None: no end), what may be asked for, what has happened.

    `suspension_over`: it is still suspended although the last day of that is over.
    """

    row: Row[Any]
    days_left: int | None
    possible: Mapping[str, Possible]
    events: tuple[Row[Any], ...]
    sheet: Row[Any] | None
    suspension_over: bool

    @property
    def is_live(self) -> bool:
        return self.row.state in LIVE


@dataclass(frozen=True)
class CertificatePage:
    """A certificate with all its issues (newest first), licences and the cases that followed."""

    held: Held
    issues: tuple[Row[Any], ...]
    licences: tuple[LicenceLine, ...]
    possible: Mapping[str, Possible]
    cases: tuple[Row[Any], ...]


def page_of(db: Connection, held: Held, now: datetime) -> CertificatePage:
    """What stands on the page of a certificate that the caller may see."""
    query = select(certificate_issues).where(certificate_issues.c.certificate_id == held.row.id)
    followed = select(cases.c.number, cases.c.process, cases.c.status, cases.c.submitted_at, cases.c.ended_at)
    followed = followed.where(cases.c.parent_id == held.first.id, cases.c.process != POST_CHECK)
    events, sheets = _events(db, held), _sheets(db, held)
    return CertificatePage(
        held=held,
        issues=tuple(db.execute(query.order_by(certificate_issues.c.issue.desc()).limit(MOST))),
        licences=tuple(
            _line(held, row, local_day(now), events.get(row.id, ()), sheets.get(row.id))
            for row in sorted(held.licences.values(), key=lambda row: (row.state not in LIVE, row.id))
        ),
        possible={each.process: each for each in for_whole(held)},
        cases=tuple(db.execute(followed.order_by(cases.c.id.desc()).limit(MOST))),
    )


def issue_pdf(db: Connection, held: Held, number: int) -> str:
    """The hash of the printed issue with this number; NotFound while there is none."""
    query = select(certificate_issues.c.pdf_sha256).where(
        certificate_issues.c.certificate_id == held.row.id, certificate_issues.c.issue == number
    )
    return _printed(db.execute(query).scalar())


def sheet_pdf(db: Connection, held: Held, sheet: int) -> str:
    """The hash of the printed sheet of one licence; NotFound while there is none."""
    query = select(licence_sheets.c.pdf_sha256).join(licences)
    mine = (licence_sheets.c.id == sheet, licences.c.certificate_id == held.row.id)
    return _printed(db.execute(query.where(*mine)).scalar())


def _printed(sha256: str | None) -> str:
    if sha256 is None:
        raise NotFound("证照文件还没有生成。", "通常几秒钟就好，请稍后返回证照页面刷新再试。")
    return sha256


def _line(
    held: Held, row: Row[Any], today: date, events: tuple[Row[Any], ...], sheet: Row[Any] | None
) -> LicenceLine:
    left = (row.valid_until - today).days if row.valid_until else None
    live = row.state in LIVE
    possible = {each.process: each for each in for_licence(held, row, today)} if live else {}
    return LicenceLine(row, left, possible, events, sheet, is_over(row, today))


def _events(db: Connection, held: Held) -> dict[int, tuple[Row[Any], ...]]:
    query = select(licence_events).where(licence_events.c.licence_id.in_(list(held.licences)))
    found: dict[int, tuple[Row[Any], ...]] = {}
    for row in db.execute(query.order_by(licence_events.c.id)):
        found[row.licence_id] = (*found.get(row.licence_id, ()), row)
    return found


def _sheets(db: Connection, held: Held) -> dict[int, Row[Any]]:
    """The newest sheet of each licence."""
    query = select(licence_sheets).where(licence_sheets.c.licence_id.in_(list(held.licences)))
    return {row.licence_id: row for row in db.execute(query.order_by(licence_sheets.c.id))}
