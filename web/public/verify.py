"""Verification of a certificate by anybody: the page that its QR code opens, and a form for typing."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from certificates.register import read_public
from certificates.scans import count_scan
from engine.days import local_day
from web.context import settings
from web.database import act, reading
from web.security import limiter

blueprint = Blueprint("verify", __name__)
LONGEST = 400


@blueprint.get("/verify")
@limiter.limit("60 per minute")
def ask() -> str | Response | tuple[str, int]:
    """Ask for the code under the QR (or the whole address it holds) and go to its page."""
    given = request.args.get("code", "").strip()[:LONGEST]
    if given:
        code = urlsplit(given).path.rstrip("/").rpartition("/")[2]
        return redirect(url_for("verify.show", public_id=code or "-"), code=303)
    errors = {"code": _("请输入核验码")} if "code" in request.args else {}
    return render_template("public/verify.html", errors=errors), 422 if errors else 200


@blueprint.get("/v/<public_id>")
@limiter.limit("60 per minute")
def show(public_id: str) -> tuple[str, int]:
    """The state of one certificate now; an unknown and a malformed id give the same page."""
    now = datetime.now(UTC)
    with reading() as db:
        found = read_public(db, public_id, now)
    if found is not None:
        act(lambda db: count_scan(db, found.public_id, local_day(now)))
    host = urlsplit(settings().base_url).netloc
    page = render_template("public/verified.html", found=found, now=now, host=host, public_id=public_id)
    return page, 200 if found else 404
