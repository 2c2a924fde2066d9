"""Tracking without a login: case number and the phone's last four digits open a masked view of the case."""

import re
from datetime import UTC, datetime

from flask import Blueprint, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.queries.tracked import TrackedCase, tracked_case
from web import words
from web.database import reading
from web.security import limiter

blueprint = Blueprint("track", __name__)
WRONG_TRIES = "8 per 15 minutes"
LONGEST = 40


def _target() -> str:
    """What a brute force is counted by: the case asked for, wherever the tries come from."""
    return "track:" + _number()


@blueprint.get("/track")
def ask() -> str:
    """Ask for the two numbers."""
    return render_template("public/track.html", number="", errors={})


@blueprint.post("/track")
@limiter.limit("60 per minute")
@limiter.limit(WRONG_TRIES, key_func=_target, deduct_when=lambda answer: answer.status_code != 303)
def find() -> Response | tuple[str, int]:
    """Look the case up; a wrong number and a wrong phone give the same answer."""
    number, phone4 = _number(), request.form.get("phone4", "").strip()
    errors = {}
    if not number:
        errors["number"] = _("请输入受理号")
    if not re.fullmatch(r"[0-9]{4}", phone4):
        errors["phone4"] = _("请输入手机号的最后 4 位数字")
    if not errors and _look_up(number, phone4) is None:
        errors["number"] = _("没有查到这件申请，请核对受理号和手机号后四位")
    if errors:
        return render_template("public/track.html", number=number, errors=errors), 422
    session["tracking"] = [number, phone4]
    return redirect(url_for("track.show"), code=303)


@blueprint.get("/track/case")
def show() -> str | Response:
    """Where the case stands, what happened, who has it and until when; no personal data."""
    found = _tracked()
    if found is None:
        return redirect(url_for("track.ask"), code=303)
    return render_template("public/tracked.html", case=found, words=words, now=datetime.now(UTC))


@blueprint.get("/track/case/diagram.json")
def diagram() -> Response | tuple[Response, int]:
    """The drawing of the case's process with the state of each step, for the viewer."""
    found = _tracked()
    if found is None:
        return jsonify(says=_("请先查询")), 404
    return jsonify(xml=found.diagram, states=dict(found.states))


def _number() -> str:
    return request.form.get("number", "").strip().upper()[:LONGEST]


def _tracked() -> TrackedCase | None:
    """The case that this browser has shown both numbers of."""
    kept = session.get("tracking")
    return _look_up(*kept) if kept else None


def _look_up(number: str, phone4: str) -> TrackedCase | None:
    try:
        with reading() as db:
            return tracked_case(db, number, phone4)
    except NotFound:
        return None
