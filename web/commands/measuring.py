"""Measures the guide's result pages and the publishing of all industries, in a database made for it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from engine.bench.figures import percentile
from engine.bench.scratch import scratch
from engine.catalogue import Answer
from engine.database import connect, transaction
from engine.days import local_day
from engine.deployments import Deployment, publish
from engine.errors import Refusal
from engine.files import Files, industries_in, read_folder
from engine.guide import encode_answers, result
from engine.scenarios import read_scenarios
from engine.settings import Settings
from web.app import create_app

EMPTY_PAGE = "/accessibility"  # the frame that every page has around one fixed text
SECRET = "for a bench that ends at once".ljust(32, ".")
Progress = Callable[[str], AbstractContextManager[None]]


class NotPublished(Refusal):
    """The command that is measured failed."""

    says = "发布没有成功，无法测量。"
    do = "请先运行 onepermit check，按提示改好。"


@dataclass(frozen=True)
class Pages:
    """Milliseconds that the server takes for an industry's result page: first time, usually, and at worst.

    `items` is how many items the page shows: the fullest of the industry's scenarios is asked for.
    """

    items: int
    first_ms: float
    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Guide:
    """The result pages of all industries, and the median of a page with nothing on it."""

    empty_ms: float
    industries: Mapping[str, Pages]

    @property
    def median_ms(self) -> float:
        """The median over the industries."""
        return median(each.median_ms for each in self.industries.values())

    @property
    def slowest_ms(self) -> float:
        """The median of the slowest industry."""
        return max(each.median_ms for each in self.industries.values())


@dataclass(frozen=True)
class Published:
    """How long `onepermit publish` took for all industries, from the start of its process to its end."""

    seconds: float
    industries: int


def measure_guide(settings: Settings, progress: Progress, *, rounds: int) -> Guide:
    """Ask for every result page `rounds` times, in turns, through the application on a real database."""
    files, now = read_folder(settings.code_location), datetime.now(UTC)
    with scratch(settings.database_url) as address:
        with progress("发布全部行业"):
            deployments = _publish(address, files, now)
        asked = {each.industry: _fullest(each, files, local_day(now)) for each in deployments}
        app = create_app(Settings(database_url=address, secret_key=SECRET, environment="development"))
        client = app.test_client()
        with progress(f"每页打开 {rounds} 次"):
            first = {industry: _time(client, page) for industry, (page, _) in asked.items()}
            times: dict[str, list[float]] = {industry: [] for industry in asked}
            empty = []
            for _ in range(rounds):
                empty.append(_time(client, EMPTY_PAGE))
                for industry, (page, _items) in asked.items():
                    times[industry].append(_time(client, page))
        app.extensions["database"].dispose()
    pages = {
        industry: Pages(asked[industry][1], first[industry], median(each), percentile(each, 95))
        for industry, each in times.items()
    }
    return Guide(median(empty), pages)


def measure_publish(settings: Settings) -> Published:
    """Publish all industries by the command, in a process and a database that were never used."""
    count = len(industries_in(read_folder(settings.code_location)))
    with scratch(settings.database_url) as address:
        environment = {**os.environ, "DATABASE_URL": address, "CODE_LOCATION": str(settings.code_location)}
        command = [sys.executable, "-m", "web.cli", "publish"]
        begun = time.perf_counter()
        done = subprocess.run(command, env=environment, cwd=_here(), capture_output=True)
        seconds = time.perf_counter() - begun
    if done.returncode:
        raise NotPublished
    return Published(seconds, count)


def _publish(address: str, files: Files, now: datetime) -> Sequence[Deployment]:
    engine = connect(address)
    with transaction(engine) as db:
        deployments = [publish(db, files, industry, now)[0] for industry in industries_in(files)]
    engine.dispose()
    return deployments


def _fullest(deployment: Deployment, files: Files, on: date) -> tuple[str, int]:
    """The address of the result page with most items among the industry's scenarios, and how many."""
    catalogue = deployment.catalogue
    found: list[tuple[int, Mapping[str, Answer]]] = [
        (len(result(catalogue, scenario.answers, on).items), scenario.answers)
        for scenario in read_scenarios(files, deployment.industry)
    ]
    count, answers = max(found, key=lambda each: each[0])
    return f"/guide/{deployment.industry}/result?a={encode_answers(catalogue, answers)}", count


def _time(client: FlaskClient, page: str) -> float:
    """Milliseconds until the whole page is there."""
    begun = time.perf_counter()
    answer = client.get(page)
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, f"{page}: {answer.status}"
    return took


def _here() -> Path:
    """Where the program lies, so that the process finds it wherever it is started."""
    return Path(__file__).resolve().parent.parent.parent
