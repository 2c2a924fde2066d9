"""Handing in files on pages: good ones are kept, bad ones named, and nobody opens another's."""

import io
import re

import pytest
from werkzeug.test import TestResponse

from tests.engine.drafts.filling import pdf
from tests.web.applicant.conftest import Browser


def files(*named: tuple[str, bytes]) -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(content), name) for name, content in named]


def send(browser: Browser, draft: str, material: str, *named: tuple[str, bytes]) -> TestResponse:
    at = f"/apply/{draft}/materials"
    return browser.send(at, f"{at}/{material}/upload", **{material: files(*named)})


def test_a_file_is_handed_in_read_back_and_removed(browser: Browser, draft: str) -> None:
    content = pdf("平面图")
    assert send(browser, draft, "floor_plan", ("../../平面图.pdf", content)).status_code == 303
    page = browser.get(f"/apply/{draft}/materials").text
    assert "平面图.pdf" in page
    assert "../" not in re.findall(r'my/files/\d+">([^<]+)<', page)[0]
    address = re.findall(r'href="(/my/files/\d+)"', page)[0]
    back = browser.get(address)
    assert back.data == content
    assert back.headers["Content-Disposition"].startswith("attachment")
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    remove = re.findall(r'action="([^"]+/remove/\d+)"', page)[0]
    browser.send(f"/apply/{draft}/materials", remove)
    assert "平面图.pdf" not in browser.get(f"/apply/{draft}/materials").text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("病毒.pdf", b"X5O!P%@AP not a pdf", "内容与扩展名不一致"),
        ("空.pdf", b"", "是空的"),
        ("程序.exe", b"MZ", "不是 PDF、JPG 或 PNG"),
        ("大.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "超过 10 MB"),
    ],
)
def test_a_bad_file_is_named_at_its_material(
    browser: Browser, draft: str, name: str, content: bytes, says: str
) -> None:
    answer = send(browser, draft, "floor_plan", (name, content))
    assert answer.status_code == 422
    assert says in answer.text
    assert 'href="#floor_plan"' in answer.text
    assert "<title>错误：" in answer.text


def test_no_file_chosen_is_said(browser: Browser, draft: str) -> None:
    at = f"/apply/{draft}/materials"
    answer = browser.send(at, f"{at}/floor_plan/upload")
    assert answer.status_code == 422
    assert "请先选择文件" in answer.text


def test_of_several_files_the_good_ones_are_kept(browser: Browser, draft: str) -> None:
    send(browser, draft, "floor_plan", ("好.pdf", pdf()), ("坏.pdf", b"no"))
    page = browser.get(f"/apply/{draft}/materials").text
    assert ">好.pdf<" in page
    assert ">坏.pdf<" not in page


def test_a_material_that_is_shared_takes_no_file(browser: Browser, draft: str) -> None:
    assert send(browser, draft, "business_licence", ("执照.pdf", pdf())).status_code == 404


def test_anothers_file_is_not_found(browser: Browser, stranger: Browser, draft: str) -> None:
    send(browser, draft, "floor_plan", ("平面图.pdf", pdf()))
    address = re.findall(r'href="(/my/files/\d+)"', browser.get(f"/apply/{draft}/materials").text)[0]
    assert stranger.get(address).status_code == 404


def test_each_material_says_which_items_need_it_and_by_which_law(browser: Browser, draft: str) -> None:
    page = browser.get(f"/apply/{draft}/materials").text
    plan = page[page.index('id="of-floor_plan"') :].partition("</section>")[0]
    needed = re.findall(r"<li>(.+?)</li>", plan.partition('class="op-why"')[2].partition("</details>")[0])
    assert any(line.startswith("食品经营许可：《中华人民共和国食品安全法》") for line in needed)
    assert len(needed) > 1
