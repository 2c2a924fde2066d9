"""A real Chromium before the running product: `open_browser` gives a person's browser, always watched."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.conftest import PATIENCE, RUN
from tests.journeys.pages import sign_in
from tests.journeys.site import Site, running_site
from web.security import limiter

DESK = 1280
# What Chromium writes for every answer of 400 and above, and while a test has taken the network away:
# both are done on purpose.
ON_PURPOSE = (
    "Failed to load resource: the server responded with a status of 4",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
)
OpenBrowser = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site(
    server_url: str,
    template: str,
    worker_name: str,
    copy_of: Callable[[str, str], AbstractContextManager[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The running product; one for all journeys of a worker, each of which files cases of its own."""
    with (
        copy_of(template, f"run_{os.environ[RUN]}_{worker_name}_journeys") as url,
        running_site(url, tmp_path_factory.mktemp("var")) as running,
    ):
        yield running


@pytest.fixture
def open_browser(site: Site, chromium: Browser) -> Iterator[OpenBrowser]:
    """Opens a browser of its own for each person; at the end nothing may have gone wrong in any of them.

    Wrong is: an error in the console (a breach of the security policy is one), a fault of a script, an
    answer of 500 and above, a request to anybody but the product.
    """
    limiter.storage.reset()
    opened: list[BrowserContext] = []
    troubles: list[str] = []

    def browser(who: str = "", *, scripts: bool = True, width: int = DESK) -> Page:
        context = chromium.new_context(
            base_url=site.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        _watch(context, site.address, troubles)
        page = context.new_page()
        if who:
            sign_in(page, who)
        return page

    yield browser
    for context in opened:
        context.close()
    assert troubles == []


def _watch(context: BrowserContext, address: str, troubles: list[str]) -> None:
    def console(said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(ON_PURPOSE):
            troubles.append(f"console: {said.text}")

    def answered(response: Response) -> None:
        if response.status >= 500:
            troubles.append(f"{response.status}: {response.url}")
        if urlsplit(response.url).scheme in ("http", "https") and not response.url.startswith(address):
            troubles.append(f"asked somebody else: {response.url}")

    context.on("console", console)
    context.on("weberror", lambda error: troubles.append(f"script: {error.error}"))
    context.on("response", answered)
