"""How a person is reached: the phone that is known, and the mail address that they set for notices."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.commands.set_email import set_email
from engine.errors import Invalid
from engine.queries.contact import contact_of
from web.context import settings
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("profile", __name__)


@blueprint.get("/my/profile")
@for_roles()
def show() -> str:
    """The addresses as they are."""
    return _page(None, {})


@blueprint.post("/my/profile")
@for_roles()
def save() -> Response | tuple[str, int]:
    """Keep the mail address; a mistake comes back at its field."""
    email = request.form.get("email", "")
    try:
        act(lambda db: set_email(db, user=person(), email=email))
    except Invalid as invalid:
        return _page(email, invalid.errors), 422
    flash(_("已保存。") if email.strip() else _("已保存：不再向邮箱发通知。"))
    return redirect(url_for("profile.show"), code=303)


def _page(typed: str | None, errors: dict[str, str]) -> str:
    with reading() as db:
        known = contact_of(db, person().id)
    email = known.email if typed is None else typed
    return render_template(
        "applicant/profile.html", known=known, email=email, errors=errors, channels=settings().channels
    )
