"""What the script on the phone asks for and sends: the visit as it stands, and what was noted meanwhile."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.errors import Invalid
from engine.inspections.moments import read_moment
from engine.inspections.noting import note
from web.database import act
from web.inspect.offline import INSPECTING
from web.inspect.state import state_of, visit_for
from web.login import for_roles, person

blueprint = Blueprint("inspect_phone", __name__)


@blueprint.get("/inspect/<int:inspection>/state.json")
@for_roles(*INSPECTING)
def state(inspection: int) -> Response:
    """The visit for this person, with a fresh CSRF token: what a draft is sent with, however old it is."""
    return jsonify(state_of(visit_for(person(), inspection)))


@blueprint.post("/inspect/<int:inspection>/sync")
@for_roles(*INSPECTING)
def sync(inspection: int) -> Response:
    """Keep entries of a phone: {device, sent_at, entries} → {answers}, one for each and in their order."""
    sent, now = request.get_json(silent=True), datetime.now(UTC)
    if not isinstance(sent, Mapping) or not isinstance(sent.get("entries"), list):
        raise Invalid({"entries": _("手机发来的内容无法识别，内容还在手机里。请刷新页面后再试。")})
    user = person()
    answers = act(
        lambda db: note(
            db,
            user=user,
            inspection=inspection,
            device=sent.get("device", ""),
            sent_at=read_moment(sent.get("sent_at")) or now,
            entries=sent["entries"],
            now=now,
        )
    )
    return jsonify(answers=answers)
