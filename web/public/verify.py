"""Verification of a certificate by anybody: the page of its QR code, a form for typing, one for a file."""

import logging
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from certificates.checked import Checked, check
from certificates.code.address import parts_of
from certificates.code.ring import read_ring
from certificates.scans import count_scan
from certificates.sealing.signer import WrongSeal
from certificates.sealing.trust import read_trust
from certificates.verify import verify_file
from engine.days import local_day
from web.context import settings
from web.database import act, reading
from web.login import INSIDE, current
from web.public.machine import certificate_as_json
from web.security import limiter

log = logging.getLogger(__name__)
blueprint = Blueprint("verify", __name__)
LONGEST = 1500  # characters of an address; that of a certificate with twelve licences has fewer than 500
LARGEST = 10 * 1024 * 1024  # bytes; an issued certificate has well under one megabyte
LOOKS = limiter.shared_limit("60 per minute", scope="verify")
Answer = str | tuple[str, int]


@blueprint.get("/verify")
@LOOKS
def ask() -> Response | Answer:
    """Ask for the code under the QR (or the whole address it holds) and go to its page."""
    given = request.args.get("code", "").strip()
    if given:
        public_id, token = parts_of(given) if len(given) <= LONGEST else ("", "")
        return redirect(url_for("verify.show", public_id=public_id or "-", token=token or None), code=303)
    errors = {"code": _("请输入核验码")} if "code" in request.args else {}
    return _forms(errors)


@blueprint.get("/v/<public_id>")
@blueprint.get("/v/<public_id>/<token>")
@LOOKS
def show(public_id: str, token: str = "") -> Response | Answer:
    """The state of one certificate now; an unknown and a malformed id give the same page."""
    wants = request.accept_mimetypes.best_match(["text/html", "application/json"])
    if wants == "application/json":
        return machine(public_id, token)
    now = datetime.now(UTC)
    checked = _looked_up(public_id, token, now)
    host = urlsplit(settings().base_url).netloc
    page = render_template("public/verified.html", checked=checked, now=now, host=host)
    return page, 200 if checked else 404


@blueprint.get("/v/<public_id>.json")
@blueprint.get("/v/<public_id>/<token>.json")
@LOOKS
def machine(public_id: str, token: str = "") -> Response:
    """The same for programs."""
    now = datetime.now(UTC)
    checked = _looked_up(public_id, token, now)
    answer = jsonify(certificate_as_json(checked, now))
    answer.status_code = 200 if checked else 404
    return answer


@blueprint.post("/verify/file")
@limiter.limit("20 per minute")
def check_file() -> Answer:
    """Compare a file with the register; what was sent is not kept."""
    content = _sent()
    if not content:
        return _forms({"file": _("请选择证照的 PDF 文件")})
    if len(content) > LARGEST:
        return _forms({"file": _("文件超过 10 MB，不会是证照。请选择下载得到的 PDF 原件")})
    now = datetime.now(UTC)
    try:
        trust = read_trust(settings())
    except WrongSeal as error:  # for the operator, whose files it names
        log.error("no seal can be checked: %s", error)
        return _forms({"file": _("现在不能核对文件，请稍后再试，或者先按核验码查询")}, 503)
    with reading() as db:
        verdict = verify_file(db, content, now, trust=trust)
    return render_template("public/verified_file.html", compared=verdict, now=now)


def _sent() -> bytes:
    """The file that was sent, no more of it than is needed to see that it is too long."""
    given = request.files.get("file")
    if given is None:
        return b""
    with given.stream as stream:
        return stream.read(LARGEST + 1)


def _forms(errors: dict[str, str], status: int = 422) -> Answer:
    user = current()
    inside = user is not None and bool(user.roles & INSIDE)
    return render_template("public/verify.html", errors=errors, inside=inside), status if errors else 200


def _looked_up(public_id: str, token: str, now: datetime) -> Checked | None:
    """The certificate and its paper; one that is found is counted, if that can be: what was read is shown."""
    ring = read_ring(settings().keys)
    with reading() as db:
        checked = check(db, ring, public_id, token, now)
    if checked is not None:
        _count(checked.found.public_id, local_day(now))
    return checked


def _count(public_id: str, today: date) -> None:
    try:
        act(lambda db: count_scan(db, public_id, today))
    except SQLAlchemyError:
        log.warning("a look at a certificate could not be counted", exc_info=True)
