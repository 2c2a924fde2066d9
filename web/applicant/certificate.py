"""Hands the applicant the printed certificate of a case as a PDF."""

from io import BytesIO

from flask import Blueprint, send_file
from werkzeug.wrappers import Response

from certificates.rendering import BLOBS
from engine.blobs import read_blob
from engine.errors import NotFound
from engine.queries.cases import applicants_case
from web.context import settings
from web.database import reading
from web.login import for_roles, person

blueprint = Blueprint("certificate", __name__)


@blueprint.get("/cases/<number>/certificate.pdf")
@for_roles("applicant")
def download(number: str) -> Response:
    """The last issue as printed; NotFound while it is still being printed."""
    with reading() as db:
        certificate = applicants_case(db, person(), number).certificate
    if certificate is None or certificate.pdf_sha256 is None:
        raise NotFound("证照文件还没有生成。", "通常几秒钟就好，请稍后返回办件页面刷新再试。")
    content = BytesIO(read_blob(settings().var / BLOBS, certificate.pdf_sha256))
    name = f"{certificate.number}-{certificate.issue}.pdf"
    return send_file(content, mimetype="application/pdf", as_attachment=True, download_name=name)
