"""The files that come with a form: checked first, then kept, so that a bad one is named in time."""

from flask import request
from werkzeug.datastructures import FileStorage

from certificates.life.starting import MOST_FILES, Evidence
from engine.blobs import write_blob
from engine.errors import Invalid
from engine.linked import EVIDENCE
from engine.uploads import LARGEST_FILE, Upload, check_upload
from web.context import settings


def handed_in(*, needed: bool) -> tuple[Evidence, ...]:
    """The files of the post; Invalid at their field for a bad one, too many, or none where `needed`."""
    given = [file for file in request.files.getlist(EVIDENCE) if file.filename]
    if needed and not given:
        raise Invalid({EVIDENCE: "请上传证明材料。"})
    if len(given) > MOST_FILES:
        raise Invalid({EVIDENCE: f"最多上传 {MOST_FILES} 个文件，请合并后再传。"})
    uploads = [_checked(file) for file in given]
    return tuple(Evidence(each, write_blob(settings().blobs, each.content)) for each in uploads)


def _checked(file: FileStorage) -> Upload:
    """At most one byte more than allowed is read: enough to know that it is too large."""
    return check_upload(EVIDENCE, file.filename or "", file.stream.read(LARGEST_FILE + 1))
