"""The one-time notice (一次性告知书) as a PDF to keep, for the same answers as the guide's result page."""

import hashlib
from datetime import UTC, date, datetime

from flask import Blueprint, request
from werkzeug.wrappers import Response

from certificates.notice import notice_of, render_notice
from engine.catalogue import Catalogue
from engine.days import local_day
from engine.deployments import current
from engine.guide import decode_answers, encode_answers, result
from web.context import public_url
from web.database import reading
from web.download import as_paper
from web.security import limiter

blueprint = Blueprint("notice", __name__)


@blueprint.get("/guide/<industry>/notice.pdf")
@limiter.limit("30 per minute")
def show(industry: str) -> Response:
    """The notice, made on the spot: the same answers on the same day give the same paper."""
    with reading() as db:
        deployment = current(db, industry)
    catalogue = deployment.catalogue
    answers = decode_answers(catalogue, request.args.get("a", ""))
    a = encode_answers(catalogue, answers)
    today = local_day(datetime.now(UTC))
    found = result(catalogue, answers, today)
    notice = notice_of(
        found,
        industry=catalogue.industry.name,
        issuer=_issuer(catalogue, found.region.code),
        number=_number(deployment.sha256, a, today),
        version=deployment.version,
        url=public_url("guide.show", industry=industry, a=a),
    )
    return as_paper(render_notice(notice, made_on=today), f"notice-{industry}-{today:%Y%m%d}.pdf")


def _issuer(catalogue: Catalogue, region: str) -> str:
    """The office whose window informs applicants of the region."""
    lane = next(lane for lane in catalogue.lanes.values() if lane.role == "window")
    return catalogue.office_name(lane.department or "", region)


def _number(sha256: str, a: str, day: date) -> str:
    """The notice's number: its day, and a mark of the rules and answers that it was made from."""
    mark = hashlib.sha256(f"{sha256} {a}".encode()).hexdigest()[:8].upper()
    return f"{day:%Y%m%d}-{mark}"
