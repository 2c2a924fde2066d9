"""An inspector checks codes on the spot without the network, and is told no more than the phone can know."""

import io
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import qrcode
from PIL import Image, ImageFilter
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import update

from certificates.code.ring import rotate
from engine.database import transaction
from engine.tables import certificates, licences
from tests.certificates.test_register import first_issue, make_case, set_state
from tests.certified import Printer
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import go
from tests.journeys.site import Site
from tests.journeys.test_barriers import assert_no_barrier

PHONE = 390
READY = "可以离线核验。"
# Waits until the phone has the page, its script, the keys and the list.
KEPT = """async () => {
  for (let turn = 0; turn < 100; turn += 1) {
    const page = await caches.match("/inspect/verify", { ignoreVary: true });
    const files = await (await caches.open("inspect-files")).keys();
    const script = files.some((each) => new URL(each.url).pathname.endsWith("/verify.js"));
    if (page && script && localStorage["onepermit.status"]) return true;
    await new Promise((next) => setTimeout(next, 100));
  }
  return false;
}"""


@dataclass(frozen=True)
class Papers:
    """The codes on papers: a good one, signed by a key since rotated, and three that hold no more."""

    good: str
    cancelled: str
    replaced: str
    expired: str


@pytest.fixture(scope="module")
def papers(site: Site) -> Papers:
    printer = Printer(site.address, site.settings.keys)
    with transaction(site.engine) as db:
        made = [make_case(db, f"71{turn:02}") for turn in range(4)]
        ended = update(licences).where(licences.c.case_id == made[3])
        db.execute(ended.values(valid_until=date(2026, 11, 21)))
        first = [first_issue(db, case) for case in made]
        good = printer.code(db, first[0])
        assert rotate(site.settings.keys) == 1
        codes = [printer.code(db, issue) for issue in first[1:]]
        for item in ("food_operation", "tobacco_retail"):
            set_state(db, made[1], item, "cancelled")
        db.execute(update(certificates).where(certificates.c.case_id == made[2]).values(operator="春和酒楼"))
        first_issue(db, made[2], "变更名称")
    site.forget_list_of_states()
    return Papers(good, *codes)


def photo(text: str) -> FilePayload:
    """A code as a phone takes it: a little askew, not quite sharp, saved as a poor JPEG."""
    made = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, box_size=9)
    made.add_data(text, optimize=20)
    picture = made.make_image().get_image().convert("L").resize((760, 760))
    held = Image.new("L", (1400, 1100), 190)
    held.paste(picture, (310, 170))
    held = held.rotate(random.Random(7).uniform(-9, 9), fillcolor=190, resample=Image.Resampling.BICUBIC)
    saved = io.BytesIO()
    held.filter(ImageFilter.GaussianBlur(0.8)).save(saved, "JPEG", quality=45)
    return FilePayload(name="IMG_0001.jpg", mimeType="image/jpeg", buffer=saved.getvalue())


def open_check(open_browser: OpenBrowser) -> Page:
    """An inspector's phone with the page open, everything kept that it needs."""
    page = open_browser("inspector", width=PHONE)
    page.goto("/inspect/verify")
    expect(page.get_by_role("status")).to_contain_text(READY)
    assert page.evaluate(KEPT)
    return page


def paste(page: Page, text: str) -> None:
    page.get_by_label("或者粘贴二维码里的网址").fill(text)
    page.locator("main").get_by_role("button", name="核验", exact=True).click()


def alter(page: Page, kept: str, pattern: str, by: str) -> None:
    """Change what the phone keeps, as somebody might who has it in hand."""
    change = (
        "([kept, pattern, by]) => localStorage.setItem(kept, localStorage[kept].replace(RegExp(pattern), by))"
    )
    page.evaluate(change, [kept, pattern, by])


def expect_verdict(page: Page, word: str, *said: str) -> None:
    result = page.get_by_role("region", name="核验结果")
    expect(result.locator(".op-verdict h2")).to_have_text(word)
    for words in said:
        expect(result).to_contain_text(words)


