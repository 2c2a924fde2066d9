"""What an office that supervises was told: to take note of, one by one or several at once, and to look at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from certificates.public import read_public
from engine.commands.read_messages import read_messages
from engine.days import local_day
from engine.deployments import industries
from engine.errors import Invalid
from engine.queries.feedback import feedback_on
from engine.queries.letters import letters_told, regulators_letter
from engine.queries.messages import unread_to
from engine.queries.pushes import ALL, CLAIMED, NEW, count_new, push_told, pushed
from engine.regulators.claiming import claim_pushes
from engine.regulators.offices import REGULATOR
from engine.tables import feedback
from web import regulators, words
from web.applicant.letters import paper
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("regulator", __name__)
LARGEST = 2**63  # ids end before it
DAYS = ("valid_from", "valid_until", "decided_on", "on")  # of a push's content


@blueprint.get("/regulator")
@for_roles(REGULATOR)
def list_new() -> str:
    """What waits to be claimed."""
    return _list(NEW, {})


@blueprint.get("/regulator/claimed")
@for_roles(REGULATOR)
def list_claimed() -> str:
    """What my offices have claimed."""
    return _list(CLAIMED, {})


@blueprint.get("/regulator/all")
@for_roles(REGULATOR)
def list_all() -> str:
    """Everything that my offices were told."""
    return _list(ALL, {})


@blueprint.post("/regulator/claim")
@for_roles(REGULATOR)
def claim() -> Response | tuple[str, int]:
    """Take note of one, of those ticked, or of the whole page."""
    one = request.form.get("one", "")
    named = [one] if one else request.form.getlist("shown" if request.form.get("page") else "push")
    chosen = {int(each) for each in named if each.isascii() and each.isdigit() and int(each) < LARGEST}
    user, now = person(), datetime.now(UTC)
    try:
        count = act(lambda db: claim_pushes(db, user=user, chosen=chosen, now=now))
    except Invalid as invalid:
        return _list(NEW, invalid.errors), 422
    flash(_("已认领 %(n)s 项。", n=count))
    if one and request.form.get("stay"):
        return redirect(url_for("regulator.show", push=one), code=303)
    return redirect(url_for("regulator.list_new"), code=303)


@blueprint.post("/regulator/messages/read")
@for_roles(REGULATOR)
def messages_read() -> Response:
    """The reminders so far have been seen."""
    act(lambda db: read_messages(db, user=person(), now=datetime.now(UTC)))
    return redirect(url_for("regulator.list_new"), code=303)


@blueprint.get("/regulator/<int:push>")
@for_roles(REGULATOR)
def show(push: int) -> str:
    """What was granted and why, and how the certificate and the licence stand now."""
    now = datetime.now(UTC)
    with reading() as db:
        found = push_told(db, person(), push)
        given = feedback_on(db, feedback.c.licence_id == found.licence_id)
        letters = letters_told(db, found)
        certificate = read_public(db, found.content["public_id"], now)
    return render_template(
        "staff/push.html",
        push=found,
        told=_with_days(found.content),
        given=given,
        letters=letters,
        found=certificate,
        words=words,
        regulators=regulators,
        today=local_day(now),
    )


@blueprint.get("/regulator/<int:push>/letters/<int:letter>.pdf")
@for_roles(REGULATOR)
def letter(push: int, letter: int) -> Response:
    """A letter about the item; looking at it delivers nothing."""
    with reading() as db:
        return paper(regulators_letter(db, push_told(db, person(), push), letter))


def _with_days(content: Any) -> Any:
    """The frozen content of a push with its days, which are kept as text, as days again."""
    if isinstance(content, Mapping):
        return {name: _day(value) if name in DAYS else _with_days(value) for name, value in content.items()}
    return content


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _list(which: str, errors: dict[str, str]) -> str:
    narrowed = {name: request.args.get(name, "").strip()[:60] for name in ("industry", "state")}
    after = request.args.get("after", "")
    place = int(after) if after.isascii() and after.isdigit() and int(after) < LARGEST else None
    now = datetime.now(UTC)
    with reading() as db:
        page = pushed(db, person(), which, **narrowed, after=place)
        count = count_new(db, person())
        named = [{"value": each.id, "label": each.name} for each in industries(db)]
        unread = unread_to(db, person().id)
    return render_template(
        "staff/regulator.html",
        which=which,
        page=page,
        count=count,
        industries=named,
        narrowed=narrowed,
        errors=errors,
        unread=unread,
        regulators=regulators,
        today=local_day(now),
    )
