"""Every industry of the repository as it would be published now."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.deployments import Deployment, unpublished
from engine.files import industries_in, read_folder

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 22)
FILES = read_folder(ROOT)
MADE = datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.fixture(scope="session", params=industries_in(FILES))
def deployment(request: pytest.FixtureRequest) -> Deployment:
    """One industry after the other."""
    return unpublished(FILES, request.param, MADE)


@pytest.fixture(scope="session")
def restaurant() -> Deployment:
    """An industry with needed, conditional and optional items."""
    return unpublished(FILES, "restaurant", MADE)
