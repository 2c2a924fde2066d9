"""A certificate's page: what its holder may ask for, and what everybody else may not see."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from engine.commands.complete import complete
from engine.commands.withdraw import withdraw
from engine.database import run, transaction
from engine.days import local_day
from engine.tables import cases, certificates, licences, tasks
from tests.certificates.life.holders import AGREE, TWO, licence_of
from tests.certificates.life.test_adding import add, fill
from tests.engine.clerks import carry
from tests.filing import ANSWERS, NOW, PDF, file_case
from tests.web.conftest import Site, token

STANDS = {name: str(ANSWERS[name]) for name in ("ent_name", "legal_rep", "op_address")}


@pytest.fixture(scope="module")
def held(whole_site: Site) -> tuple[str, str]:
    """Public id and number of a certificate for food and fire."""
    number = file_case(whole_site.engine, whole_site.people, TWO)
    carry(whole_site.engine, whole_site.people, number)
    query = select(certificates.c.public_id, certificates.c.number).join(cases)
    with transaction(whole_site.engine) as db:
        row = db.execute(query.where(cases.c.number == number)).one()
    return row.public_id, row.number


@pytest.fixture
def at(held: tuple[str, str], site: Site) -> Iterator[str]:
    """The path of its page; what a test asked for is withdrawn again."""
    yield f"/certificates/{held[0]}"
    first = select(certificates.c.case_id).where(certificates.c.public_id == held[0]).scalar_subquery()
    query = select(cases.c.number).where(cases.c.parent_id == first, cases.c.ended_at.is_(None))
    with transaction(site.engine) as db:
        under_way = db.execute(query).scalars().all()
    for number in under_way:
        user = site.people["applicant"]
        run(site.engine, partial(withdraw, user=user, number=number, items=None, reasons="", now=NOW))


def send(browser: FlaskClient, path: str, **typed: object) -> TestResponse:
    """Fill in the form of a page, with a file where one is asked for."""
    page = browser.get(path)
    file = {"evidence": (io.BytesIO(PDF), "营业执照.pdf")} if 'name="evidence"' in page.text else {}
    return browser.post(path, data={"csrf_token": token(page), "confirm": "yes", **file, **typed})


def test_the_holder_sees_licences_issues_and_what_can_be_done(site: Site, at: str) -> None:
    page = site.signed_in("applicant").get(at).text
    for words in ("食品经营许可证", "还有", "长期有效，不用延续", "起可以申请延续", "第 1 版：首次签发"):
        assert words in page
    for path in ("change", "reissue", "cancellation", "addition"):
        assert f'href="{at}/{path}"' in page
    assert "变动记录" in page and "首次签发" in page.split("变动记录")[1].split("</details>")[0]


@pytest.mark.parametrize("path", ["", "/change", "/reissue", "/cancellation", "/addition", "/issues/1.pdf"])
@pytest.mark.parametrize(
    ("who", "status"), [(None, 303), ("other_applicant", 404), ("approval", 403), ("window", 403)]
)
def test_nobody_else_finds_it(site: Site, at: str, path: str, who: str | None, status: int) -> None:
    browser = site.signed_in(who) if who else site.browser()
    assert browser.get(at + path).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("approval", 200),
        ("market", 200),
        ("fire", 200),
        ("tobacco", 404),
        ("applicant", 403),
        ("window", 403),
        ("inspector", 403),
        ("supervisor", 403),
    ],
)
def test_offices_that_decide_or_supervise_a_licence_see_it(
    site: Site, held: tuple[str, str], who: str, status: int
) -> None:
    assert site.signed_in(who).get(f"/office/certificates/{held[1]}").status_code == status


def test_a_change_is_asked_for_and_its_offices_see_old_and_new(site: Site, at: str) -> None:
    answer = send(site.signed_in("applicant"), f"{at}/change", **STANDS | {"legal_rep": "李新任"})
    assert answer.status_code == 303 and "-BG-" in answer.location
    number = answer.location.rsplit("/", 1)[-1]
    with transaction(site.engine) as db:
        query = select(tasks.c.id).join_from(tasks, cases).where(cases.c.number == number)
        task = db.execute(query.where(tasks.c.department == "fire")).scalar_one()
    clerk = site.signed_in("fire")
    assert clerk.get(f"/tasks?number={number}").status_code == 200
    page = clerk.get(f"/tasks/{task}").text
    assert "<del>" in page and "张春和" in page and "李新任" in page
    assert "办件 " + number in site.signed_in("applicant").get(f"/cases/{number}").text


@pytest.mark.parametrize(
    ("typed", "at_field"),
    [
        ({"confirm": ""}, "confirm"),
        ({"ent_name": ""}, "ent_name"),
        ({}, "ent_name"),
        ({"ent_name": "新名字有限公司", "evidence": (io.BytesIO(b"x"), "坏.exe")}, "evidence"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_typed_is_lost(
    site: Site, at: str, typed: dict[str, object], at_field: str
) -> None:
    answer = send(site.signed_in("applicant"), f"{at}/change", **STANDS | typed)
    assert answer.status_code == 422 and f'href="#{at_field}"' in answer.text
    assert "淄博市张店区柳泉路100号1层" in answer.text


def test_a_renewal_before_its_window_says_from_when(site: Site, held: tuple[str, str], at: str) -> None:
    with transaction(site.engine) as db:
        licence = licence_of(db, held[0], "food_operation")
    answer = site.signed_in("applicant").get(f"{at}/licences/{licence}/renewal")
    assert answer.status_code == 409 and "起可以申请延续" in answer.text


def test_one_licence_is_chosen_and_its_end_is_asked_for(site: Site, held: tuple[str, str], at: str) -> None:
    with transaction(site.engine) as db:
        licence = licence_of(db, held[0], "fire_check")
    browser = site.signed_in("applicant")
    assert send(browser, f"{at}/cancellation").status_code == 422
    answer = send(browser, f"{at}/cancellation", licences=str(licence))
    assert answer.status_code == 303 and "-ZX-" in answer.location
    assert "正在办理另一件" in browser.get(at).text


def test_what_follows_a_certificate_is_withdrawn_whole_and_its_page_says_so(
    site: Site, held: tuple[str, str], at: str
) -> None:
    with transaction(site.engine) as db:
        chosen = [str(licence_of(db, held[0], item)) for item in ("fire_check", "food_operation")]
    browser = site.signed_in("applicant")
    path = send(browser, f"{at}/cancellation", licences=chosen).location
    with transaction(site.engine) as db:
        query = select(tasks.c.id).join_from(tasks, cases).where(cases.c.number == path.rsplit("/", 1)[-1])
        task = db.execute(query.where(tasks.c.department == "fire")).scalar_one()
    run(site.engine, partial(complete, user=site.people["fire"], task=task, raw=AGREE, now=NOW))
    page = browser.get(f"{path}/withdraw").text
    assert 'name="items"' not in page and "其他事项照常办理" not in page and "照常有效" not in page
    assert "整件撤回" in page and "已经同意的也不生效" in page
    assert "食品经营许可" in page and "营业前消防安全检查" in page
    assert send(browser, f"{path}/withdraw", confirm="").status_code == 422
    assert send(browser, f"{path}/withdraw").status_code == 303
    assert "正在办理另一件" not in browser.get(at).text


def test_a_renewal_whose_term_is_over_has_no_page_to_withdraw_it(
    site: Site, held: tuple[str, str], at: str
) -> None:
    with transaction(site.engine) as db:
        licence = licence_of(db, held[0], "food_operation")
        own = update(licences).where(licences.c.id == licence)
        was = db.execute(select(licences.c.valid_until).where(licences.c.id == licence)).scalar_one()
        db.execute(own.values(valid_until=local_day(datetime.now(UTC)) + timedelta(days=60)))
    browser = site.signed_in("applicant")
    path = send(browser, f"{at}/licences/{licence}/renewal").location
    page = browser.get(f"{path}/withdraw").text
    assert "延续的申请期限" in page and "随时重新申请" not in page
    number = path.rsplit("/", 1)[-1]
    with transaction(site.engine) as db:
        db.execute(own.values(valid_until=was))
        asked = db.execute(select(cases.c.words).where(cases.c.number == number)).scalar_one()
        over = {**asked, "term_ends": "2026-01-01T00:00:00+08:00"}
        db.execute(update(cases).where(cases.c.number == number).values(words=over))
    answer = browser.get(f"{path}/withdraw")
    with transaction(site.engine) as db:  # so that it can be withdrawn again
        db.execute(update(cases).where(cases.c.number == number).values(words=asked))
    assert answer.status_code == 409 and "视为准予延续" in answer.text


def test_a_further_item_opens_an_application_for_it_alone(site: Site, at: str) -> None:
    browser = site.signed_in("applicant")
    same = {"district": "370303", "area": "420", "cold_food": "yes", "greasy_water": "no", "signboard": "no"}
    assert send(browser, f"{at}/addition", **same, tobacco="no").status_code == 422
    answer = send(browser, f"{at}/addition", **same, tobacco="yes")
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert "烟草专卖零售许可" in page and "食品经营许可" not in page


def test_who_is_moving_reads_that_nothing_can_be_added_before_filling_in_anything(
    site: Site, at: str
) -> None:
    browser = site.signed_in("applicant")
    asked = send(browser, f"{at}/change", **STANDS | {"op_address": "淄博市张店区人民路1号"})
    answer = browser.get(f"{at}/addition")
    assert answer.status_code == 409 and asked.location.rsplit("/", 1)[-1] in answer.text
    assert "正在变更地址" in answer.text


def test_the_page_of_a_renewal_says_what_term_it_would_bring(site: Site, held: tuple[str, str]) -> None:
    with transaction(site.engine) as db:
        licence = licence_of(db, held[0], "food_operation")
        soon = update(licences).where(licences.c.id == licence)
        was = db.execute(select(licences.c.valid_until).where(licences.c.id == licence)).scalar_one()
        db.execute(soon.values(valid_until=local_day(datetime.now(UTC)) + timedelta(days=60)))
    page = site.signed_in("applicant").get(f"/certificates/{held[0]}/licences/{licence}/renewal").text
    with transaction(site.engine) as db:
        db.execute(soon.values(valid_until=was))
    assert "延续以后的有效期" in page and "从作出延续决定之日起算" in page
    assert "接着算" not in page


def test_what_is_added_under_another_name_is_sent_back_to_the_question(
    site: Site, held: tuple[str, str]
) -> None:
    town = (site.people, held[0])
    draft = add(site.engine, town, tobacco="yes")
    fill(site.engine, town, draft, ent_name="别的餐饮有限公司")
    browser = site.signed_in("applicant")
    at = f"/apply/{draft}"
    answer = browser.post(f"{at}/submit", data={"csrf_token": token(browser.get(f"{at}/check"))})
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert f"证上写的是“{ANSWERS['ent_name']}”" in page and 'name="ent_name"' in page


def test_an_office_proposes_and_says_why(site: Site, held: tuple[str, str], at: str) -> None:
    with transaction(site.engine) as db:
        licence = licence_of(db, held[0], "food_operation")
    clerk = site.signed_in("market")
    path = f"/office/certificates/{held[1]}/licences/{licence}/suspension"
    assert send(clerk, path, reasons=" ").status_code == 422
    assert clerk.get(path.replace("suspension", "nonsense")).status_code == 404
    with transaction(site.engine) as db:
        fire = licence_of(db, held[0], "fire_check")
    assert clerk.get(path.replace(str(licence), str(fire))).status_code == 404  # not this office's
    page = clerk.get(f"/office/certificates/{held[1]}").text
    assert "提出暂停" in page and "今天 0 次，近 30 天 0 次" in page


def test_the_own_list_says_how_each_certificate_stands_and_when_it_first_ends(site: Site, at: str) -> None:
    page = site.signed_in("applicant").get("/my").text
    line = page.split(at)[1].split("</li>")[0]
    assert "第 1 版" in line and "最早到期：" in line and "有效" in line


def test_who_proposed_sees_why_the_decision_is_not_theirs(site: Site, held: tuple[str, str]) -> None:
    """The last of these tests: what it proposes goes on."""
    with transaction(site.engine) as db:
        licence = licence_of(db, held[0], "food_operation")
    path = f"/office/certificates/{held[1]}/licences/{licence}/revocation"
    proposer = site.signed_in("approval")
    assert send(proposer, path, reasons="以欺骗取得。").status_code == 303
    with transaction(site.engine) as db:
        task = db.execute(select(tasks.c.id).where(tasks.c.act == "revoke")).scalar_one()
        assign = update(tasks).where(tasks.c.id == task)
        page = proposer.get(f"/tasks/{task}").text
        assert "这件撤销是您提出的，要由另一个人决定" in page and 'name="outcome"' not in page
        db.execute(assign.values(department="market"))  # as another person of the authority would see it
        number = db.execute(select(cases.c.number).join(tasks).where(tasks.c.id == task)).scalar_one()
    other = site.signed_in("market").get(f"/tasks/{task}").text
    assert 'name="outcome"' in other and "当事人可以陈述、申辩到" in other
    assert "可以在五个工作日内向办理的部门陈述" in site.signed_in("applicant").get(f"/cases/{number}").text
