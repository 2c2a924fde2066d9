"""Hands out a file that is kept by its content: always as a download, never run by the browser."""

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from engine.blobs import read_blob
from web.context import settings


def as_download(sha256: str, media_type: str, name: str) -> Response:
    """The kept file with this SHA-256, saved by the browser under `name`."""
    content = BytesIO(read_blob(settings().blobs, sha256))
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=name)
