"""What people do on the pages, in their words: read a heading, fill in by label, press a button."""

import io
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from playwright.sync_api import FilePayload, Locator, Page, expect
from pypdf import PdfWriter

from tests import filing

Answers = Mapping[str, str | Sequence[str]]


def sign_in(page: Page, who: str) -> None:
    """Through the login page, to where this person's work begins."""
    page.goto("/login")
    fill_login(page, who)


def fill_login(page: Page, who: str) -> None:
    page.get_by_label("用户名").fill(who)
    page.get_by_label("密码").fill(filing.PASSWORD)
    go(page, page.get_by_role("button", name="登录"))


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def go(page: Page, element: Locator) -> None:
    """Click what leads to another page, and be there: until then the old page would still answer."""
    with page.expect_navigation():
        element.click()


def press(page: Page, name: str) -> None:
    """Press a button of the page itself; every one of them leads to a page."""
    go(page, page.locator("main").get_by_role("button", name=name, exact=True))


def follow(page: Page, name: str) -> None:
    """Follow a link of the page itself; its name begins so."""
    go(page, page.locator("main").get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first)


def go_back(page: Page, name: str) -> None:
    """Follow the link above the page."""
    go(page, page.get_by_role("navigation", name="返回").get_by_role("link", name=name))


def fill_in(scope: Page | Locator, answers: Answers) -> None:
    """Fill in fields by their labels; choices, dates and rows as a person would."""
    for label, value in answers.items():
        group = scope.get_by_role("group", name=label, exact=True)
        if group.count():
            for option in [value] if isinstance(value, str) else value:
                group.get_by_label(option, exact=True).check()
            continue
        field = scope.get_by_label(label, exact=True)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=str(value))
        else:
            field.fill(str(value))


def fill_row(page: Page, table: str, number: int, cells: Answers) -> None:
    """Fill in one person of a list of persons."""
    rows = page.get_by_role("group", name=table, exact=True)
    fill_in(rows.get_by_role("group", name=f"第 {number} 人", exact=True), cells)


def save(page: Page) -> None:
    press(page, "保存并继续")


def open_section(page: Page, title: str) -> None:
    """From the task list into a section."""
    follow(page, title)
    expect(heading(page)).to_have_text(title)


def status_of(page: Page, title: str) -> Locator:
    """The status word of a line of a list."""
    return page.locator(".op-tasklist li").filter(has_text=title).locator(".op-tag")


def summary(page: Page, key: str) -> Locator:
    """What stands beside `key` in a list of facts."""
    return page.locator("dl > div").filter(has=page.locator(f"dt:text-is('{key}')")).locator("dd").first


def hand_in_everything(page: Page) -> int:
    """Upload a real PDF for every material that is still wanted; how many these were."""
    wanted = page.locator("section.op-material")
    for number in range(wanted.count()):
        material = wanted.nth(number)
        name = material.get_by_role("heading").inner_text()
        file = FilePayload(name=f"{name}.pdf", mimeType="application/pdf", buffer=one_page())
        material.get_by_label("选择文件").set_input_files(file)
        go(page, material.get_by_role("button", name="上传"))
        expect(material.get_by_text("已上传")).to_be_visible()
    return wanted.count()


def one_page() -> bytes:
    """A real PDF, if an empty one."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(content)
    return content.getvalue()


def take(page: Page, title: str, case: str) -> None:
    """A clerk finds the task of a case, by its number or its operator, in the office's list and takes it."""
    page.goto(f"/tasks/claimable?q={quote(case)}")
    line = page.get_by_role("row").filter(has_text=title).filter(has_text=case)
    go(page, line.get_by_role("button", name="领取"))
    expect(heading(page)).to_have_text(title)


def check_all_points(page: Page, result: str) -> None:
    """The same result for every point of the checklist."""
    points = page.locator(".op-point")
    for number in range(points.count()):
        points.nth(number).get_by_label(result, exact=True).check()


def finish(page: Page) -> None:
    press(page, "提交办理结果")
