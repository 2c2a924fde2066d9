"""The materials of one application: what to bring, what need not be brought, and the files handed in."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.blobs import write_blob
from engine.drafts import Draft, read_draft, wanted_materials
from engine.drafts.subject import USCC
from engine.errors import Invalid, NotFound
from engine.later.signing import latest_day
from engine.materials import attach, earlier_files, own_material, pick_again, remove
from engine.uploads import ACCEPTED, LARGEST_FILE, NOTHING_CHOSEN, Upload, check_upload
from web.context import settings
from web.database import act, reading
from web.download import as_download
from web.login import for_roles, person

blueprint = Blueprint("materials", __name__)
Page = Response | tuple[str, int]


@blueprint.get("/apply/<draft>/materials")
@for_roles("applicant")
def show(draft: str) -> str:
    """One entry a material, with what has been handed in for it."""
    return page(draft, {})


@blueprint.post("/apply/<draft>/materials/<material>/upload")
@for_roles("applicant")
def upload(draft: str, material: str) -> Page:
    """Take the files chosen for one material; a bad one is named and the good ones are kept."""
    _check_wanted(draft, material)
    given = [file for file in request.files.getlist(material) if file.filename]
    errors = [] if given else [NOTHING_CHOSEN]
    for file in given:
        try:
            _keep(draft, material, _checked(material, file))
        except Invalid as invalid:
            errors += invalid.errors.values()
    if errors:
        return page(draft, {material: errors}), 422
    return redirect(url_for("materials.show", draft=draft, _anchor=f"of-{material}"), code=303)


@blueprint.post("/apply/<draft>/materials/<material>/pick")
@for_roles("applicant")
def pick(draft: str, material: str) -> Page:
    """Use a file again that was handed in with an earlier case of the same subject."""
    found = _check_wanted(draft, material)
    chosen, user, now = request.form.get("chosen", ""), person(), datetime.now(UTC)
    if not chosen.isdecimal():
        return page(draft, {material: [_("请先选择要用的文件，再点“使用这个文件”。")]}), 422
    uscc = str(found.record.answers.get(USCC) or "")
    try:
        act(
            lambda db: pick_again(
                db, user=user, draft=draft, material=material, uscc=uscc, chosen=int(chosen[:15]), now=now
            )
        )
    except Invalid as invalid:
        return page(draft, {name: [words] for name, words in invalid.errors.items()}), 422
    return redirect(url_for("materials.show", draft=draft, _anchor=f"of-{material}"), code=303)


@blueprint.post("/apply/<draft>/materials/remove/<int:file>")
@for_roles("applicant")
def take_out(draft: str, file: int) -> Response:
    """Take one file out of the application."""
    act(lambda db: remove(db, user=person(), draft=draft, chosen=file))
    flash(_("文件已删除。"))
    return redirect(url_for("materials.show", draft=draft), code=303)


@blueprint.get("/my/files/<int:file>")
@for_roles("applicant")
def download(file: int) -> Response:
    """One's own file back."""
    with reading() as db:
        found = own_material(db, person(), file)
    return as_download(found.sha256, found.media_type, found.label)


def page(draft: str, errors: Mapping[str, list[str]], typed: Mapping[str, str] | None = None) -> str:
    """The page of a draft's materials; `typed` is what was put in for a promise, by input name."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        uscc = str(found.record.answers.get(USCC) or "")
        return render_template(
            "applicant/materials.html",
            draft=found,
            materials=wanted_materials(db, found),
            earlier=earlier_files(db, person(), draft, uscc) if uscc else (),
            errors=errors,
            typed=typed or {},
            latest=latest_day(found.deployment.catalogue, found.record.region, found.today),
            accept=ACCEPTED,
        )


def _check_wanted(draft: str, material: str) -> Draft:
    """The draft, if the material is one that its applicant brings; NotFound otherwise."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        wanted = wanted_materials(db, found)
    if not any(each.id == material and each.to_bring for each in wanted):
        raise NotFound("这份申请不需要这份材料。", "请返回材料页面查看要交哪些材料。")
    return found


def _checked(material: str, file: FileStorage) -> Upload:
    """At most one byte more than allowed is read: enough to know that it is too large."""
    return check_upload(material, file.filename or "", file.stream.read(LARGEST_FILE + 1))


def _keep(draft: str, material: str, upload: Upload) -> None:
    """The bytes first, then the row that names them: a failure in between leaves an orphan and no lie."""
    sha256, user, now = write_blob(settings().blobs, upload.content), person(), datetime.now(UTC)
    act(
        lambda db: attach(
            db, user=user, draft=draft, material=material, upload=upload, sha256=sha256, now=now
        )
    )
