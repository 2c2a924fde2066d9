"""What waits for the yes or no of a head: who asked, why, and what it would bring."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.approvals import Approval, find_kind
from engine.approvals.registry import HEAD
from engine.commands.answer_approval import answer_approval
from engine.errors import Invalid
from engine.queries.approvals import find_approval, open_approvals
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("approvals", __name__)
YES, NO = "granted", "refused"


@dataclass(frozen=True)
class Asked:
    """An approval with what it is called, what it is about and what granting it brings."""

    approval: Approval
    label: str
    about: str
    brings: str


@blueprint.get("/approvals")
@for_roles(HEAD)
def list_open() -> str:
    """Everything that waits for me, the oldest first."""
    with reading() as db:
        waiting = [_asked(db, each) for each in open_approvals(db, person())]
    return render_template("staff/approvals.html", waiting=waiting)


@blueprint.get("/approvals/<int:approval>")
@for_roles(HEAD)
def show(approval: int) -> str:
    """One of them, with the form to answer."""
    return _page(approval, {})


@blueprint.post("/approvals/<int:approval>")
@for_roles(HEAD)
def answer(approval: int) -> Response | tuple[str, int]:
    """Answer it."""
    said, words, user = request.form.get("answer", ""), request.form.get("words", ""), person()
    if said not in (YES, NO):
        return _page(approval, {"answer": _("请选择批准还是不批准。")}), 422
    now = datetime.now(UTC)
    try:
        act(
            lambda db: answer_approval(
                db, user=user, approval=approval, granted=said == YES, words=words, now=now
            )
        )
    except Invalid as invalid:
        return _page(approval, invalid.errors), 422
    flash(_("已批准。") if said == YES else _("已答复不批准。"))
    return redirect(url_for("approvals.list_open"), code=303)


def _page(approval: int, errors: dict[str, str]) -> str:
    with reading() as db:
        asked = _asked(db, find_approval(db, person(), approval))
    return render_template("staff/approval.html", asked=asked, errors=errors, typed=request.form)


def _asked(db: Connection, approval: Approval) -> Asked:
    kind = find_kind(approval.kind)
    about = str(approval.values.get("title") or _("整件申请"))
    return Asked(approval, kind.label, about, kind.tell(db, approval))
