"""Ask for something about a certificate: a change, a renewal, an end, a further copy."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response

from certificates.life.asking import (
    LICENCES,
    REASONS,
    NewTerm,
    ask_cancellation,
    ask_reissue,
    ask_renewal,
    term_if_renewed,
)
from certificates.life.changing import Asking, ask_change, asking
from certificates.life.holding import Held, held_by
from certificates.life.possible import for_licence, for_whole, refuse_unless
from certificates.states import LIVE
from engine.days import local_day
from engine.errors import Invalid
from engine.linked import CANCELLATION, REISSUE, RENEWAL
from engine.uploads import ACCEPTED
from forms.characters import storable
from forms.describe import describe_all
from forms.fields import Option
from forms.inputs import Inputs, spread
from forms.page import Showing
from web.database import act, reading
from web.evidence import handed_in
from web.login import for_roles, person

blueprint = Blueprint("life", __name__)
CONFIRM = "confirm"
Answer = Response | tuple[str, int]
Command = Callable[[Connection], str]


@blueprint.get("/certificates/<public_id>/change")
@blueprint.get("/certificates/<public_id>/licences/<int:licence>/change")
@for_roles("applicant")
def show_change(public_id: str, licence: int | None = None) -> str:
    """What stands now, to be written over."""
    return _change_page(public_id, licence, {}, {})


@blueprint.post("/certificates/<public_id>/change")
@blueprint.post("/certificates/<public_id>/licences/<int:licence>/change")
@for_roles("applicant")
def change(public_id: str, licence: int | None = None) -> Answer:
    """Ask for the change."""
    typed: Inputs = {name: _typed(values) for name, values in request.form.lists()}
    user, now = person(), datetime.now(UTC)
    try:
        _confirmed()
        evidence = handed_in(needed=licence is None)
        number = act(
            lambda db: ask_change(
                db, user=user, public_id=public_id, licence=licence, raw=typed, evidence=evidence, now=now
            )
        )
    except Invalid as invalid:
        return _change_page(public_id, licence, typed, invalid.errors), 422
    return _asked(number)


@blueprint.get("/certificates/<public_id>/licences/<int:licence>/renewal")
@for_roles("applicant")
def show_renewal(public_id: str, licence: int) -> str:
    """Which licence, and its new term."""
    return _page("renewal", public_id, {}, {}, licence)


@blueprint.post("/certificates/<public_id>/licences/<int:licence>/renewal")
@for_roles("applicant")
def renew(public_id: str, licence: int) -> Answer:
    """Ask for the renewal."""
    user, now = person(), datetime.now(UTC)

    def ask() -> Command:
        evidence = handed_in(needed=False)
        return lambda db: ask_renewal(
            db, user=user, public_id=public_id, licence=licence, evidence=evidence, now=now
        )

    return _ask("renewal", public_id, ask, licence)


@blueprint.get("/certificates/<public_id>/cancellation")
@for_roles("applicant")
def show_cancellation(public_id: str) -> str:
    """Which licences are to end, and what that means."""
    chosen = request.args.getlist(LICENCES)
    return _page("cancellation", public_id, {LICENCES: chosen}, {})


@blueprint.post("/certificates/<public_id>/cancellation")
@for_roles("applicant")
def cancel(public_id: str) -> Answer:
    """Ask for their end."""
    chosen = {int(each[:15]) for each in request.form.getlist(LICENCES) if each.isdecimal()}
    user, now, reasons = person(), datetime.now(UTC), _reasons()
    return _ask(
        "cancellation",
        public_id,
        lambda: (
            lambda db: ask_cancellation(
                db, user=user, public_id=public_id, chosen=chosen, reasons=reasons, now=now
            )
        ),
    )


@blueprint.get("/certificates/<public_id>/reissue")
@for_roles("applicant")
def show_reissue(public_id: str) -> str:
    """How it was lost."""
    return _page("reissue", public_id, {}, {})


@blueprint.post("/certificates/<public_id>/reissue")
@for_roles("applicant")
def reissue(public_id: str) -> Answer:
    """Ask for the further copy."""
    user, now, reasons = person(), datetime.now(UTC), _reasons()
    return _ask(
        "reissue",
        public_id,
        lambda: lambda db: ask_reissue(db, user=user, public_id=public_id, reasons=reasons, now=now),
    )


def _ask(page: str, public_id: str, prepare: Callable[[], Command], licence: int | None = None) -> Answer:
    """Run the command once the person has confirmed; mistakes come back with everything kept."""
    try:
        _confirmed()
        number = act(prepare())
    except Invalid as invalid:
        typed: Inputs = {LICENCES: request.form.getlist(LICENCES), REASONS: _reasons()}
        return _page(page, public_id, typed, invalid.errors, licence), 422
    return _asked(number)


def _asked(number: str) -> Response:
    flash(_("申请已经提交，受理号 %(number)s。", number=number))
    return redirect(url_for("filed.show", number=number), code=303)


def _confirmed() -> None:
    if not request.form.get(CONFIRM):
        raise Invalid({CONFIRM: _("请先勾选确认，再提交。")})


def _reasons() -> str:
    return storable(request.form.get(REASONS, "")).strip()[:2000]


def _page(
    page: str, public_id: str, typed: Inputs, errors: Mapping[str, str], licence: int | None = None
) -> str:
    now = datetime.now(UTC)
    with reading() as db:
        held = held_by(db, person(), public_id, now)
        row = held.licence(licence) if licence is not None else None
        term = _term(db, held, row, local_day(now)) if row is not None else None
    whole = {each.process: each for each in for_whole(held)}
    if page == REISSUE:
        refuse_unless(whole[REISSUE])
    options = _may_end(held, now)
    return render_template(
        f"applicant/certificate_{page}.html",
        held=held,
        public_id=public_id,
        licence=row,
        term=term,
        options=options,
        typed=typed,
        errors=errors,
        confirmed=bool(request.form.get(CONFIRM)),
        accept=ACCEPTED,
    )


def _term(db: Connection, held: Held, row: Row[Any], today: date) -> NewTerm:
    """The term that a renewal would bring, if one may be asked for now."""
    refuse_unless(next(e for e in for_licence(held, row, today) if e.process == RENEWAL))
    return term_if_renewed(db, held, row, today)


def _may_end(held: Held, now: datetime) -> list[Option]:
    """The licences that may be cancelled now."""
    today = local_day(now)
    return [
        Option(str(row.id), f"{row.document}（{row.number}）")
        for row in held.licences.values()
        if row.state in LIVE
        and not next(e for e in for_licence(held, row, today) if e.process == CANCELLATION).why_not
    ]


def _change_page(public_id: str, licence: int | None, typed: Inputs, errors: Mapping[str, str]) -> str:
    now = datetime.now(UTC)
    with reading() as db:
        found = asking(db, user=person(), public_id=public_id, licence=licence, now=now)
    raw = typed or _stands(found)
    facts: dict[str, object] = {"items": [], "answers": {}, "regions": {}, **found.now_stands, **raw}
    return render_template(
        "applicant/certificate_change.html",
        asking=found,
        public_id=public_id,
        questions=describe_all(found.fields, Showing(raw=raw, errors=dict(errors), facts=facts)),
        errors=errors,
        confirmed=bool(request.form.get(CONFIRM)),
        accept=ACCEPTED,
    )


def _stands(found: Asking) -> Inputs:
    raw: Inputs = {}
    for field in found.fields:
        raw |= spread(field, found.now_stands.get(field.id))
    return raw


def _typed(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
