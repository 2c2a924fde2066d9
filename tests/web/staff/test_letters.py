"""Letters on the pages: who reads them, how opening one delivers it, and what the window records."""

import io
from datetime import UTC, datetime

import pypdf
import pytest
from sqlalchemy import select, update

from certificates.letter_rendering import letter_printer
from engine.database import transaction
from engine.queries.letter_lines import LetterLine, letter_lines
from engine.tables import cases, letters
from tests.engine.clerks import REFUSE, carry
from tests.filing import ONLY_FOOD, do, file_case
from tests.web.conftest import Site, post
from web.context import settings


@pytest.fixture
def number(whole_site: Site) -> str:
    """A case of all items that was accepted, and whose letter was printed."""
    number = file_case(whole_site.engine, whole_site.people)
    do(whole_site.engine, whole_site.people, number, "accept", "window", outcome="accept")
    print_all(whole_site)
    return number


def print_all(site: Site) -> None:
    """Print what waits; it was issued before today, whatever day it is."""
    with transaction(site.engine) as db:
        db.execute(update(letters).values(issued_at=datetime(2026, 1, 5, tzinfo=UTC)))
        waiting = db.execute(select(letters.c.id).where(letters.c.pdf_sha256.is_(None))).scalars().all()
    with site.app.app_context():
        for letter in waiting:
            letter_printer(settings())(site.engine, letter, datetime.now(UTC))


def letters_of(site: Site, number: str) -> tuple[LetterLine, ...]:
    with transaction(site.engine) as db:
        case = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
        return letter_lines(db, letters.c.case_id == case)


def first(site: Site, number: str) -> LetterLine:
    return letters_of(site, number)[-1]


def address(site: Site, number: str, after: str = ".pdf") -> str:
    return f"/office/cases/{number}/letters/{first(site, number).id}{after}"


def record(site: Site, number: str, login: str = "window", **typed: str) -> int:
    form = address(site, number, "")
    given = {"way": "counter", "receiver": "张春和", "words": "", "day": ""} | typed
    return post(site.signed_in(login), address(site, number, ""), form, **given).status_code


def test_the_applicant_finds_the_letter_and_opening_it_is_its_delivery(site: Site, number: str) -> None:
    browser = site.signed_in("applicant")
    page = browser.get(f"/cases/{number}")
    letter = first(site, number)
    assert "受理通知书" in page.text and letter.number in page.text and "未读" in page.text
    for _ in range(2):
        answer = browser.get(f"/cases/{number}/letters/{letter.id}.pdf")
        assert answer.status_code == 200 and answer.mimetype == "application/pdf"
        assert letter.number in "".join(
            pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split()
        )
    (delivery,) = first(site, number).deliveries
    assert (delivery.way, delivery.receiver, delivery.recorded_by) == ("electronic", letter.operator, "")
    assert "电子送达" in browser.get(f"/cases/{number}").text


def test_a_refused_applicant_has_the_decision_at_hand(site: Site) -> None:
    number = file_case(site.engine, site.people, ONLY_FOOD)
    carry(site.engine, site.people, number, decide_food_operation=REFUSE)
    print_all(site)
    browser = site.signed_in("applicant")
    assert "不予行政许可决定书" in browser.get(f"/cases/{number}").text
    refusal = next(each for each in letters_of(site, number) if each.kind == "refusal")
    pdf = browser.get(f"/cases/{number}/letters/{refusal.id}.pdf").data
    text = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert REFUSE["reasons"] in text and "行政复议" in text and "行政诉讼" in text


def test_nobody_else_reads_or_delivers_an_applicants_letter(site: Site, number: str) -> None:
    letter = first(site, number)
    own, office = f"/cases/{number}/letters/{letter.id}.pdf", address(site, number)
    assert site.signed_in("other_applicant").get(own).status_code == 404
    assert site.signed_in("elsewhere").get(office).status_code == 404
    assert site.browser().get(own).status_code == 303
    assert record(site, number, "elsewhere") == 404
    assert first(site, number).deliveries == ()


def test_a_letter_of_one_case_is_not_found_under_another(site: Site, number: str) -> None:
    other = file_case(site.engine, site.people, ONLY_FOOD)
    letter = first(site, number).id
    assert site.signed_in("applicant").get(f"/cases/{other}/letters/{letter}.pdf").status_code == 404


def test_an_office_reads_the_letters_of_its_cases_and_delivers_nothing_by_it(site: Site, number: str) -> None:
    browser = site.signed_in("market")
    assert "受理通知书" in browser.get(f"/office/cases/{number}").text
    assert browser.get(address(site, number)).status_code == 200
    assert first(site, number).deliveries == ()


def test_the_window_records_a_delivery_and_prints_its_receipt(site: Site, number: str) -> None:
    assert record(site, number, receiver="张春和") == 303
    (delivery,) = first(site, number).deliveries
    assert (delivery.way, delivery.receiver, delivery.recorded_by) == ("counter", "张春和", "window·甲")
    browser = site.signed_in("window")
    receipt = browser.get(address(site, number, "/receipt.pdf"))
    text = "".join(pypdf.PdfReader(io.BytesIO(receipt.data)).pages[0].extract_text().split())
    assert "送达回证" in text and "张春和" in text
    assert "送达文书：受理通知书" in browser.get(f"/office/cases/{number}").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"way": ""}, "请选择怎样送达"),
        ({"receiver": " "}, "收件人"),
        ({"way": "left"}, "见证人"),
        ({"way": "post"}, "邮件号码"),
        ({"day": "2020-01-01"}, "从文书出具到今天"),
        ({"day": "昨天"}, "从文书出具到今天"),
        ({"receiver": "张🍜"}, "无法印在证照上"),
        ({"receiver": "张" * 41}, "最多 40 个字"),
    ],
)
def test_a_delivery_that_says_too_little_is_not_recorded(
    site: Site, number: str, typed: dict[str, str], says: str
) -> None:
    form = address(site, number, "")
    given = {"way": "counter", "receiver": "张春和", "words": "", "day": ""} | typed
    answer = post(site.signed_in("window"), form, form, **given)
    assert answer.status_code == 422 and says in answer.text
    assert first(site, number).deliveries == ()


def test_one_way_is_recorded_once(site: Site, number: str) -> None:
    assert record(site, number) == 303
    assert record(site, number, receiver="李四") == 422
    assert record(site, number, way="post", words="EMS 1234567890123") == 303
    assert [each.way for each in first(site, number).deliveries] == ["counter", "post"]


def test_only_the_window_is_asked_to_deliver(site: Site, number: str) -> None:
    assert site.signed_in("market").get(address(site, number, "")).status_code == 403
    assert "登记送达" not in site.signed_in("market").get(f"/office/cases/{number}").text
    assert "登记送达" in site.signed_in("window").get(f"/office/cases/{number}").text


def test_a_letter_that_is_not_printed_yet_says_so(site: Site) -> None:
    number = file_case(site.engine, site.people, ONLY_FOOD)
    do(site.engine, site.people, number, "accept", "window", outcome="accept")
    browser = site.signed_in("applicant")
    assert "文件正在生成" in browser.get(f"/cases/{number}").text
    assert browser.get(f"/cases/{number}/letters/{first(site, number).id}.pdf").status_code == 404
    assert first(site, number).deliveries == ()
