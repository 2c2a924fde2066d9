"""A regulator finds any certificate of the region and says what was found about a licence on it."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from certificates.feedback import Attached, Found, give_feedback, offered
from certificates.public import read_public
from engine.blobs import write_blob
from engine.errors import Invalid, NotFound
from engine.queries.feedback import feedback_file, feedback_of_certificate
from engine.queries.parts import read_certificate
from engine.queries.supervised import Supervised, find_supervised, licences_on, supervised
from engine.regulators.offices import REGULATOR
from engine.uploads import ACCEPTED, LARGEST_FILE, check_upload
from web import regulators
from web.context import settings
from web.database import act, reading
from web.download import as_download
from web.login import for_roles, person
from web.staff.case import SEEING

blueprint = Blueprint("supervised", __name__)
TYPED = ("licence", "kind", "words", "law", "found_on")


@blueprint.get("/regulator/search")
@for_roles(REGULATOR)
def search() -> str | tuple[str, int]:
    """Find a certificate by number, by what its code holds, by subject, name or address."""
    words = request.args.get("q", "").strip()[:300]
    try:
        with reading() as db:
            found = find_supervised(db, person(), words)
    except Invalid as invalid:
        return render_template("staff/supervised.html", words=words, found=(), errors=invalid.errors), 422
    return render_template("staff/supervised.html", words=words, found=found, errors={})


@blueprint.get("/regulator/certificates/<public_id>")
@for_roles(REGULATOR)
def show(public_id: str) -> str:
    """The certificate as it stands now, and everything that was found about it."""
    with reading() as db:
        about = supervised(db, person(), public_id)
        found = read_public(db, about.public_id, datetime.now(UTC))
        given = feedback_of_certificate(db, about.id)
    return render_template(
        "staff/supervised_certificate.html", about=about, found=found, given=given, regulators=regulators
    )


@blueprint.get("/regulator/certificates/<public_id>/certificate.pdf")
@for_roles(REGULATOR)
def printed(public_id: str) -> Response:
    """The newest issue as printed."""
    with reading() as db:
        about = supervised(db, person(), public_id)
        certificate = read_certificate(db, about.case_id)
    if certificate is None or certificate.pdf_sha256 is None:
        raise NotFound("证照文件还没有生成。", "通常几秒钟就好，请稍后刷新再试。")
    return as_download(
        certificate.pdf_sha256, "application/pdf", f"{certificate.number}-{certificate.issue}.pdf"
    )


@blueprint.get("/regulator/certificates/<public_id>/feedback")
@for_roles(REGULATOR)
def ask(public_id: str) -> str:
    """What was found?"""
    with reading() as db:
        about = supervised(db, person(), public_id)
    return _form(about, {"licence": request.args.get("licence", "")}, {})


@blueprint.post("/regulator/certificates/<public_id>/feedback")
@for_roles(REGULATOR)
def give(public_id: str) -> Response | tuple[str, int]:
    """Keep it; mistakes come back at their fields with everything kept but the file."""
    typed = {name: request.form.get(name, "") for name in TYPED}
    user, now = person(), datetime.now(UTC)
    with reading() as db:
        about = supervised(db, user, public_id)
    licence, said = typed["licence"], {name: typed[name] for name in TYPED if name != "licence"}
    try:
        found = Found(**said, file=_attached())
        act(
            lambda db: give_feedback(
                db, user=user, public_id=about.public_id, licence=licence, found=found, now=now
            )
        )
    except Invalid as invalid:
        return _form(about, typed, invalid.errors), 422
    flash(_("反馈已经记入办件和证照。"))
    return redirect(url_for("supervised.show", public_id=about.public_id), code=303)


@blueprint.get("/feedback/<int:feedback>/file")
@for_roles(REGULATOR, *SEEING)
def file(feedback: int) -> Response:
    """The file with a finding."""
    with reading() as db:
        found = feedback_file(db, person(), feedback)
    return as_download(found.sha256, found.media_type, found.label)


def _attached() -> Attached | None:
    given = request.files.get("file")
    if given is None or not given.filename:
        return None
    upload = check_upload("file", given.filename, given.stream.read(LARGEST_FILE + 1))
    return Attached(upload.label, upload.media_type, write_blob(settings().blobs, upload.content))


def _form(about: Supervised, typed: dict[str, str], errors: dict[str, str]) -> str:
    with reading() as db:
        licences = licences_on(db, about.id)
    if len(licences) == 1:
        typed = {**typed, "licence": str(licences[0].id)}
    return render_template(
        "staff/feedback.html",
        about=about,
        licences=licences,
        kinds=offered([each.state for each in licences if typed["licence"] in ("", str(each.id))]),
        typed=typed,
        errors=errors,
        accept=ACCEPTED,
        regulators=regulators,
    )
