"""Know who is asking: the signed-in person, and the rule that a page is for certain roles."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

import flask_login
from flask import Flask, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import NotAllowed
from engine.people import User, find_user
from web.database import reading

P = ParamSpec("P")
R = TypeVar("R")
# What a visitor began before signing in survives the change of session: the guide's answers to start with.
KEPT_AT_LOGIN = ("starting",)
# Those who meet certificates in their work, and may check them on the spot.
INSIDE = frozenset({"window", "clerk", "inspector", "head", "supervisor", "regulator"})


class SignedIn(flask_login.UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The person of this session, as Flask-Login wants to see them."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.id = f"{user.id}.{user.stamp}"


def remember_people(app: Flask) -> None:
    """Let Flask-Login find the person of each session; a new password or a closed login ends it at once."""
    manager = flask_login.LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(_load)
    manager.unauthorized_handler(_to_login)


def current() -> User | None:
    """The person who asks, or None; asked of the database once a request."""
    if g.get("nobody"):
        return None
    return flask_login.current_user.user if flask_login.current_user.is_authenticated else None


def person() -> User:
    """The person who asks, on a page that needs a login (see `for_roles`)."""
    user = current()
    if user is None:
        raise NotAllowed("请先登录。", "登录后可继续办理。")
    return user


def for_roles(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Only signed-in people with one of `roles` (none named: anybody signed in) reach the view.

    Others are refused (NotAllowed), strangers are sent to the login page and come back after it.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            user = current()
            if user is None:
                return _to_login()
            if roles and not user.roles.intersection(roles):
                raise NotAllowed()
            return view(*args, **kwargs)

        return guarded

    return decorate


def begin(user: User) -> None:
    """Sign the person in with a fresh session and CSRF token, so that a planted one is worth nothing."""
    kept = {key: session[key] for key in KEPT_AT_LOGIN if key in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    flask_login.login_user(SignedIn(user))


def end() -> None:
    """Sign out and forget everything the session held."""
    flask_login.logout_user()
    session.clear()


def local(address: str | None) -> str | None:
    """`address` when it is a path of this site, else None: a login never sends a person elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(c) < 0x20 or c == "\\" for c in address):
        return None
    return address


def _load(user_id: str) -> SignedIn | None:
    number, _, stamp = user_id.partition(".")
    with reading() as db:
        user = find_user(db, int(number))
    return SignedIn(user) if user and user.stamp == stamp else None


def _to_login() -> Response:
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("login.ask", next=here), code=303)
