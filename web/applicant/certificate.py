"""Hands the applicant the printed certificate of a case as a PDF; opening it is its electronic delivery."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.handouts.reading import open_certificate
from web.database import act
from web.download import as_download
from web.login import for_roles, person

blueprint = Blueprint("certificate", __name__)


@blueprint.get("/cases/<number>/certificate.pdf")
@for_roles("applicant")
def download(number: str) -> Response:
    """The last issue as printed; NotFound while it is still being printed."""
    user, now = person(), datetime.now(UTC)
    certificate = act(lambda db: open_certificate(db, user=user, number=number, now=now)).certificate
    if certificate is None or certificate.pdf_sha256 is None:
        raise NotFound("证照文件还没有生成。", "通常几秒钟就好，请稍后返回办件页面刷新再试。")
    name = f"{certificate.number}-{certificate.issue}.pdf"
    return as_download(certificate.pdf_sha256, "application/pdf", name)
