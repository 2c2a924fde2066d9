"""Put the web application together from its settings."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.database import connect
from engine.settings import Settings
from web import context, errors, login, security
from web.blueprints import register_blueprints
from web.multipart import Request

HERE = Path(__file__).parent
# A post may carry photos and scans; text alone is never this long (see forms' own limits).
LARGEST_POST = 40 * 1024 * 1024
LARGEST_TEXT = 1024 * 1024
LONGEST_STATEMENT = 20  # seconds; a page that waits longer keeps everybody else waiting


def create_app(settings: Settings) -> Flask:
    """The application for these settings; it opens no connection before the first request."""
    app = Flask("web", root_path=str(HERE), static_folder="static", template_folder="templates")
    app.request_class = Request
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_POST,
        MAX_FORM_MEMORY_SIZE=LARGEST_TEXT,
        BABEL_DEFAULT_LOCALE="zh_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # how Flask says to wrap it
            app.wsgi_app, x_for=settings.proxies
        )
    app.extensions["settings"] = settings
    app.extensions["database"] = connect(
        settings.database_url, patience=LONGEST_STATEMENT, channels=settings.channels
    )
    security.protect(app, https=settings.base_url.startswith("https:"))
    login.remember_people(app)
    context.prepare_templates(app)
    errors.answer_errors(app)
    register_blueprints(app)
    return app
