"""A published restaurant and somebody who applies."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from engine.deployments import publish
from engine.files import Files, read_folder
from engine.people import User
from tests.engine.drafts.filling import INDUSTRY, NOW, add_applicant, begin

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def files() -> Files:
    return read_folder(ROOT)


@pytest.fixture
def applicant(db: Connection, files: Files) -> User:
    publish(db, files, INDUSTRY, NOW)
    return add_applicant(db)


@pytest.fixture
def draft(db: Connection, applicant: User) -> str:
    return begin(db, applicant)
