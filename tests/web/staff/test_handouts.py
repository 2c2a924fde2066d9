"""The window hands out certificates, at the counter or by post; the holder may open one on line."""

import io
import re

import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from certificates.life.history import Cause
from certificates.life.writing import Change, write
from engine.database import transaction
from engine.events import SYSTEM
from engine.queries.handouts import Handout, handouts_of_case
from engine.tables import licences
from tests.engine.clerks import case_of
from tests.filing import NOW, PEOPLE
from tests.web.conftest import Site, post
from tests.web.staff.issuing import again, certificate_of, handout_of, issued, licence_of

DRAWN = "[[[100,100],[200,180]],[[300,90]]]"


@pytest.fixture
def browser(site: Site) -> FlaskClient:
    return site.signed_in("window")


def handout(site: Site, number: str) -> Handout:
    with site.engine.connect() as db:
        return handouts_of_case(db, case_of(db, number).id)[0]


def give(site: Site, number: str, way: str = "", who: str = "window", **said: str) -> int:
    """Send a form of the page of the case's certificate; the status of the answer."""
    page = f"/counter/issue/{handout_of(site, number)}"
    browser = site.signed_in(who)
    form = page if way in ("", "/arrival") else page + way
    if browser.get(form).status_code != 200:
        return browser.get(form).status_code
    return post(browser, form, page + way, **said).status_code


def test_a_certificate_waits_until_it_is_handed_over_and_signed_for(site: Site, browser: FlaskClient) -> None:
    number = issued(site, "counter")
    page = browser.get("/counter/issue", query_string={"q": number}).text
    assert "窗口领取" in page and f"/counter/issue/{handout_of(site, number)}" in page
    assert give(site, number, receiver="张春和", identity_checked="yes", signature=DRAWN) == 303
    found = handout(site, number)
    assert (found.state, found.ways[0].receiver, found.ways[0].identity_checked) == ("done", "张春和", True)
    assert "没有符合" in browser.get("/counter/issue", query_string={"q": number}).text
    receipt = browser.get(f"/counter/issue/{found.id}/receipt.pdf")
    text = "".join(pypdf.PdfReader(io.BytesIO(receipt.data)).pages[0].extract_text().split())
    assert "送达回证" in text and "张春和" in text and "已核对领取人身份证件" in text
    assert f"窗口发放证照：{found.number}" in site.signed_in("market").get(f"/office/cases/{number}").text


def test_a_certificate_goes_by_post_comes_back_and_goes_again(site: Site) -> None:
    number = issued(site, "post")
    assert give(site, number, "/post", tracking="ea123456789cn", receiver="张春和") == 303
    assert handout(site, number).ways[0].tracking == "EA123456789CN"
    assert "EA123456789CN" in site.signed_in("applicant").get("/my/messages").text
    assert give(site, number, "/arrival", arrived="no", words="无人签收。") == 303
    assert (handout(site, number).state, handout(site, number).ways[0].state) == ("waiting", "returned")
    assert give(site, number, "/post", tracking="1234567890123", receiver="张春和") == 303
    assert give(site, number, "/arrival", arrived="yes") == 303
    found = handout(site, number)
    assert (found.state, [each.state for each in found.ways]) == ("done", ["returned", "delivered"])


def test_who_wanted_no_paper_has_it_with_the_first_opening(site: Site) -> None:
    number = issued(site)
    applicant = site.signed_in("applicant")
    for _ in range(2):
        assert applicant.get(f"/cases/{number}/certificate.pdf").status_code == 200
    found = handout(site, number)
    assert (found.state, [each.way for each in found.ways]) == ("done", ["electronic"])
    assert "电子证照送达" in applicant.get(f"/cases/{number}").text


def test_a_parcel_that_a_newer_issue_overtook_is_on_the_list_until_its_end_is_recorded(
    site: Site, browser: FlaskClient
) -> None:
    number = issued(site, "post")
    assert give(site, number, "/post", tracking="EA555555555CN", receiver="张春和") == 303
    old = f"/counter/issue/{handout_of(site, number)}"
    again(site, number)
    assert "EA555555555CN" in browser.get("/counter/issue").text
    answer = post(browser, old, f"{old}/arrival", arrived="no", words="无人签收。")
    assert answer.status_code == 303
    assert "这一版证照不再发放" in browser.get(old).text
    assert "EA555555555CN" not in browser.get("/counter/issue").text


@pytest.mark.parametrize(
    ("state", "says"), [("suspended", "许可暂停期间不发放"), ("revoked", "许可已失效，不再发放")]
)
def test_what_is_kept_back_without_a_newer_issue_says_why(
    site: Site, browser: FlaskClient, state: str, says: str
) -> None:
    number = issued(site, "counter")
    with transaction(site.engine) as db:
        row = db.execute(select(licences).where(licences.c.id == licence_of(site, number))).one()
        why = Cause("测试", SYSTEM, None, NOW)
        write(db, row.certificate_id, [Change(row.id, state, {"state": state})], why)
    page = browser.get(f"/counter/issue/{handout_of(site, number)}").text
    assert says in page and "已换发新证" not in page and "certificate.pdf" not in page


