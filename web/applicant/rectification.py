"""What a visit asked to put right: words and proof for each point, kept as one goes, sent once."""

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.blobs import write_blob
from engine.errors import Invalid, NotFound
from engine.inspections.rectification import Rectification
from engine.inspections.rectifying import attach_proof, proof_input, remove_proof, save_reply, send_replies
from engine.uploads import LARGEST_FILE, Upload, check_upload
from forms.inputs import Inputs
from web.applicant.inspection import page
from web.applicant.inspection_page import read_visit
from web.context import settings
from web.database import act, reading
from web.download import as_download
from web.login import for_roles, person

blueprint = Blueprint("rectification", __name__)
SAVE, SEND, REMOVE = "save:", "send", "remove:"


@blueprint.post("/cases/<number>/inspection/rectification")
@for_roles("applicant")
def reply(number: str) -> Response | tuple[str, int]:
    """Do what the button says: take a file out, keep, or send everything."""
    action, typed = request.form.get("action", ""), _typed()
    if action.startswith(REMOVE):
        _remove(number, action.removeprefix(REMOVE))
    errors = _keep_files(number, _asked(number))
    user, now = person(), datetime.now(UTC)
    wrong = act(lambda db: save_reply(db, user=user, number=number, raw=typed, now=now))
    errors |= wrong
    if action == SEND and not errors:
        try:
            act(lambda db: send_replies(db, user=user, number=number, now=now))
        except Invalid as invalid:
            errors = invalid.errors
        else:
            flash(_("整改已经提交，接下来只复查这几处。"))
            return redirect(url_for("inspection.show", number=number), code=303)
    if errors:  # what is not wrong is kept, here or by another window: the page shows it as kept
        return page(number, {name: typed[name] for name in wrong}, errors), 422
    flash(_("已保存，还没有提交。全部写好后点“提交整改”。"))
    anchor = f"of-{action.removeprefix(SAVE)}" if action.startswith(SAVE) else None
    return redirect(url_for("inspection.show", number=number, _anchor=anchor), code=303)


@blueprint.get("/cases/<number>/inspection/files/<int:file>")
@for_roles("applicant")
def proof(number: str, file: int) -> Response:
    """One's own proof back."""
    found = next((one for point in _asked(number).points for one in point.files if one.id == file), None)
    if found is None:
        raise NotFound
    return as_download(found.sha256, found.media_type, found.label)


def _asked(number: str) -> Rectification:
    with reading() as db:
        found = read_visit(db, person(), number).rectification
    if found is None:
        raise NotFound("这份申请没有要整改的内容。", "请从“我的办件”查看办理进度。")
    return found


def _keep_files(number: str, asked: Rectification) -> dict[str, str]:
    """Take the files that were chosen; a bad one is named, the good ones are kept."""
    errors: dict[str, str] = {}
    for point in (each.point for each in asked.points):
        for name, content in _given(proof_input(point)):
            try:
                _keep_file(number, point, check_upload(proof_input(point), name, content))
            except Invalid as invalid:
                said = [*filter(None, [errors.get(proof_input(point))]), *invalid.errors.values()]
                errors[proof_input(point)] = "；".join(said)
    return errors


def _given(field: str) -> Iterator[tuple[str, bytes]]:
    """Each file that was chosen: its name, and as much of it as shows whether it is too large."""
    for file in request.files.getlist(field):
        if file.filename:
            yield file.filename, file.stream.read(LARGEST_FILE + 1)


def _keep_file(number: str, point: str, upload: Upload) -> None:
    """The bytes first, then the row that names them: a failure in between leaves an orphan and no lie."""
    sha256, user, now = write_blob(settings().blobs, upload.content), person(), datetime.now(UTC)
    act(
        lambda db: attach_proof(
            db, user=user, number=number, point=point, upload=upload, sha256=sha256, now=now
        )
    )


def _remove(number: str, chosen: str) -> None:
    if not (chosen.isascii() and chosen.isdigit()):
        raise NotFound
    file, user, now = int(chosen[:15]), person(), datetime.now(UTC)
    act(lambda db: remove_proof(db, user=user, number=number, chosen=file, now=now))


def _typed() -> Inputs:
    return {name: values[-1] for name, values in request.form.lists()}
