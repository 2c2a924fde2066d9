"""A visit's photos: taken in from a phone or a plain form, shown to those who may see the visit."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from flask import Blueprint, flash, jsonify, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from engine.blobs import read_blob, write_blob
from engine.errors import Invalid
from engine.inspections.access import take_seat
from engine.inspections.moments import read_moment
from engine.inspections.photos import PhotoAnswer, add_photo
from engine.inspections.pictures import check_photo, thumbnail
from engine.inspections.places import Position, read_position
from engine.people import User
from engine.queries.phone_sheet import kept_photo
from engine.uploads import LARGEST_FILE, NOTHING_CHOSEN, Upload
from web.context import settings
from web.database import act, reading
from web.inspect.offline import INSPECTING
from web.inspect.state import visit_for
from web.inspect.visit import Typed, visit_page
from web.login import for_roles, person

blueprint = Blueprint("inspect_photos", __name__)
SMALL = "image/jpeg"


@dataclass(frozen=True)
class Sent:
    """What came with a photo; a plain form sends the point alone."""

    id: str
    point: str
    taken_at: datetime
    sent_at: datetime
    position: Position | None
    sha256: str


@blueprint.post("/inspect/<int:inspection>/photos")
@for_roles(*INSPECTING)
def add(inspection: int) -> Response | tuple[str, int]:
    """Keep a photo of a phone, answered as JSON, or those of a plain form, answered by its page."""
    user, now = person(), datetime.now(UTC)
    with reading() as db:
        take_seat(db, user, inspection)  # before anything is written for a stranger
    if request.accept_mimetypes.best == "application/json":
        return jsonify(keep_photo(inspection, user, request.files.get("photo"), now))
    point = request.form.get("point", "")
    files = [file for file in request.files.getlist("photo") if file.filename]
    wrong = [] if files else [NOTHING_CHOSEN]
    for file in files:
        try:
            answer = keep_photo(inspection, user, file, now)
            wrong += [f"{answer.says}{answer.do}"] if answer.says else []
        except Invalid as invalid:
            wrong += invalid.errors.values()
    if wrong:
        return visit_page(visit_for(user, inspection), Typed(errors={point: "".join(wrong)})), 422
    flash(_("已上传 %(n)s 张照片。", n=len(files)))
    anchor = f"point-{point}" if point else "place"
    return redirect(url_for("inspect_visit.show", inspection=inspection, _anchor=anchor), code=303)


@blueprint.get("/inspect/<int:inspection>/photos/<photo>")
@for_roles(*INSPECTING)
def show(inspection: int, photo: str) -> Response:
    """A photo, small unless the whole is asked for (?size=full)."""
    with reading() as db:
        take_seat(db, person(), inspection)
        found = kept_photo(db, inspection, photo)
    whole = request.args.get("size") == "full"
    content = read_blob(settings().blobs, found.sha256 if whole else found.thumbnail)
    return send_file(
        BytesIO(content), mimetype=found.media_type if whole else SMALL, download_name=found.label
    )


def keep_photo(inspection: int, user: User, file: FileStorage | None, now: datetime) -> PhotoAnswer:
    """The bytes first, then the row that names them: a failure in between leaves an orphan and no lie."""
    upload = _checked(file)
    small = write_blob(settings().blobs, thumbnail(upload.content, upload.label))
    sha256 = write_blob(settings().blobs, upload.content)
    sent = _sent(inspection, user, upload, now)
    return act(
        lambda db: add_photo(
            db,
            user=user,
            inspection=inspection,
            id=sent.id,
            point=sent.point,
            upload=upload,
            sha256=sha256,
            thumbnail=small,
            taken_at=sent.taken_at,
            sent_at=sent.sent_at,
            position=sent.position,
            claimed_sha256=sent.sha256,
            now=now,
        )
    )


def _checked(file: FileStorage | None) -> Upload:
    """At most one byte more than allowed is read: enough to know that it is too large."""
    if file is None:
        raise Invalid({"photo": NOTHING_CHOSEN})
    return check_photo(file.filename or "", file.stream.read(LARGEST_FILE + 1))


def _sent(inspection: int, user: User, upload: Upload, now: datetime) -> Sent:
    form, sha256 = request.form, hashlib.sha256(upload.content).hexdigest()
    point, sent_at = form.get("point", ""), read_moment(form.get("sent_at")) or now
    place = {name: _number(form.get(name)) for name in ("latitude", "longitude", "accuracy")}
    return Sent(
        id=form.get("id") or _own_id(inspection, user, point, sha256),
        point=point,
        taken_at=read_moment(form.get("taken_at")) or sent_at,
        sent_at=sent_at,
        position=read_position(place),
        sha256=form.get("sha256") or sha256,
    )


def _own_id(inspection: int, user: User, point: str, sha256: str) -> str:
    """The id of a photo from a plain form: the same form sent twice is the same photo."""
    return hashlib.sha256(f"{inspection}\n{user.id}\n{point}\n{sha256}".encode()).hexdigest()[:32]


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