def test_opening_the_newest_issue_on_the_certificate_s_page_delivers_it_and_an_older_one_does_not(
    site: Site,
) -> None:
    number = issued(site)
    again(site, number)
    applicant, page = site.signed_in("applicant"), f"/certificates/{certificate_of(site, number)}"
    assert applicant.get(f"{page}/issues/1.pdf").status_code == 200
    assert (handout(site, number).state, handout(site, number).ways) == ("waiting", ())
    for _ in range(2):
        assert applicant.get(f"{page}/issues/2.pdf").status_code == 200
    found = handout(site, number)
    assert (found.state, [each.way for each in found.ways]) == ("done", ["electronic"])


def test_who_wanted_paper_still_waits_for_it_after_opening_the_file(site: Site) -> None:
    number = issued(site, "counter")
    site.signed_in("applicant").get(f"/cases/{number}/certificate.pdf")
    found = handout(site, number)
    assert (found.state, [each.way for each in found.ways]) == ("waiting", ["electronic"])


@pytest.mark.parametrize(
    ("way", "said", "field"),
    [
        ("", {"receiver": ""}, "receiver"),
        ("", {"receiver": "张🍜"}, "receiver"),
        ("", {"identity_checked": ""}, "identity_checked"),
        ("", {"day": "2020-01-01"}, "day"),
        ("", {"signature": "[[[1,2000]]]"}, "signature"),
        ("", {"signature": "<svg>"}, "signature"),
        ("/post", {"tracking": "12-34"}, "tracking"),
        ("/post", {"receiver": " "}, "receiver"),
    ],
)
def test_a_form_that_says_too_little_hands_out_nothing(
    site: Site, waiting: str, way: str, said: dict[str, str], field: str
) -> None:
    page = f"/counter/issue/{handout_of(site, waiting)}"
    usual = {"receiver": "张春和", "identity_checked": "yes", "tracking": "1234567890123"}
    answer = post(site.signed_in("window"), page + way, page + way, **(usual | said))
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert handout(site, waiting).ways == ()


@pytest.fixture(scope="module")
def waiting(whole_site: Site) -> str:
    return issued(whole_site, "counter")


@pytest.mark.parametrize("login", PEOPLE)
def test_only_the_windows_of_the_region_hand_out(site: Site, waiting: str, login: str) -> None:
    role = {each.role for each in PEOPLE[login]}
    expected = 200 if login in ("window", "window2") else 404 if role == {"window"} else 403
    page = f"/counter/issue/{handout_of(site, waiting)}"
    browser = site.signed_in(login)
    for path in (page, f"{page}/post", f"{page}/receipt.pdf", f"{page}/certificate.pdf"):
        assert browser.get(path).status_code == expected, path
    if login == "elsewhere":
        assert waiting not in browser.get("/counter/issue").text


def test_the_window_prints_the_newest_issue_with_its_sheets_and_no_older_one(
    site: Site, browser: FlaskClient
) -> None:
    number = issued(site, "counter")
    first = f"/counter/issue/{handout_of(site, number)}"
    assert f'href="{first}/certificate.pdf"' in browser.get(first).text
    again(site, number)
    page = f"/counter/issue/{handout_of(site, number)}"
    (sheet,) = re.findall(rf'href="({page}/sheets/\d+\.pdf)"', browser.get(page).text)
    for path, word in ((f"{page}/certificate.pdf", "行业综合许可证"), (sheet, "食品经营许可证")):
        paper = browser.get(path)
        text = "".join(pypdf.PdfReader(io.BytesIO(paper.data)).pages[0].extract_text().split())
        assert paper.mimetype == "application/pdf" and word in text, path
    assert browser.get(f"{first}/certificate.pdf").status_code == 409
    assert "certificate.pdf" not in browser.get(first).text
    assert browser.get(f"{page}/sheets/999999.pdf").status_code == 404
    assert site.signed_in("elsewhere").get(sheet).status_code == 404
    assert site.signed_in("approval").get(sheet).status_code == 403


def test_two_windows_hand_a_certificate_out_once(site: Site) -> None:
    number = issued(site, "counter")
    assert give(site, number, receiver="张春和", identity_checked="yes") == 303
    page = f"/counter/issue/{handout_of(site, number)}"
    browser = site.signed_in("window2")
    late = post(browser, "/counter/issue", page, receiver="李四", identity_checked="yes")
    assert late.status_code in (400, 409)
    assert [each.receiver for each in handout(site, number).ways] == ["张春和"]
