"""告知承诺 of a draft: what may be promised, what that means, and the letter to sign, one item at a time."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commitments.credit import Blocked, in_words
from engine.commitments.letter import BASIS, PROMISES, TITLE, consequences, promise_days
from engine.commitments.offer import offer_of
from engine.commitments.signing import LONGEST_NAME, commit, take_back
from engine.commitments.standing import choices_of
from engine.commitments.withdrawing import withdraw_commitment
from engine.drafts import Outdated, read_draft, update_for
from engine.drafts.subject import signatories
from engine.errors import Invalid
from engine.said import COMMITMENT, USUAL
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("commitments", __name__)
WAY, NAME, TICKED = "way", "signed_as", "ticked"


@blueprint.get("/apply/<draft>/commitments")
@for_roles("applicant")
def show(draft: str) -> str:
    """The items that may be promised, each with how it goes now."""
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        if update_for(db, found):
            raise Outdated
        choices = choices_of(db, found)
    return render_template(
        "applicant/commitments.html",
        draft=found,
        choices=choices,
        soon=promise_days,
        blocked=in_words(choices.record) if choices.record else "",
        instead=Blocked.do,
    )


@blueprint.get("/apply/<draft>/commitments/<item>")
@for_roles("applicant")
def ask(draft: str, item: str) -> str:
    """One item: what a promise means, its conditions and its letter; nothing is chosen beforehand."""
    return _page(draft, item, {}, ())


@blueprint.post("/apply/<draft>/commitments/<item>")
@for_roles("applicant")
def choose(draft: str, item: str) -> Response | tuple[str, int]:
    """Sign, or go the usual way; mistakes are said where they are, and what was ticked stays ticked."""
    user, now = person(), datetime.now(UTC)
    ticked, way = request.form.getlist(TICKED), request.form.get(WAY, "")
    name = request.form.get(NAME, "")[: LONGEST_NAME * 2]
    try:
        if way == COMMITMENT:
            act(
                lambda db: commit(
                    db, user=user, draft=draft, item=item, ticked=ticked, signed_as=name, now=now
                )
            )
            flash(_("已签署告知承诺书。提交申请以前，您随时可以改回一般程序。"))
        elif way == USUAL:
            act(lambda db: take_back(db, user=user, draft=draft, item=item, now=now))
            flash(_("这个事项按一般程序办理。"))
        else:
            raise Invalid({WAY: _("请选择按一般程序办理，还是告知承诺。")})
    except Invalid as invalid:
        return _page(draft, item, invalid.errors, ticked, name), 422
    return redirect(url_for("commitments.show", draft=draft), code=303)


@blueprint.post("/cases/<number>/commitments/<item>/withdraw")
@for_roles("applicant")
def withdraw(number: str, item: str) -> Response:
    """The item of a filed case is reviewed as usual from here."""
    user, now = person(), datetime.now(UTC)
    act(lambda db: withdraw_commitment(db, user=user, number=number, item=item, now=now))
    flash(_("已撤回承诺，这个事项改按一般程序审查。"))
    return redirect(url_for("filed.show", number=number), code=303)


def _page(
    draft: str, item: str, errors: Mapping[str, str], ticked: list[str] | tuple[str, ...], name: str = ""
) -> str:
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
        offer = offer_of(found, item)
        choices = choices_of(db, found)
    return render_template(
        "applicant/commitment.html",
        draft=found,
        offer=offer,
        promise=choices.promises.get(item),
        blocked=in_words(choices.record) if choices.record else "",
        instead=Blocked.do,
        names=signatories(found.record.answers),
        errors=errors,
        ticked=ticked,
        name=name,
        way=COMMITMENT if errors and WAY not in errors else None,
        letter={"title": TITLE, "basis": BASIS, "promises": PROMISES, "consequences": consequences(offer)},
        soon=promise_days(offer),
    )
