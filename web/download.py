"""Hands out files: kept ones always as a download, never run by the browser; papers of ours to look at."""

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from engine.blobs import read_blob
from web.context import settings


def as_download(sha256: str, media_type: str, name: str) -> Response:
    """The kept file with this SHA-256, saved by the browser under `name`."""
    content = BytesIO(read_blob(settings().blobs, sha256))
    return send_file(content, mimetype=media_type, as_attachment=True, download_name=name)


def as_paper(pdf: bytes, name: str) -> Response:
    """A PDF that we made, shown by the browser and saved under `name`."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
