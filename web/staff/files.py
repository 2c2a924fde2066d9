"""Opens what was handed in for a case: always as a download, never run by the browser."""

from io import BytesIO

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from certificates.rendering import BLOBS
from engine.blobs import read_blob
from engine.queries.files import case_file
from web.context import settings
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("files", __name__)


@blueprint.get("/materials/<int:material>")
@for_roles()
def material(material: int) -> Response:
    """A file of a case that this person works on or filed."""
    with reading() as db:
        found = case_file(db, person(), material)
    content = BytesIO(read_blob(settings().var / BLOBS, found.sha256))
    return send_file(content, mimetype=found.media_type, as_attachment=True, download_name=found.label)
