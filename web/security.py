"""Protect every answer and every post: headers, cookies, CSRF tokens and rate limits."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

# Scripts, styles and pictures are our own files; Tabler's sheet draws arrows and ticks with data: pictures.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "X-Frame-Options": "DENY",
}
A_YEAR = int(timedelta(days=365).total_seconds())

csrf = CSRFProtect()
# Counted in each process's memory: with n processes a limit is at most n times as wide (docs/decisions).
limiter = Limiter(get_remote_address, storage_uri="memory://")


def protect(app: Flask, *, https: bool) -> None:
    """Switch the protections on; with https, cookies are bound to this host and browsers stay on https."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-onepermit" if https else "onepermit",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=https,
    )
    app.before_request(_limit_text)  # before the CSRF check, which reads the form
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_headers(https))


def _limit_text() -> None:
    """Text alone may be as long as the text in a form with files; werkzeug limits only the latter."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = request.max_form_memory_size


def _headers(https: bool) -> Callable[[Response], Response]:
    policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())

    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        elif request.endpoint != "static" and not response.cache_control.public:
            # Pages show one person's data or a state that changes by the minute. What is the same for
            # everybody, and says itself how old it is, is marked public by its view.
            response.headers["Cache-Control"] = "no-store"
        return response

    return add
