"""The letters of a case for its offices: to read, and for the window to say how each was handed over."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from certificates.delivery import delivery_receipt
from engine.commands.deliver_letter import BY_HAND, record_delivery
from engine.errors import Invalid, NotFound
from engine.queries.letter_lines import LetterLine
from engine.queries.letters import staff_letter, window_letter
from web.applicant.letters import paper
from web.database import act, reading
from web.download import as_paper
from web.login import for_roles, person
from web.security import limiter
from web.staff.case import SEEING

blueprint = Blueprint("office_letters", __name__)
WINDOW = "window"


@blueprint.get("/office/cases/<number>/letters/<int:letter>.pdf")
@for_roles(*SEEING)
def show(number: str, letter: int) -> Response:
    """The letter as issued; looking at it inside delivers nothing."""
    with reading() as db:
        return paper(staff_letter(db, person(), number, letter))


@blueprint.get("/office/cases/<number>/letters/<int:letter>/receipt.pdf")
@for_roles(*SEEING)
@limiter.limit("30 per minute")
def receipt(number: str, letter: int) -> Response:
    """The receipt of delivery with what is recorded so far, to print and have signed."""
    with reading() as db:
        found = staff_letter(db, person(), number, letter)
    return as_paper(delivery_receipt(found, datetime.now(UTC)), f"receipt-{found.id}.pdf")


@blueprint.get("/office/cases/<number>/letters/<int:letter>")
@for_roles(WINDOW)
def ask(number: str, letter: int) -> str:
    """How was it handed over?"""
    with reading() as db:
        return _page(_at_window(db, number, letter), {}, {})


@blueprint.post("/office/cases/<number>/letters/<int:letter>")
@for_roles(WINDOW)
def record(number: str, letter: int) -> Response | tuple[str, int]:
    """Keep it; mistakes come back at their fields with everything kept."""
    typed = {name: request.form.get(name, "") for name in ("way", "receiver", "words", "day")}
    user, now = person(), datetime.now(UTC)
    try:
        act(lambda db: record_delivery(db, user=user, number=number, letter=letter, now=now, **typed))
    except Invalid as invalid:
        with reading() as db:
            return _page(_at_window(db, number, letter), typed, invalid.errors), 422
    flash(_("已登记送达。"))
    return redirect(url_for("office_letters.ask", number=number, letter=letter), code=303)


def _at_window(db: Connection, number: str, letter: int) -> LetterLine:
    found = window_letter(db, person(), number, letter)
    if found.pdf_sha256 is None:
        raise NotFound("文书的文件还没有生成。", "通常几秒钟就好，请稍后返回办件页面刷新再试。")
    return found


def _page(found: LetterLine, typed: dict[str, str], errors: dict[str, str]) -> str:
    taken = {each.way for each in found.deliveries}
    left = [way for way in BY_HAND if way not in taken]
    return render_template("staff/letter.html", letter=found, ways=left, typed=typed, errors=errors)
