"""What anybody sees who scans a certificate: its live state and nothing personal."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from certificates.life.history import SUSPENDED, Cause
from certificates.life.writing import Change, write
from engine import handlers as engine_handlers
from engine.database import transaction
from engine.events import SYSTEM
from engine.tables import cases, certificates, licences
from tests import filing
from tests.certificates.life.holders import certificate_of
from tests.certificates.life.lives import licences_of
from tests.engine.clerks import carry
from tests.web.conftest import Site

assert engine_handlers  # registers the handlers that diagrams call


@pytest.fixture
def public_id(site: Site) -> str:
    """The public id of a restaurant's certificate with one licence."""
    number = filing.file_case(site.engine, site.people, filing.ONLY_FOOD)
    carry(site.engine, site.people, number)
    with transaction(site.engine) as db:
        found = select(certificates.c.public_id).join(cases).where(cases.c.number == number)
        return str(db.execute(found).scalar_one())


def test_a_valid_certificate_says_so_with_its_licences(client: FlaskClient, public_id: str) -> None:
    answer = client.get(f"/v/{public_id}")
    assert answer.status_code == 200
    assert "<h1>有效</h1>" in answer.text and "查询时间" in answer.text and "第 1 版（最新）" in answer.text
    assert "食品经营许可证" in answer.text and str(filing.ANSWERS["ent_name"]) in answer.text


def test_the_representative_is_masked_and_nothing_personal_is_there(
    client: FlaskClient, public_id: str
) -> None:
    page = client.get(f"/v/{public_id}").text
    assert "张*" in page and str(filing.ANSWERS["legal_rep"]) not in page
    assert str(filing.ANSWERS["phone"]) not in page and str(filing.ANSWERS["legal_rep_id_no"]) not in page


def test_a_licence_that_is_revoked_shows_at_the_next_look(
    site: Site, client: FlaskClient, public_id: str
) -> None:
    with transaction(site.engine) as db:
        ours = select(certificates.c.id).where(certificates.c.public_id == public_id).scalar_subquery()
        db.execute(update(licences).where(licences.c.certificate_id == ours).values(state="revoked"))
    page = client.get(f"/v/{public_id}").text
    assert "<h1>有效</h1>" not in page and "已撤销" in page


def suspend(site: Site, public_id: str, until: date) -> None:
    """Suspend the certificate's licence on filing.NOW."""
    with transaction(site.engine) as db:
        certificate = certificate_of(db, public_id)
        licence = licences_of(db, certificate)[0].id
        values = {"state": "suspended", "suspended_until": until}
        write(db, certificate, [Change(licence, SUSPENDED, values)], Cause("测试", SYSTEM, None, filing.NOW))


def test_a_suspended_licence_says_from_when_to_when(site: Site, client: FlaskClient, public_id: str) -> None:
    suspend(site, public_id, date(2125, 12, 31))
    page = client.get(f"/v/{public_id}").text
    assert "<h1>已暂停</h1>" in page and "<dd>2026年11月23日 至 2125年12月31日</dd>" in page
    said = client.get(f"/v/{public_id}.json").get_json()["licences"][0]
    assert (said["stopped_on"], said["suspended_until"]) == ("2026-11-23", "2125-12-31")


def test_unknown_and_malformed_ids_get_the_same_page(client: FlaskClient) -> None:
    pages = []
    for path in ("/v/aaaaaaaaaa", "/v/x", "/v/%27%3B--", "/v/" + "9" * 3000):
        answer = client.get(path)
        assert answer.status_code == 404, path
        pages.append(answer.text.split("查询时间")[0])
    assert len(set(pages)) == 1 and "查无此证" in pages[0]


def test_the_page_is_neither_kept_nor_indexed(client: FlaskClient) -> None:
    answer = client.get("/v/aaaaaaaaaa")
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text


def test_the_sixty_first_scan_of_a_minute_waits(client: FlaskClient) -> None:
    answers = [client.get("/v/aaaaaaaaaa").status_code for _ in range(61)]
    assert set(answers[:60]) == {404} and answers[60] == 429


@pytest.mark.parametrize("code", ["ab2cd3ef4g", "http://localhost/v/ab2cd3ef4g", " ab2cd3ef4g/ "])
def test_a_typed_code_or_address_leads_to_its_page(client: FlaskClient, code: str) -> None:
    assert client.get("/verify", query_string={"code": code}).location == "/v/ab2cd3ef4g"


def test_an_empty_code_is_asked_for_again(client: FlaskClient) -> None:
    answer = client.get("/verify?code=")
    assert answer.status_code == 422 and "请输入核验码" in answer.text


def test_a_suspension_whose_last_day_is_over_waits_for_its_decision(
    site: Site, client: FlaskClient, public_id: str
) -> None:
    suspend(site, public_id, date(2025, 1, 1))
    page = client.get(f"/v/{public_id}").text
    assert "2026年11月23日 起，暂停期已满，等待处理决定" in page and "至 2025年1月1日" not in page
    browser = site.signed_in("applicant")
    page = browser.get(f"/certificates/{public_id}").text
    assert "暂停期已满，等待处理决定" in page and "暂停至" not in page
