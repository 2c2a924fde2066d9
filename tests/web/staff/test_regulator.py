"""A regulator claims what the office was told, looks at it, and says what was found; nobody else does."""

import io
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from engine.database import transaction
from engine.queries.feedback import FeedbackLine, feedback_of_case
from engine.queries.pushes import Push, pushes_of_case
from engine.tables import cases, certificate_issues, certificates, handouts, licences, pushes, tasks
from tests.engine.clerks import case_of
from tests.filing import PDF, PEOPLE
from tests.web.conftest import Site, post, token
from tests.web.staff.issuing import certificate_of, issued, licence_of, push_of

OWN = {"regulator"}  # of the office that was told


@pytest.fixture(scope="module")
def number(whole_site: Site) -> str:
    return issued(whole_site)


@pytest.fixture
def browser(site: Site) -> FlaskClient:
    return site.signed_in("regulator")


def told(site: Site, number: str) -> Push:
    with site.engine.connect() as db:
        return pushes_of_case(db, case_of(db, number).id)[0]


def found(site: Site, number: str) -> tuple[FeedbackLine, ...]:
    with site.engine.connect() as db:
        return feedback_of_case(db, case_of(db, number).id, None)


def say(site: Site, number: str, who: str = "regulator", **said: object) -> int:
    """Send a finding; the status of the answer."""
    browser, page = site.signed_in(who), f"/regulator/certificates/{certificate_of(site, number)}/feedback"
    asked = browser.get(page)
    if asked.status_code != 200:
        return asked.status_code
    given = {"licence": str(licence_of(site, number)), "kind": "found", "words": "地面有积水。"} | said
    sent = {"csrf_token": token(asked), **given}
    return browser.post(page, data=sent, content_type="multipart/form-data").status_code


def test_what_was_told_is_listed_until_it_is_claimed(site: Site, browser: FlaskClient) -> None:
    number = issued(site)
    assert number in browser.get("/regulator").text
    answer = post(browser, "/regulator", "/regulator/claim", one=str(push_of(site, number)))
    assert (answer.status_code, answer.location) == (303, "/regulator")
    assert number not in browser.get("/regulator").text
    assert number in browser.get("/regulator/claimed").text
    assert told(site, number).claimed_by == "regulator·甲"
    assert "监管部门认领：食品经营许可" in site.signed_in("market").get(f"/office/cases/{number}").text


def test_several_are_claimed_at_once_and_a_second_time_says_who_was_faster(
    site: Site, browser: FlaskClient
) -> None:
    numbers = [issued(site), issued(site)]
    chosen = [str(push_of(site, each)) for each in numbers]
    sent = {"csrf_token": token(browser.get("/regulator")), "push": chosen}
    assert browser.post("/regulator/claim", data=sent).status_code == 303
    assert all(told(site, each).claimed_at for each in numbers)
    again = browser.post("/regulator/claim", data=sent)
    assert again.status_code == 409 and "regulator·甲已经认领" in again.text


def test_claiming_nothing_says_what_to_do(browser: FlaskClient, number: str) -> None:
    answer = post(browser, "/regulator", "/regulator/claim")
    assert answer.status_code == 422 and "请先勾选要认领的许可" in answer.text


def test_a_list_is_narrowed_by_industry_and_by_the_licence_s_state(
    site: Site, browser: FlaskClient, number: str
) -> None:
    for query, there in (
        ("industry=restaurant", True),
        ("industry=bakery", False),
        ("state=valid", True),
        ("state=revoked", False),
    ):
        assert (number in browser.get(f"/regulator/all?{query}").text) is there, query


@pytest.mark.parametrize("login", PEOPLE)
def test_only_the_office_that_was_told_opens_and_claims_it(site: Site, number: str, login: str) -> None:
    browser, push = site.signed_in(login), push_of(site, number)
    seen = browser.get(f"/regulator/{push}").status_code
    role = {each.role for each in PEOPLE[login]}
    assert seen == (200 if login in OWN else 404 if role == {"regulator"} else 403)
    if login not in OWN:
        csrf = token(browser.get("/profile"))
        claimed = browser.post("/regulator/claim", data={"csrf_token": csrf, "one": push})
        assert claimed.status_code == (404 if role == {"regulator"} else 403)
        assert told(site, number).claimed_at is None


