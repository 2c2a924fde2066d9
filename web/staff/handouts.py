"""The window hands out certificates: what waits, one click to its form, the receipt to print and sign."""

import json
from datetime import UTC, date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from certificates.counter_papers import papers_of, to_print
from certificates.delivery import certificate_receipt
from engine.blobs import read_blob
from engine.errors import Invalid
from engine.handouts.carrier import CARRIERS
from engine.handouts.handing import Given, hand_over, note_arrival, send, ways_open
from engine.inspections.strokes import Strokes, read_strokes
from engine.queries.handouts import WINDOW, Key, at_window, handouts_waiting, parcels_overtaken
from web.context import settings
from web.database import act, reading
from web.download import as_paper
from web.login import for_roles, person
from web.security import limiter

blueprint = Blueprint("handouts", __name__)
LARGEST = 2**63  # ids end before it
LONGEST_SIGNATURE = 200_000  # characters as sent by the page
Answer = Response | tuple[str, int]


@blueprint.get("/counter/issue")
@for_roles(WINDOW)
def list_waiting() -> str:
    """The certificates that wait to be handed out in my regions, due first."""
    search = request.args.get("q", "").strip()[:80]
    with reading() as db:
        page = handouts_waiting(db, person(), search=search, after=_key(request.args.get("after", "")))
        overtaken = parcels_overtaken(db, person())
    following = f"{page.next[0].isoformat()}~{page.next[1]}" if page.next else None
    return render_template(
        "staff/handouts.html",
        page=page,
        overtaken=overtaken,
        search=search,
        next=following,
        now=datetime.now(UTC),
    )


@blueprint.get("/counter/issue/<int:handout>")
@for_roles(WINDOW)
def show(handout: int) -> str:
    """How it went so far, and the form for handing it over at the counter."""
    return _page(handout, {}, {})


@blueprint.post("/counter/issue/<int:handout>")
@for_roles(WINDOW)
def record(handout: int) -> Answer:
    """It was handed over; the signature is a drawing of strokes, or stands on the printed receipt."""
    user, now = person(), datetime.now(UTC)
    typed = _typed("receiver", "words", "day", "identity_checked", "signature")

    def command(db: Connection) -> None:
        given = Given(
            typed["receiver"],
            typed["words"],
            typed["day"],
            identity_checked=typed["identity_checked"] == "yes",
            signature=_strokes(typed["signature"]),
        )
        hand_over(db, user=user, handout=handout, given=given, now=now)

    try:
        act(command)
    except Invalid as invalid:
        return _page(handout, typed, invalid.errors), 422
    return _back(handout, _("已登记发放。送达回证可以打印存档。"))


@blueprint.get("/counter/issue/<int:handout>/post")
@for_roles(WINDOW)
def ask_post(handout: int) -> str:
    """The form for sending it by post."""
    return _page(handout, {}, {}, "post")


@blueprint.post("/counter/issue/<int:handout>/post")
@for_roles(WINDOW)
def record_post(handout: int) -> Answer:
    """It went to the post."""
    user, now = person(), datetime.now(UTC)
    typed = _typed("receiver", "words", "day", "tracking")
    given = Given(typed["receiver"], typed["words"], typed["day"])
    try:
        act(
            lambda db: send(
                db,
                user=user,
                handout=handout,
                carrier=CARRIERS[0],
                tracking=typed["tracking"],
                given=given,
                now=now,
            )
        )
    except Invalid as invalid:
        return _page(handout, typed, invalid.errors, "post"), 422
    return _back(handout, _("已登记寄出，系统已经把邮件号码告诉申请人。签收或者退回以后，请回来登记。"))


@blueprint.post("/counter/issue/<int:handout>/arrival")
@for_roles(WINDOW)
def record_arrival(handout: int) -> Answer:
    """The post delivered it, or brought it back."""
    user, now = person(), datetime.now(UTC)
    typed = _typed("arrived", "day", "words")
    if typed["arrived"] not in ("yes", "no"):
        return _page(handout, typed, {"arrived": _("请选择邮件的结果。")}), 422
    arrived, day, words = typed["arrived"] == "yes", typed["day"], typed["words"]
    try:
        waits = act(
            lambda db: note_arrival(
                db, user=user, handout=handout, arrived=arrived, day=day, words=words, now=now
            )
        )
    except Invalid as invalid:
        return _page(handout, typed, invalid.errors), 422
    if waits:
        return _back(handout, _("已登记退回，这张证重新等待发放。"))
    return _back(handout, _("已登记签收。") if arrived else _("已登记退回。这一版证照不再发放。"))


@blueprint.get("/counter/issue/<int:handout>/receipt.pdf")
@for_roles(WINDOW)
@limiter.limit("30 per minute")
def receipt(handout: int) -> Response:
    """The receipt of delivery with what is recorded so far, to print and have signed."""
    with reading() as db:
        found = at_window(db, person(), handout)
    return as_paper(
        certificate_receipt(found, datetime.now(UTC)), f"receipt-{found.number}-{found.issue}.pdf"
    )


@blueprint.get("/counter/issue/<int:handout>/certificate.pdf")
@blueprint.get("/counter/issue/<int:handout>/sheets/<int:sheet>.pdf")
@for_roles(WINDOW)
@limiter.limit("60 per minute")
def paper(handout: int, sheet: int | None = None) -> Response:
    """The certificate as issued, or one licence's own sheet, to look at and to print."""
    with reading() as db:
        sha256, name = to_print(db, person(), handout, sheet)
    return as_paper(read_blob(settings().blobs, sha256), name)


def _page(handout: int, typed: dict[str, str], errors: dict[str, str], way: str = "counter") -> str:
    with reading() as db:
        found = at_window(db, person(), handout)
        papers = papers_of(db, found)
    usual: dict[str, str] = {"receiver": found.operator} if way == "post" else {}
    return render_template(
        "staff/handout.html",
        handout=found,
        papers=papers,
        way=way,
        ways=ways_open(found),
        carrier=CARRIERS[0].name,
        typed=usual | typed,
        errors=errors,
        now=datetime.now(UTC),
    )


def _typed(*names: str) -> dict[str, str]:
    return {name: request.form.get(name, "")[:LONGEST_SIGNATURE] for name in names}


def _strokes(text: str) -> Strokes:
    """What was drawn on the pad; () where nobody drew. Invalid for anything that is no drawing."""
    if not text:
        return ()
    try:
        strokes = read_strokes(json.loads(text))
    except ValueError:
        strokes = None
    if strokes is None:
        raise Invalid({"signature": _("签名没有读出来，请清除后重新签，或者在打印的送达回证上签。")})
    return strokes


def _back(handout: int, says: str) -> Response:
    flash(says)
    return redirect(url_for("handouts.show", handout=handout), code=303)


def _key(text: str) -> Key | None:
    """The key of a page as it stands in its address; anything else is the first page."""
    day, _tilde, id = text.partition("~")
    try:
        key = date.fromisoformat(day), int(id)
    except ValueError:
        return None
    return key if 0 <= key[1] < LARGEST else None
