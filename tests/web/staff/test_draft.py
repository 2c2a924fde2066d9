"""The draft of a certificate: once something is granted, until it is issued, for who has the whole case."""

import io

import pypdf
import pytest
from sqlalchemy import insert, select

from engine.database import transaction
from engine.days import local_day
from engine.tables import cases, licences
from tests.filing import NOW, do, file_case
from tests.web.conftest import Site


@pytest.fixture(scope="module")
def number(whole_site: Site) -> str:
    """A case with one item granted."""
    number = file_case(whole_site.engine, whole_site.people)
    do(whole_site.engine, whole_site.people, number, "accept", "window", outcome="accept")
    with transaction(whole_site.engine) as db:
        case = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
        row = {
            "case_id": case,
            "item": "food_operation",
            "name": "食品经营许可",
            "document": "食品经营许可证",
        }
        row |= {"number": f"JY{number[-4:]}", "decider": "张店区行政审批服务局", "scope": "热食类食品制售"}
        db.execute(insert(licences).values(**row, valid_from=local_day(NOW)))
    return number


def test_the_window_looks_through_the_draft_which_proves_nothing(site: Site, number: str) -> None:
    browser, address = site.signed_in("window"), f"/office/cases/{number}/draft.pdf"
    assert address in browser.get(f"/office/cases/{number}").text
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    reader = pypdf.PdfReader(io.BytesIO(answer.data))
    text = "".join(reader.pages[0].extract_text().split())
    assert "样稿" in text and "食品经营许可" in text and f"JY{number[-4:]}" in text
    assert "编号370303" not in text and "电子证照标识" not in text and "扫码" not in text
    assert dict(reader.attachments) == {} and "/AcroForm" not in reader.root_object


@pytest.mark.parametrize("login", ["tobacco", "supervisor", "elsewhere", "applicant"])
def test_nobody_else_sees_it(site: Site, number: str, login: str) -> None:
    browser = site.signed_in(login)
    assert browser.get(f"/office/cases/{number}/draft.pdf").status_code in (403, 404)
    assert "draft.pdf" not in browser.get(f"/office/cases/{number}").text


def test_before_anything_is_granted_there_is_none(site: Site) -> None:
    fresh = file_case(site.engine, site.people)
    answer = site.signed_in("window").get(f"/office/cases/{fresh}/draft.pdf")
    assert answer.status_code == 404 and "样稿" in answer.text


def test_the_draft_names_the_office_that_will_issue(site: Site, number: str) -> None:
    """The window's step issues, for the approval service; the industry is led by another department."""
    answer = site.signed_in("window").get(f"/office/cases/{number}/draft.pdf")
    text = "".join(pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    assert "发证机关张店区行政审批服务局" in text
    assert "市场监督管理局" not in text