def test_it_shows_what_was_granted_why_and_how_it_stands(
    site: Site, browser: FlaskClient, number: str
) -> None:
    page = browser.get(f"/regulator/{push_of(site, number)}").text
    for words in ("食品经营许可证", "审查意见", "同意", "张店区市场监督管理局", "有效", "准予", "张春和"):
        assert words in page, words
    for personal in ("370303190001010016", "13805335678", "王安全"):
        assert personal not in page
    printed = browser.get(f"/regulator/certificates/{certificate_of(site, number)}/certificate.pdf")
    assert printed.status_code == 200 and printed.data.startswith(b"%PDF")


def test_a_finding_shows_on_the_case_and_in_its_log(site: Site, number: str) -> None:
    assert say(site, number, kind="penalty", words="罚款二千元。", law="食品安全法第一百二十六条") == 303
    page = site.signed_in("market").get(f"/office/cases/{number}").text
    for words in ("行政处罚", "罚款二千元。", "食品安全法第一百二十六条", "监管反馈：食品经营许可"):
        assert words in page, words


def test_the_same_finding_sent_twice_is_one(site: Site, number: str) -> None:
    before = len(found(site, number))
    assert [say(site, number, words="冰柜温度偏高。") for _ in range(2)] == [303, 303]
    assert len(found(site, number)) == before + 1


def test_a_file_with_a_finding_is_for_those_who_see_the_finding(site: Site, number: str) -> None:
    record = FileStorage(io.BytesIO(PDF), "检查记录.pdf")
    assert say(site, number, words="见检查记录。", file=record) == 303
    file = f"/feedback/{found(site, number)[0].id}/file"
    for login, status in (
        ("regulator", 200),
        ("fire_regulator", 200),  # of the same region
        ("market", 200),
        ("regulator_elsewhere", 404),
        ("tobacco", 404),
        ("applicant", 403),
    ):
        assert site.signed_in(login).get(file).status_code == status, login


