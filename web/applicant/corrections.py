"""The applicant's reply to a notice: only what was flagged, kept as it is typed, sent once."""

from datetime import UTC, datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.blobs import write_blob
from engine.corrections.filed import MATERIAL
from engine.corrections.files import attach_reply, remove_reply_file
from engine.corrections.points import SENT
from engine.corrections.replies import Reply, files_input, read_reply, save, waits_for_reply
from engine.corrections.resubmit import resubmit
from engine.errors import Invalid, NotFound
from engine.queries.cases import CasePage, applicants_case
from engine.uploads import ACCEPTED, LARGEST_FILE, check_upload
from forms.inputs import Inputs, keep
from web.applicant.correction_page import Parts, parts_of, shown_rounds, visible_names
from web.context import settings
from web.corrections import Round
from web.database import act, reading
from web.login import for_roles, person
from web.table_rows import dropped_row, row_to_drop, table_to_grow

blueprint = Blueprint("corrections", __name__)
PAGE = "/cases/<number>/corrections/<int:round>"
REMOVE = "remove:"
Page = str | Response | tuple[str, int]


@blueprint.app_template_global("corrections_told")
def corrections_told(case: CasePage) -> list[Round]:
    """For the case's page: every notice to its applicant with the reply, newest first."""
    with reading() as db:
        return shown_rounds(db, case.id)


@blueprint.get("/cases/<number>/correction")
@for_roles("applicant")
def newest(number: str) -> Response:
    """The newest notice; messages lead here."""
    with reading() as db:
        found = shown_rounds(db, _case_id(number))
    if not found:
        raise NotFound("这份申请没有要补正的内容。", "请从“我的办件”查看办理进度。")
    return redirect(url_for("corrections.show", number=number, round=found[0].correction.round), code=303)


@blueprint.get(PAGE)
@for_roles("applicant")
def show(number: str, round: int) -> str:
    """What was flagged, each with a place for the reply; after it was sent, what was asked and replied."""
    return _page(number, round, None, {})


@blueprint.post(PAGE)
@for_roles("applicant")
def reply(number: str, round: int) -> Page:
    """Do what the button says: look, add or drop a row, take a file out, keep, or send everything."""
    action = request.form.get("action", "")
    found = _read(number, round)
    typed = _typed(found)
    if action == "look":
        return jsonify(visible=visible_names(found, typed, datetime.now(UTC)))
    if table_to_grow(action) or row_to_drop(action):
        return _page(number, round, dropped_row(typed, action), {}, grow=table_to_grow(action))
    if action.startswith(REMOVE):
        _remove(number, round, action.removeprefix(REMOVE))
    return _keep(number, round, found, typed, send=action == "send")


def _keep(number: str, round: int, found: Reply, typed: Inputs, *, send: bool) -> Page:
    """Keep what is right; errors come back at their fields with everything kept."""
    user, now = person(), datetime.now(UTC)
    errors = _keep_files(number, round, found)
    errors |= act(lambda db: save(db, user=user, number=number, round=round, raw=typed, whole=send, now=now))
    if send and not errors:
        try:
            act(lambda db: resubmit(db, user=user, number=number, round=round, now=now))
        except Invalid as invalid:
            errors = invalid.errors
        else:
            flash(_("补正已提交。提出要求的部门只看您改过的地方，看完后答复您是否受理。"))
            return redirect(url_for("filed.show", number=number), code=303)
    if errors:
        return _page(number, round, typed, errors), 422
    flash(_("已保存，还没有提交。全部改好后点“提交补正”。"))
    return redirect(url_for("corrections.show", number=number, round=round), code=303)


def _keep_files(number: str, round: int, found: Reply) -> dict[str, str]:
    """Take the files that were chosen; a bad one is named, the good ones are kept."""
    errors: dict[str, str] = {}
    for material in (flag.thing.name for flag in found.flags if flag.thing.target == MATERIAL):
        name = files_input(material)
        for file in (each for each in request.files.getlist(name) if each.filename):
            content = file.stream.read(LARGEST_FILE + 1)  # enough to know that it is too large
            try:
                _keep_file(number, round, material, file.filename or "", content)
            except Invalid as invalid:
                errors[name] = "；".join([*filter(None, [errors.get(name)]), *invalid.errors.values()])
    return errors


def _keep_file(number: str, round: int, material: str, name: str, content: bytes) -> None:
    """The bytes first, then the row that names them: a failure in between leaves an orphan and no lie."""
    upload, user, now = check_upload(files_input(material), name, content), person(), datetime.now(UTC)
    sha256 = write_blob(settings().blobs, upload.content)
    act(
        lambda db: attach_reply(
            db,
            user=user,
            number=number,
            round=round,
            material=material,
            upload=upload,
            sha256=sha256,
            now=now,
        )
    )


def _remove(number: str, round: int, chosen: str) -> None:
    if not (chosen.isascii() and chosen.isdigit()):
        raise NotFound
    file, user, now = int(chosen[:15]), person(), datetime.now(UTC)
    act(lambda db: remove_reply_file(db, user=user, number=number, round=round, chosen=file, now=now))


def _read(number: str, round: int) -> Reply:
    with reading() as db:
        return read_reply(db, person(), number, round)


def _case_id(number: str) -> int:
    with reading() as db:
        return applicants_case(db, person(), number).id


def _typed(found: Reply) -> Inputs:
    """What the request's form holds for this notice, safe to keep and to show again."""
    raw = {name: values if len(values) > 1 else values[0] for name, values in request.form.lists()}
    return keep([*(one.field for one in found.asked), *found.words], raw)


def _page(number: str, round: int, typed: Inputs | None, errors: dict[str, str], *, grow: str = "") -> str:
    found, now = _read(number, round), datetime.now(UTC)
    parts: Parts = parts_of(found, typed, errors, now, grow)
    return render_template(
        "applicant/correction.html",
        reply=found,
        case=found.filed.case,
        parts=parts,
        open=found.correction.state == SENT and waits_for_reply(found.filed.case),
        accept=ACCEPTED,
        files_input=files_input,
        errors=errors,
        grow=grow,
        now=now,
    )
