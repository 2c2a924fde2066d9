"""A real application on a clean database: `client` is a stranger's browser, `site` knows how to sign in."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from engine.database import transaction
from engine.people import User
from engine.settings import Settings
from tests import filing
from tests.conftest import RUN
from tests.conftest import _copy as copy
from web.app import create_app
from web.database import database
from web.security import limiter

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Site:
    """The application, the database behind it, and everybody by login."""

    app: Flask
    engine: Engine
    people: Mapping[str, User]

    def browser(self) -> FlaskClient:
        """A browser that nobody has signed in with."""
        return self.app.test_client()

    def signed_in(self, login: str) -> FlaskClient:
        """The browser of one of tests.filing.PEOPLE."""
        browser = self.browser()
        answer = post(browser, "/login", "/login", login=login, password=filing.PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser


@pytest.fixture(scope="session")
def whole_site(
    server_url: str, template: str, worker_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The application with the restaurant published and everybody known; one for all tests of a worker.

    Passwords are slow to hash on purpose; each test files cases and drafts of its own.
    """
    with copy(server_url, template, f"run_{os.environ[RUN]}_{worker_name}_web") as url:
        app = create_app(
            Settings(
                database_url=url,
                var=tmp_path_factory.mktemp("var"),
                secret_key="k" * 40,
                environment="development",
                base_url="http://localhost",
            )
        )
        with app.app_context():
            engine = database()
        with transaction(engine) as db:
            filing.publish_restaurant(db)
            people = filing.add_people(db)
        yield Site(app, engine, people)
        engine.dispose()


@pytest.fixture
def site(whole_site: Site) -> Site:
    """The application; no test is limited by what another one tried."""
    with whole_site.app.app_context():
        limiter.reset()
    return whole_site


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.browser()


def token(page: TestResponse) -> str:
    """The CSRF token of a page's form."""
    found = TOKEN.search(page.text)
    assert found, page.text
    return found[1]


def post(browser: FlaskClient, page: str, to: str, **fields: str) -> TestResponse:
    """Fill in the form of `page` and send it to `to`, as a browser does."""
    return browser.post(to, data={"csrf_token": token(browser.get(page)), **fields})
