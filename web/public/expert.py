"""The page that an expert's link opens: one visit, what is looked at, and a place for one opinion."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.cases import load_case
from engine.deployments import load
from engine.errors import Invalid, NotFound
from engine.inspections.checklist import points_for
from engine.inspections.experts import GONE, LONGEST_OPINION, Expert, expert_for
from engine.inspections.experts import opine as keep_opinion
from engine.inspections.inspection import Inspection, find_inspection
from forms.checklist import Point
from web.database import act, reading
from web.security import limiter

blueprint = Blueprint("expert", __name__)
WRONG_TRIES = "20 per 15 minutes"
PAGE = "/visit/<token>"


@dataclass(frozen=True)
class Invitation:
    """All that an expert is shown: nothing of the case but its name, its trade and what is looked at."""

    expert: Expert
    inspection: Inspection
    operator: str
    industry: str
    points: tuple[Point, ...]
    longest: int = LONGEST_OPINION


def _target() -> str:
    """What tries are counted by: the link, without keeping it."""
    token = (request.view_args or {}).get("token", "")
    return "visit:" + hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@blueprint.get(PAGE)
@limiter.limit("60 per minute")
@limiter.limit(WRONG_TRIES, deduct_when=lambda answer: answer.status_code == 404)
def show(token: str) -> str:
    """The visit that the link is for."""
    return _page(token, "", {})


@blueprint.post(PAGE)
@limiter.limit("60 per minute")
@limiter.limit("20 per hour", key_func=_target)
def opine(token: str) -> Response | tuple[str, int]:
    """Keep the opinion, once."""
    words, now = request.form.get("words", ""), datetime.now(UTC)
    try:
        act(lambda db: keep_opinion(db, token=token, words=words, now=now))
    except Invalid as invalid:
        return _page(token, words, invalid.errors), 422
    flash(_("意见已经提交，谢谢您。"))
    return redirect(url_for("expert.show", token=token), code=303)


def _page(token: str, typed: str, errors: Mapping[str, str]) -> str:
    with reading() as db:
        page = _invitation(db, token)
    return render_template("public/expert.html", page=page, token=token, typed=typed, errors=errors)


def _invitation(db: Connection, token: str) -> Invitation:
    expert = expert_for(db, token, datetime.now(UTC))
    found = find_inspection(db, expert.inspection_id)
    if found is None:
        raise NotFound(*GONE)
    case = load_case(db, found.case_id)
    catalogue = load(db, case.deployment_id).catalogue_on(case.filed_on)
    points = points_for(case, catalogue, found)
    return Invitation(expert, found, case.operator, catalogue.industry.name, points)