def test_codes_are_checked_without_the_network(site: Site, open_browser: OpenBrowser, papers: Papers) -> None:
    page = open_check(open_browser)
    page.context.set_offline(True)

    page.get_by_label("拍照或者选一张照片").set_input_files(photo(papers.good))
    expect_verdict(page, "有效", "更新的名单", "家常菜馆", "张三丰", "食品经营许可", "2031-11-21")
    assert_no_barrier(page)

    paste(page, papers.cancelled)
    expect_verdict(page, "已注销", "家常菜馆")
    paste(page, papers.replaced)
    expect_verdict(page, "已变更", "这是第 1 版，已经换发了新的一版")
    paste(page, papers.expired)
    expect_verdict(page, "已过期", "2026-11-21，已到期")

    public_id = papers.good.split("/")[-2]
    other = papers.cancelled.split("/")[-2]
    moved = papers.good.replace(public_id, other)
    altered = papers.good[:-30] + ("A" if papers.good[-30] != "A" else "B") + papers.good[-29:]
    for forged in (papers.good[:-1], moved, altered):
        paste(page, forged)
        expect_verdict(page, "验证没有通过", "请不要采信")
        expect(page.get_by_role("region", name="核验结果")).not_to_contain_text("家常菜馆")
    for foreign in (
        "https://pay.example/abc",
        "WIFI:S:cafe;;",
        papers.good.replace("127.0.0.1", "permit.example"),
    ):
        paste(page, foreign)
        expect_verdict(page, "不是本系统的二维码", "不能证明任何许可")
    printed = papers.good.rpartition("/")[0]  # beside the picture stands the address without what is signed
    for code in (public_id, printed, printed.partition("//")[2]):
        paste(page, code)
        expect_verdict(page, "现在不能判断是否仍然有效", "这里只有核验码")
        link = page.get_by_role("link", name="联网看最新状态")
        expect(link).to_have_attribute("href", f"/v/{public_id}")


def test_the_check_opens_without_the_network_on_a_phone_that_only_saw_the_visits(
    site: Site, open_browser: OpenBrowser, papers: Papers
) -> None:
    page = open_browser("inspector", width=PHONE)
    page.goto("/inspect")
    assert page.evaluate(KEPT)
    page.context.set_offline(True)

    go(page, page.get_by_role("navigation", name="踏勘").get_by_role("link", name="现场核验"))
    for _look in range(2):
        expect(page.get_by_role("status")).to_contain_text(f"{READY}状态名单")
        paste(page, papers.good)
        expect_verdict(page, "有效", "更新的名单", "家常菜馆")
        page.reload()
    paste(page, papers.cancelled)
    expect_verdict(page, "已注销")


def test_a_regulator_s_phone_keeps_the_check_once_it_was_open(
    site: Site, open_browser: OpenBrowser, papers: Papers
) -> None:
    page = open_browser("regulator", width=PHONE)
    go(page, page.get_by_role("link", name="现场核验").first)
    assert page.evaluate(KEPT)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("status")).to_contain_text(READY)


def test_nothing_is_called_valid_that_the_phone_cannot_know(
    site: Site, open_browser: OpenBrowser, papers: Papers
) -> None:
    page = open_check(open_browser)
    page.context.set_offline(True)
    unsure = "现在不能判断是否仍然有效"

    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=25))
    paste(page, papers.good)
    expect_verdict(page, unsure, "25 小时前更新，已经过期", "家常菜馆")
    page.clock.set_fixed_time(datetime.now(UTC) - timedelta(hours=2))
    paste(page, papers.good)
    expect_verdict(page, unsure, "本机时间不对")
    page.clock.set_fixed_time(datetime.now(UTC))

    alter(page, "onepermit.status", '"payload":"....', '"payload":"eyKm')
    paste(page, papers.good)
    expect_verdict(page, unsure, "没有可用的名单")
    page.evaluate("localStorage.removeItem('onepermit.status')")
    paste(page, papers.good)
    expect_verdict(page, unsure, "没有可用的名单")
    page.evaluate("localStorage.clear()")
    paste(page, papers.good)
    expect_verdict(page, unsure, "没有签这个二维码的公钥")

    page.get_by_label("拍照或者选一张照片").set_input_files(photo("x" * 20))
    expect_verdict(page, "不是本系统的二维码")
    blank = io.BytesIO()
    Image.new("L", (300, 300), 255).save(blank, "PNG")
    nothing = FilePayload(name="x.png", mimeType="image/png", buffer=blank.getvalue())
    page.get_by_label("拍照或者选一张照片").set_input_files(nothing)
    expect(page.get_by_role("alert")).to_contain_text("照片里没有找到二维码")


def test_a_key_that_is_known_is_never_replaced_by_another(
    site: Site, open_browser: OpenBrowser, papers: Papers
) -> None:
    page = open_check(open_browser)
    alter(page, "onepermit.keys", '"x":"....', '"x":"AAAA')
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("系统发来的公钥与本机保存的不一样")
    page.get_by_text("本机保存了什么").click()
    page.get_by_role("button", name="清除并重新下载").click()
    expect(page.get_by_role("status")).to_contain_text(READY)


def test_without_scripts_the_page_says_what_to_do(open_browser: OpenBrowser) -> None:
    page = open_browser("inspector", scripts=False, width=PHONE)
    page.goto("/inspect/verify")
    expect(page.get_by_text("浏览器没有开启脚本")).to_be_visible()
