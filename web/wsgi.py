"""What a WSGI server runs: the web application, made from the environment."""

from flask import Flask

from engine.settings import read_settings, with_secret
from web.app import create_app


def application() -> Flask:
    """The application of one web process; `onepermit serve` has completed the environment."""
    return create_app(with_secret(read_settings()))
