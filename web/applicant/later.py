"""What may come later (容缺受理): promised with a day and a name in a draft, handed in on the case's page."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.blobs import write_blob
from engine.commands.hand_in_later import hand_in_later
from engine.errors import Invalid
from engine.later.signing import promise, take_back
from engine.queries.cases import applicants_case
from engine.uploads import ACCEPTED, LARGEST_FILE, check_upload
from web.applicant.materials import page
from web.context import settings
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("later", __name__)
Page = Response | tuple[str, int]


@blueprint.post("/apply/<draft>/materials/<material>/later")
@for_roles("applicant")
def put_off(draft: str, material: str) -> Page:
    """Promise one material of a draft for a later day."""
    day, signed_as = (request.form.get(f"{material}-{name}", "")[:50] for name in ("day", "signed_as"))
    user, now = person(), datetime.now(UTC)
    try:
        act(
            lambda db: promise(
                db, user=user, draft=draft, material=material, day=day, signed_as=signed_as, now=now
            )
        )
    except Invalid as invalid:
        errors = {name: [words] for name, words in invalid.errors.items()}
        return page(draft, errors, {f"{material}-day": day, f"{material}-signed_as": signed_as}), 422
    flash(_("已记下您的承诺，这份材料可以提交以后再交。"))
    return redirect(url_for("materials.show", draft=draft, _anchor=f"of-{material}"), code=303)


@blueprint.post("/apply/<draft>/materials/<material>/later/take-back")
@for_roles("applicant")
def hand_in_now(draft: str, material: str) -> Response:
    """The material comes with the application after all."""
    user, now = person(), datetime.now(UTC)
    act(lambda db: take_back(db, user=user, draft=draft, material=material, now=now))
    return redirect(url_for("materials.show", draft=draft, _anchor=f"of-{material}"), code=303)


@blueprint.get("/cases/<number>/later")
@for_roles("applicant")
def show(number: str) -> str:
    """What is still to come, and what came."""
    return _page(number, {})


@blueprint.post("/cases/<number>/later/<material>")
@for_roles("applicant")
def hand_in(number: str, material: str) -> Page:
    """Take the files chosen for one promised material; with one bad file none is taken."""
    with reading() as db:
        applicants_case(db, person(), number)
    user, now = person(), datetime.now(UTC)
    given = [file for file in request.files.getlist(material) if file.filename]
    try:
        uploads = [
            check_upload(material, file.filename or "", file.stream.read(LARGEST_FILE + 1)) for file in given
        ]
        files = [(upload, write_blob(settings().blobs, upload.content)) for upload in uploads]
        act(lambda db: hand_in_later(db, user=user, number=number, material=material, files=files, now=now))
    except Invalid as invalid:
        return _page(number, {name: [words] for name, words in invalid.errors.items()}), 422
    flash(_("材料已经交上，办理的部门可以看到了。"))
    return redirect(url_for("later.show", number=number), code=303)


def _page(number: str, errors: Mapping[str, list[str]]) -> str:
    with reading() as db:
        case = applicants_case(db, person(), number)
    return render_template("applicant/later.html", case=case, errors=errors, accept=ACCEPTED)
