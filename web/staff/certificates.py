"""A certificate as the offices that decide or supervise its licences see it, and what they propose."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from certificates.life.holding import CLERK, licences_of_office, seen_by_office
from certificates.life.proposing import PROPOSALS, REASONS, propose, why_not
from certificates.life.showing import issue_pdf, page_of
from certificates.scans import read_looks
from engine.days import local_day
from engine.errors import Invalid, NotFound
from engine.linked import KINDS
from engine.queries.feedback import feedback_of_certificate
from forms.characters import storable
from web import regulators, words
from web.database import act, reading
from web.download import as_download
from web.login import for_roles, person

blueprint = Blueprint("certificates", __name__)


@blueprint.get("/office/certificates/<number>")
@for_roles(CLERK)
def show(number: str) -> str:
    """The certificate with its licences' history; buttons stand at those that are this office's."""
    now = datetime.now(UTC)
    with reading() as db:
        held = seen_by_office(db, person(), number, now)
        page = page_of(db, held, now)
        mine = licences_of_office(db, person(), held)
        found = feedback_of_certificate(db, held.row.id)
        looks = read_looks(db, held.row.id, local_day(now))
    proposals = {
        line.row.id: {process: why_not(held, line.row, process) for process in PROPOSALS}
        for line in page.licences
        if line.row.id in mine and line.is_live
    }
    return render_template(
        "staff/certificate.html",
        page=page,
        proposals=proposals,
        words=words,
        kinds=KINDS,
        findings=found,
        looks=looks,
        regulators=regulators,
    )


@blueprint.get("/office/certificates")
@for_roles(CLERK)
def find() -> Response:
    """Go to the certificate with the number that was typed."""
    number = request.args.get("number", "").strip()[:40] or "-"
    return redirect(url_for("certificates.show", number=number))


@blueprint.get("/office/certificates/<number>/issues/<int:issue>.pdf")
@for_roles(CLERK)
def download(number: str, issue: int) -> Response:
    """One issue as it was printed."""
    with reading() as db:
        held = seen_by_office(db, person(), number, datetime.now(UTC))
        sha256 = issue_pdf(db, held, issue)
    return as_download(sha256, "application/pdf", f"{number}-{issue}.pdf")


@blueprint.get("/office/certificates/<number>/licences/<int:licence>/<process>")
@for_roles(CLERK)
def ask(number: str, licence: int, process: str) -> str:
    """What is proposed, and why."""
    return _page(number, licence, process, "", {})


@blueprint.post("/office/certificates/<number>/licences/<int:licence>/<process>")
@for_roles(CLERK)
def put(number: str, licence: int, process: str) -> Response | tuple[str, int]:
    """Propose it; another person decides."""
    _known(process)
    user, now = person(), datetime.now(UTC)
    reasons = storable(request.form.get(REASONS, "")).strip()[:5000]
    try:
        case = act(
            lambda db: propose(
                db, user=user, number=number, licence=licence, process=process, reasons=reasons, now=now
            )
        )
    except Invalid as invalid:
        return _page(number, licence, process, reasons, invalid.errors), 422
    flash(_("已经提出，办件号 %(case)s，由另一个人决定。", case=case))
    return redirect(url_for("certificates.show", number=number), code=303)


def _page(number: str, licence: int, process: str, typed: str, errors: Mapping[str, str]) -> str:
    _known(process)
    with reading() as db:
        held = seen_by_office(db, person(), number, datetime.now(UTC))
        row = held.licence(licence)
        if row.id not in licences_of_office(db, person(), held):
            raise NotFound("这项许可不由您所在的部门决定或者监管。", "请联系这项许可的实施主体。")
    return render_template(
        "staff/certificate_proposal.html",
        held=held,
        licence=row,
        kind=KINDS[process],
        process=process,
        why_not=why_not(held, row, process),
        typed=typed,
        errors=errors,
    )


def _known(process: str) -> None:
    if process not in PROPOSALS:
        raise NotFound
