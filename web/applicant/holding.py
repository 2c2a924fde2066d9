"""A certificate as its holder keeps it: licences and what can be done now, all issues, what is under way."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response

from certificates.life.holding import held_by
from certificates.life.showing import issue_pdf, page_of, sheet_pdf
from engine.errors import NotFound
from engine.handouts.reading import note_opening
from engine.queries.cases import applicants_case
from engine.tables import cases, certificates
from web import words
from web.database import act, reading
from web.download import as_download
from web.login import for_roles, person

blueprint = Blueprint("holding", __name__)
PDF = "application/pdf"


@blueprint.get("/certificates/<public_id>")
@for_roles("applicant")
def show(public_id: str) -> str:
    """The certificate's page."""
    now = datetime.now(UTC)
    with reading() as db:
        page = page_of(db, held_by(db, person(), public_id, now), now)
    return render_template("applicant/certificate.html", page=page, words=words, public_id=public_id)


@blueprint.get("/certificates/<public_id>/issues/<int:issue>.pdf")
@for_roles("applicant")
def download(public_id: str, issue: int) -> Response:
    """One issue as it was printed; opening the newest is its electronic delivery."""
    user, now = person(), datetime.now(UTC)

    def opened(db: Connection) -> tuple[str, str]:
        held = held_by(db, user, public_id, now)
        sha256 = issue_pdf(db, held, issue)
        note_opening(db, user=user, case_id=held.first.id, issue=issue, now=now)
        return sha256, f"{held.row.number}-{issue}.pdf"

    sha256, name = act(opened)
    return as_download(sha256, PDF, name)


@blueprint.get("/certificates/<public_id>/sheets/<int:sheet>.pdf")
@for_roles("applicant")
def download_sheet(public_id: str, sheet: int) -> Response:
    """One licence on a sheet of its own."""
    with reading() as db:
        held = held_by(db, person(), public_id, datetime.now(UTC))
        sha256 = sheet_pdf(db, held, sheet)
    return as_download(sha256, PDF, f"{held.row.number}-{sheet}.pdf")


@blueprint.get("/cases/<number>/certificate")
@for_roles("applicant")
def of_case(number: str) -> Response:
    """Go to the certificate that a case brought, or that it is about."""
    with reading() as db:
        case = applicants_case(db, person(), number)
        first = select(cases.c.parent_id).where(cases.c.id == case.id).scalar_subquery()
        match = certificates.c.case_id.in_([case.id, first])
        public_id = db.execute(select(certificates.c.public_id).where(match)).scalar()
    if public_id is None:
        raise NotFound("这个办件还没有证照。", "办成以后会在这里看到。")
    return redirect(url_for("holding.show", public_id=public_id), code=303)