def test_an_office_of_another_item_reads_neither_the_finding_nor_its_file(site: Site, number: str) -> None:
    record = FileStorage(io.BytesIO(PDF), "处罚决定书.pdf")
    assert say(site, number, words="冷库超温，已处罚。", file=record) == 303
    at = f"/feedback/{found(site, number)[0].id}/file"
    case, someone = f"/office/cases/{number}", site.signed_in("fire")
    with transaction(site.engine) as db:
        mine = {"department": "fire", "item": "fire_check"}
        reviews = tasks.c.case_id == case_of(db, number).id, tasks.c.act == "review"
        other = db.execute(select(tasks.c.id).where(*reviews)).scalars().first()
        before = db.execute(select(tasks.c.department, tasks.c.item).where(tasks.c.id == other)).one()
        db.execute(update(tasks).where(tasks.c.id == other).values(mine))
    try:
        page = someone.get(case)
        assert page.status_code == 200 and "冷库超温" not in page.text
        assert someone.get(at).status_code == 404
    finally:
        with transaction(site.engine) as db:
            db.execute(update(tasks).where(tasks.c.id == other).values(before._asdict()))
    assert "冷库超温" in site.signed_in("market").get(case).text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"words": " "}, "words"),
        ({"kind": "penalty"}, "law"),
        ({"kind": "revoke"}, "law"),
        ({"found_on": "2020-01-01"}, "found_on"),
        ({"found_on": "昨天"}, "found_on"),
        ({"licence": "0"}, "licence"),
        ({"words": "水" * 801}, "words"),
        ({"words": "🍜"}, "words"),
        ({"file": FileStorage(io.BytesIO(b"MZ"), "a.exe")}, "file"),
    ],
)
def test_a_finding_that_says_too_little_is_not_kept(
    site: Site, number: str, said: dict[str, object], field: str
) -> None:
    before = len(found(site, number))
    browser, page = (
        site.signed_in("regulator"),
        f"/regulator/certificates/{certificate_of(site, number)}/feedback",
    )
    given = {"licence": str(licence_of(site, number)), "kind": "found", "words": "有积水。"} | said
    sent = {"csrf_token": token(browser.get(page)), **given}
    answer = browser.post(page, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert len(found(site, number)) == before


def test_advice_is_offered_only_while_it_could_be_followed(site: Site) -> None:
    number = issued(site)
    page = f"/regulator/certificates/{certificate_of(site, number)}/feedback"
    assert 'value="revoke"' in site.signed_in("regulator").get(page).text
    with transaction(site.engine) as db:
        case = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
        db.execute(update(licences).where(licences.c.case_id == case).values(state="cancelled"))
    asked = site.signed_in("regulator").get(page).text
    assert 'value="revoke"' not in asked and 'value="suspend"' not in asked and 'value="penalty"' in asked


def test_advice_starts_the_case_in_which_the_decider_answers_it(site: Site) -> None:
    number = issued(site)
    advice = {"kind": "suspend", "words": "后厨严重污染。", "law": "食品安全法第一百二十六条"}
    assert say(site, number, **advice) == 303
    (line,) = found(site, number)
    assert line.started is not None and "-ZT-" in line.started
    assert line.started in site.signed_in("approval").get(f"/tasks/claimable?q={line.started}").text
    assert f"办件 {line.started}" in site.signed_in("market").get(f"/office/cases/{number}").text
    again = advice | {"words": "后厨仍然严重污染。"}
    assert say(site, number, **again) == 422  # one such case at a time
    assert len(found(site, number)) == 1


def test_any_certificate_of_the_region_is_found_by_number_code_or_name(
    site: Site, number: str, browser: FlaskClient
) -> None:
    public_id = certificate_of(site, number)
    pushed = told(site, number).content
    for words in (pushed["certificate"], pushed["number"], public_id, f"https://a.example/v/{public_id}#x"):
        page = browser.get("/regulator/search", query_string={"q": words}).text
        assert f"/regulator/certificates/{public_id}" in page, words
    elsewhere = site.signed_in("regulator_elsewhere")
    assert "没有找到" in elsewhere.get("/regulator/search", query_string={"q": public_id}).text
    assert elsewhere.get(f"/regulator/certificates/{public_id}").status_code == 404
    assert say(site, number, "regulator_elsewhere") == 404
    assert say(site, number, "market") == 403
    assert say(site, number, "fire_regulator", words="疏散通道堆放杂物。") == 303


def test_a_supervisor_reads_which_office_let_its_time_pass(site: Site) -> None:
    number = issued(site)
    with transaction(site.engine) as db:
        own = select(cases.c.id).where(cases.c.number == number).scalar_subquery()
        db.execute(update(pushes).where(pushes.c.case_id == own).values(claim_by=date(2026, 1, 7)))
        issue = select(certificate_issues.c.id).join(certificates).where(certificates.c.case_id == own)
        waiting = handouts.c.issue_id.in_(issue)
        db.execute(update(handouts).where(waiting).values(due_on=date(2026, 1, 19)))
    page = site.signed_in("supervisor").get("/supervision").text
    unclaimed, undelivered = page.split('id="unclaimed-heading"')[1].split('id="undelivered-heading"')
    assert number in unclaimed and "张店区市场监督管理局" in unclaimed
    assert number in undelivered and "张店区行政审批服务局" in undelivered
    post(site.signed_in("regulator"), "/regulator", "/regulator/claim", one=str(push_of(site, number)))
    page = site.signed_in("supervisor").get("/supervision").text
    assert number not in page.split('id="unclaimed-heading"')[1].split('id="undelivered-heading"')[0]
