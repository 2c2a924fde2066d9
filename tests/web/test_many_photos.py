"""Three hundred photos of 1 MB come into one visit while its web process stays small (`make soak`)."""

import hashlib
import io
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import APIRequestContext, Browser, FilePayload
from sqlalchemy import Engine

from engine.database import connect, transaction
from engine.inspections.sheet import read_sheet
from tests.engine.clerks import carry
from tests.engine.inspections.visiting import settle
from tests.filing import PASSWORD, add_people, file_case, publish_restaurant
from tests.web.conftest import TOKEN
from tests.web.test_demo import PATIENCE, until_answering
from tests.web.test_demo import port as port  # the fixture

pytestmark = pytest.mark.slow

PHOTOS = 300
MEGABYTE = 1_000_000
LARGEST = 300  # MB that the process may ever have had in memory
PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@pytest.fixture
def engine(db_url: str) -> Iterator[Engine]:
    engine = connect(db_url)
    yield engine
    engine.dispose()


@pytest.fixture
def visit(engine: Engine) -> int:
    """A visit to be held at a restaurant."""
    with transaction(engine) as db:
        publish_restaurant(db)
        people = add_people(db)
    number = file_case(engine, people)
    carry(engine, people, number, until="inspect")
    with transaction(engine) as db:
        return settle(db, people, number)


@pytest.fixture
def pages(db_url: str, port: int, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """`onepermit serve` with one process for the pages."""
    environment = os.environ | {"DATABASE_URL": db_url, "PORT": str(port), "WORKERS": "1"}
    environment |= {"VAR": str(tmp_path / "var"), "ENVIRONMENT": "development"}
    process = subprocess.Popen([sys.executable, "-m", "web.cli", "serve"], env=environment, text=True)
    try:
        until_answering(process, port)
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def a_phone_photo() -> bytes:
    """A JPEG of somewhat less than 1 MB, as large as a phone makes them: 4,032 by 3,024 pixels."""
    grain = Image.frombytes("L", (504, 378), random.Random(1).randbytes(504 * 378))
    made = io.BytesIO()
    grain.resize((4032, 3024), Image.Resampling.BICUBIC).convert("RGB").save(made, "JPEG", quality=15)
    return made.getvalue()


def signed_in(chromium: Browser, address: str) -> APIRequestContext:
    phone = chromium.new_context(base_url=address).request
    (token,) = TOKEN.findall(phone.get("/login").text())
    sent = {"csrf_token": token, "login": "inspector", "password": PASSWORD}
    assert phone.post("/login", form=sent, max_redirects=0).status == 303
    return phone


def peak(pid: int) -> float:
    """The most memory in MB that any process under `pid`, which serves no page itself, ever had."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    status = [Path(f"/proc/{child}/status").read_text() for child in children]
    return max(int(found[1]) for each in status if (found := PEAK.search(each))) / 1024


def test_three_hundred_photos_of_a_megabyte_leave_the_web_process_below_300_mb(
    engine: Engine, visit: int, pages: "subprocess.Popen[str]", port: int, chromium: Browser
) -> None:
    photo, phone = a_phone_photo(), signed_in(chromium, f"http://127.0.0.1:{port}")
    token = phone.get(f"/inspect/{visit}/state.json").json()["csrf"]
    for n in range(PHOTOS):
        filled_up = n.to_bytes(4, "big") * ((MEGABYTE - len(photo)) // 4 + 1)  # behind the picture's end
        content = photo + filled_up
        sha256 = hashlib.sha256(content).hexdigest()
        file = FilePayload(name=f"{n}.jpg", mimeType="image/jpeg", buffer=content)
        answer = phone.post(
            f"/inspect/{visit}/photos",
            headers={"Accept": "application/json", "X-CSRFToken": token},
            multipart={"id": f"photo-{n:04}", "point": "food_layout", "sha256": sha256, "photo": file},
        )
        assert (answer.status, answer.json()["sha256"], answer.json()["state"]) == (200, sha256, "kept")
    with transaction(engine) as db:
        assert len(read_sheet(db, visit).photos) == PHOTOS
    most = peak(pages.pid)
    print(f"peak of the web process: {most:.0f} MB, photo of {len(content):,} bytes")
    assert most < LARGEST
