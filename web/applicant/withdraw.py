"""Withdraw what has not been decided yet: the effects in plain words, then a confirmed choice."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands.withdraw import ITEMS, LONGEST_REASON, NothingToWithdraw, withdraw
from engine.errors import Invalid
from engine.lifecycle.settling import refuse_to_withdraw_renewed
from engine.linked import RENEWAL
from engine.queries.cases import applicants_case
from engine.said import COMMITMENT
from forms.characters import storable
from forms.fields import Option
from web import words
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("withdraw", __name__)
CONFIRM, REASONS = "confirm", "reasons"


@blueprint.get("/cases/<number>/withdraw")
@for_roles("applicant")
def show(number: str) -> str:
    """What withdrawing means, and which items, where there is a choice."""
    return _page(number, [], {}, {})


@blueprint.post("/cases/<number>/withdraw")
@for_roles("applicant")
def put(number: str) -> Response | tuple[str, int]:
    """Withdraw the chosen items, once the person has confirmed."""
    items = [each[:80] for each in request.form.getlist(ITEMS)]
    reasons = storable(request.form.get(REASONS, "")).strip()
    typed = {REASONS: reasons, CONFIRM: request.form.get(CONFIRM, "")}
    user, now = person(), datetime.now(UTC)
    try:
        if not typed[CONFIRM]:
            raise Invalid({CONFIRM: _("请先勾选确认，再撤回。")})
        if len(reasons) > LONGEST_REASON:
            raise Invalid({REASONS: _("原因最多 %(n)s 个字，请缩短。", n=LONGEST_REASON)})
        act(lambda db: withdraw(db, user=user, number=number, items=items, reasons=reasons, now=now))
    except Invalid as invalid:
        return _page(number, items, typed, invalid.errors), 422
    flash(_("已经撤回。"))
    return redirect(url_for("filed.show", number=number), code=303)


def _page(number: str, chosen: list[str], typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with reading() as db:
        case = applicants_case(db, person(), number)
    undecided = [each for each in case.items if not each.outcome]
    if case.ended_at or not words.may_be_withdrawn(case.process):
        undecided = []
    if not undecided:
        raise NothingToWithdraw
    refuse_to_withdraw_renewed(case.process, case.words, datetime.now(UTC))
    return render_template(
        "applicant/withdraw.html",
        case=case,
        whole=bool(case.process),  # what follows a case later takes effect as a whole or not at all
        renewal=case.process == RENEWAL,
        items=[Option(each.item, each.name) for each in undecided],
        granted=[each for each in case.items if each.outcome == "granted"],
        promised=[each for each in undecided if each.way == COMMITMENT],
        chosen=chosen,
        typed=typed,
        errors=errors,
    )
