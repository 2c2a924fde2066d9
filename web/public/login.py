"""Sign in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.people import sign_in
from web import login
from web.database import act
from web.navigation import first_page
from web.security import limiter

blueprint = Blueprint("login", __name__)
FAILURES = "10 per hour"
TRIES = "60 per minute"  # of one address: one password tried on many logins, and the time that hashing takes
LONGEST = 200


def _target() -> str:
    """What a lock-out counts: the login that is tried, wherever the tries come from."""
    return "login:" + request.form.get("login", "").strip().casefold()[:LONGEST]


@blueprint.get("/login")
def ask() -> str | Response:
    """The login form; somebody signed in already goes on."""
    after = login.local(request.args.get("next"))
    if login.current():
        return redirect(after or url_for("home.show"), code=303)
    return render_template("public/login.html", after=after, name="", errors={})


@blueprint.post("/login")
@limiter.limit(TRIES)
@limiter.limit(FAILURES, key_func=_target, deduct_when=lambda answer: answer.status_code != 303)
def enter() -> Response | tuple[str, int]:
    """Check login and password; the tenth failure for one login locks it for the rest of the hour."""
    after = login.local(request.form.get("next"))
    name, password = request.form.get("login", "").strip(), request.form.get("password", "")
    errors = {}
    if not name:
        errors["login"] = _("请输入用户名")
    if not password:
        errors["password"] = _("请输入密码")
    user = None
    if not errors and len(name) <= LONGEST and len(password) <= LONGEST:
        user = act(lambda db: sign_in(db, name, password))
    if user is None:
        errors = errors or {"login": _("用户名或密码不正确")}
        return render_template("public/login.html", after=after, name=name[:LONGEST], errors=errors), 422
    login.begin(user)
    return redirect(after or url_for("login.inside"), code=303)


@blueprint.get("/inside")
@login.for_roles()
def inside() -> Response:
    """Where a person lands after signing in: their own work."""
    return redirect(first_page(login.person().roles), code=303)


@blueprint.post("/logout")
def leave() -> Response:
    """Sign out."""
    login.end()
    return redirect(url_for("home.show"), code=303)
