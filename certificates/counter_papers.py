"""Promises the papers that a window prints and hands out: the newest issue, and each licence's own sheet."""

from dataclasses import dataclass

from sqlalchemy import Connection, exists, select
from sqlalchemy.dialects.postgresql import distinct_on

from certificates.states import IN_FORCE
from engine.errors import NotFound
from engine.handouts.handing import NotWaiting
from engine.handouts.opening import REPLACED
from engine.people import User
from engine.queries.handouts import Handout, at_window
from engine.tables import certificate_issues, licence_sheets, licences


@dataclass(frozen=True)
class Sheet:
    """The newest sheet of one licence in force; `issue` is the one that it came with."""

    id: int
    document: str
    number: str
    issue: int
    pdf_sha256: str | None


@dataclass(frozen=True)
class Papers:
    """What is to be handed out: `certificate` is its SHA-256, None while there is nothing to print."""

    certificate: str | None
    sheets: tuple[Sheet, ...] = ()


def papers_of(db: Connection, found: Handout) -> Papers:
    """What the window prints for this handout; nothing of an issue that was replaced or holds no more."""
    of = found.certificate_id
    newer = certificate_issues.c.certificate_id == of, certificate_issues.c.issue > found.issue
    holds = licences.c.certificate_id == of, licences.c.state.in_(IN_FORCE)
    stands = db.execute(select(~exists().where(*newer) & exists().where(*holds))).scalar_one()
    if found.state == REPLACED or not stands:
        return Papers(None)
    query = (
        select(licence_sheets.c.id, licences.c.document, licences.c.number, certificate_issues.c.issue)
        .add_columns(licence_sheets.c.pdf_sha256)
        .join_from(licence_sheets, licences, licences.c.id == licence_sheets.c.licence_id)
        .join(certificate_issues, certificate_issues.c.id == licence_sheets.c.issue_id)
        .where(*holds)
        .ext(distinct_on(licences.c.id))
        .order_by(licences.c.id, licence_sheets.c.id.desc())
    )
    return Papers(found.pdf_sha256, tuple(Sheet(*row) for row in db.execute(query)))


def to_print(db: Connection, user: User, handout: int, sheet: int | None = None) -> tuple[str, str]:
    """The SHA-256 and the name of the certificate's file or a sheet's, for the window of its region.

    NotFound for other windows and other sheets; NotWaiting for what is not handed out, or not printed yet.
    """
    found = at_window(db, user, handout)
    papers = papers_of(db, found)
    if papers.certificate is None:
        raise NotWaiting("这张证没有可以打印的文件。", "已经不再发放，或者文件正在生成；请稍后刷新发放页面。")
    if sheet is None:
        return papers.certificate, f"{found.number}-{found.issue}.pdf"
    wanted = next((each for each in papers.sheets if each.id == sheet), None)
    if wanted is None or wanted.pdf_sha256 is None:
        raise NotFound("没有找到这张单项证照。", "它可能已经换发；请回到这张证的发放页面重新打开。")
    return wanted.pdf_sha256, f"{found.number}-{found.issue}-{wanted.id}.pdf"
