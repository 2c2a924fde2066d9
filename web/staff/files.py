"""Opens what was handed in for a case: always as a download, never run by the browser."""

from flask import Blueprint
from werkzeug.wrappers import Response

from engine.queries.files import case_file
from web.database import reading
from web.download import as_download
from web.login import for_roles, person

blueprint = Blueprint("files", __name__)


@blueprint.get("/materials/<int:material>")
@for_roles()
def material(material: int) -> Response:
    """A file of a case that this person works on or filed."""
    with reading() as db:
        found = case_file(db, person(), material)
    return as_download(found.sha256, found.media_type, found.label)
