"""The application over a database of its own, and an applicant who is signed in."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import EnvironBuilder, TestResponse

from engine.database import connect, transaction
from engine.deployments import publish
from engine.files import read_folder
from engine.people import User, find_user
from engine.settings import Settings
from engine.tables import users
from tests.conftest import RUN
from tests.engine.drafts.filling import INDUSTRY, NOW, add_applicant, begin
from tests.filing import PASSWORD
from web.app import create_app
from web.security import limiter

ROOT = Path(__file__).parents[3]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')


@dataclass
class Browser:
    """What a person without scripts can do: open a page, send the form that is on it."""

    client: FlaskClient

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def send(self, page: str, to: str, **typed: object) -> TestResponse:
        """Post to `to` with the tokens of the form on `page`."""
        text = self.get(page).text
        hidden = {"csrf_token": TOKEN.findall(text)[0]}
        if seen := SEEN.search(text):
            hidden["seen"] = seen[1]
        builder = EnvironBuilder(
            to, method="POST", data={**hidden, **typed}, content_type="multipart/form-data"
        )
        environ = builder.get_environ()
        try:
            return self.client.open(environ)
        finally:
            environ["wsgi.input"].close()  # a large form lies in a temporary file
            builder.close()


Copies = Callable[[str, str], AbstractContextManager[str]]
_numbers = count(1)


@pytest.fixture(scope="session")
def opened(template: str, copy_of: Copies, worker_name: str) -> Iterator[str]:
    """The name of a database that nobody is connected to: the restaurant published, and two applicants."""
    name = f"run_{os.environ[RUN]}_{worker_name}_opened"
    with copy_of(template, name) as url:
        engine = connect(url)
        with transaction(engine) as db:
            publish(db, read_folder(ROOT), INDUSTRY, NOW)
            add_applicant(db)
            add_applicant(db, "stranger")
        engine.dispose()
        yield name


@pytest.fixture
def db_url(opened: str, copy_of: Copies, worker_name: str) -> Iterator[str]:
    """The address of a database for this test alone, which begins as `opened`."""
    with copy_of(opened, f"run_{os.environ[RUN]}_{worker_name}_opened_{next(_numbers)}") as url:
        yield url


@pytest.fixture(scope="session")
def any_app() -> Flask:
    """The application, put together once, before it has a database: that takes longer than most tests."""
    nowhere = "postgresql+psycopg://"
    return create_app(
        Settings(
            database_url=nowhere, secret_key="k" * 40, environment="development", base_url="http://localhost"
        )
    )


@pytest.fixture
def app(any_app: Flask, db_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application over the database of this test."""
    settings = replace(any_app.extensions["settings"], database_url=db_url, var=tmp_path)
    engine = connect(db_url, channels=settings.channels)
    fresh = {**any_app.extensions, "settings": settings, "database": engine}
    any_app.extensions, before = fresh, any_app.extensions
    with any_app.app_context():
        limiter.reset()
    yield any_app
    any_app.extensions = before
    engine.dispose()


def signed_in(app: Flask, login: str) -> Browser:
    browser = Browser(app.test_client())
    answer = browser.send("/login", "/login", login=login, password=PASSWORD)
    assert answer.status_code == 303
    return browser


@pytest.fixture
def browser(app: Flask) -> Browser:
    return signed_in(app, "applicant")


@pytest.fixture
def stranger(app: Flask) -> Browser:
    return signed_in(app, "stranger")


@pytest.fixture
def applicant(app: Flask, db_engine: Engine) -> User:
    with transaction(db_engine) as db:
        found = find_user(db, db.execute(select(users.c.id).where(users.c.login == "applicant")).scalar_one())
    assert found is not None
    return found


@pytest.fixture
def draft(applicant: User, db_engine: Engine) -> str:
    with transaction(db_engine) as db:
        return begin(db, applicant)
