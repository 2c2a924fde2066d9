"""Letters as an applicant reads them: opened from the case's page, and read back as text."""

from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader


def paper(page: Page, name: str) -> str:
    """The words of the letter of this name on the case's page, without any space between them."""
    link = page.locator("main").get_by_role("link", name=name).first
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.body())).pages
    return "".join("".join(each.extract_text().split()) for each in pages)
