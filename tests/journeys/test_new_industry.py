"""A brand-new industry is opened on a running server by adding files: no Python, no restart."""

import io
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from urllib.error import URLError
from urllib.request import urlopen

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from engine.database import transaction
from engine.people import Membership, add_user
from tests import filing
from tests.journeys.applying import APPLICANT, OPERATOR, prefill_and_contest
from tests.journeys.conftest import DESK
from tests.journeys.handling import visit, window_accepts
from tests.journeys.pages import (
    check_all_points,
    fill_in,
    fill_login,
    fill_row,
    finish,
    follow,
    hand_in_everything,
    heading,
    open_section,
    press,
    save,
    sign_in,
    status_of,
    take,
)

ADDED = Path(__file__).parent / "new_industry"  # what the designer adds, and nothing else
FORM = {
    "经营场所": {"经营场所地址": APPLICANT["经营场所地址"], "经营面积": "86", "房屋来源": "租赁"},
    "委托与送达": {
        "是否委托他人办理": "否",
        "证照怎么给您": "仅电子证照",
        "是否同时申领单项许可证": "否",
    },
    "宠物互动经营": {"动物种类": ["猫", "狗"], "是否都已经免疫": "是"},
    "门店招牌设置": {"招牌尺寸": "长 3 米、高 1 米"},
}
PATIENCE = 90  # seconds for a process to come up, or for the worker to make a certificate


@dataclass(frozen=True)
class Server:
    """`onepermit serve` and `onepermit worker` as processes, and the folder that they publish from."""

    address: str
    folder: Path
    environment: dict[str, str]
    processes: tuple["subprocess.Popen[bytes]", ...]

    def run(self, *arguments: str) -> str:
        """A command beside the running server; what it says."""
        command = [sys.executable, "-m", "web.cli", *arguments]
        done = subprocess.run(command, env=self.environment, cwd=filing.ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def server(db_url: str, db_engine: Engine, tmp_path: Path) -> Iterator[Server]:
    """Running with the restaurant published and everybody known, before there is any new industry."""
    folder = tmp_path / "files"
    for part in ("processes", "forms/definitions"):
        copytree(filing.ROOT / part, folder / part)
    with transaction(db_engine) as db:
        filing.publish_restaurant(db)
        filing.add_people(db, "applicant", "window", "approval", "urban", "inspector")
        roles = (Membership("clerk", "agriculture", filing.DISTRICT),)
        add_user(db, login="agriculture", name="农业", password=filing.PASSWORD, roles=roles, now=filing.NOW)
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": db_url,
        "VAR": str(tmp_path / "var"),
        "CODE_LOCATION": str(folder),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "k" * 40,
        "ENVIRONMENT": "development",
        "WORKERS": "1",
    }
    with process("serve", environment) as pages, process("worker", environment) as worker:
        running = Server(environment["BASE_URL"], folder, environment, (pages, worker))
        wait_until(lambda: answers(running.address))
        yield running


@contextmanager
def process(command: str, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    started = subprocess.Popen([sys.executable, "-m", "web.cli", command], env=environment, cwd=filing.ROOT)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(timeout=30)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/help", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def wait_until(happened: Callable[[], bool]) -> None:
    """Ask again and again, for as long as people would be patient."""
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.3)


def test_adding_files_opens_an_industry_on_a_running_server(
    server: Server, chromium: Browser, db_engine: Engine
) -> None:
    def browser(who: str = "") -> Page:
        context = chromium.new_context(
            base_url=server.address, locale="zh-CN", viewport={"width": DESK, "height": 800}
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        if who:
            sign_in(page, who)
        return page

    assert not [path for path in ADDED.rglob("*") if path.is_file() and path.suffix not in (".yaml", ".bpmn")]
    applicant = browser()
    applicant.goto("/industries")
    expect(applicant.locator("main")).to_contain_text("餐饮店")
    expect(applicant.locator("main")).not_to_contain_text("宠物咖啡馆")

    copytree(ADDED, server.folder, dirs_exist_ok=True)
    assert "没有发现问题" in server.run("check", "pet_cafe")
    server.run("scenarios", "pet_cafe")
    assert "宠物咖啡馆" in server.run("publish", "pet_cafe")

    number = file_an_application(applicant)
    window_accepts(browser("window"))
    for office, title in (("agriculture", "审查宠物互动条件"), ("urban", "审查门店招牌")):
        review(browser(office), title)
    visit(db_engine, number)
    for title in ("决定宠物互动经营备案", "决定门店招牌"):
        grant(browser("approval"), title)
    assert_the_certificate_says_it_all(applicant, number)
    assert all(each.poll() is None for each in server.processes), "nothing was restarted"


def file_an_application(page: Page) -> str:
    """From the list of industries to the number of the case."""
    page.reload()
    follow(page, "开办宠物咖啡馆")
    expect(page.locator("main")).to_contain_text("宠物互动经营备案")
    follow(page, "开始导办")
    follow(page, "开始")
    page.get_by_label("张店区", exact=True).check()
    press(page, "继续")
    page.get_by_label("店里一共养几只动物？").fill("8")
    press(page, "继续")
    page.get_by_label("是", exact=True).check()
    press(page, "继续")
    expect(heading(page)).to_contain_text("您要办 2 ")
    press(page, "开始申请")
    fill_login(page, "applicant")
    prefill_and_contest(page)
    for title, answers in FORM.items():
        open_section(page, title)
        fill_in(page, answers)
        if title == "宠物互动经营":
            expect(page.get_by_label("动物数量")).to_have_value("8")  # told in the guide
            person = {"姓名": "王安全", "身份证号码": "370303190001010016", "手机号码": "13805331234"}
            fill_row(page, "照看动物的人", 1, person)
        save(page)
        expect(status_of(page, title)).to_have_text("已完成")
    follow(page, "材料")
    assert hand_in_everything(page) == 2  # the one floor plan, and the picture of the sign
    follow(page, "回到申请")
    follow(page, "核对并提交申请")
    press(page, "确认并提交申请")
    expect(heading(page)).to_have_text("申请已提交")
    return page.locator(".op-confirmation-number").inner_text()


def review(page: Page, title: str) -> None:
    take(page, title, OPERATOR)
    check_all_points(page, "符合")
    fill_in(page, {"审查意见": "同意"})
    finish(page)


def grant(page: Page, title: str) -> None:
    take(page, title, OPERATOR)
    fill_in(page, {"决定": "予以备案"})
    finish(page)


def assert_the_certificate_says_it_all(page: Page, number: str) -> None:
    """The worker has numbered both licences and made the paper; a stranger finds the certificate valid."""

    def made() -> bool:
        page.goto(f"/cases/{number}")
        return page.get_by_role("link", name="下载证照（PDF）").count() > 0

    wait_until(made)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载证照（PDF）").click()
    pages = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    said = "".join("".join(each.extract_text().split()) for each in pages)
    for fact in ("宠物咖啡馆", "宠物互动经营备案", "门店招牌设置", OPERATOR):
        assert fact in said
    assert re.search(rf"{filing.DISTRICT}审批许字〔20\d\d〕第0001号", said)
