"""Tracking without a login: two numbers open a masked view, and nothing else does."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import filing
from tests.web.conftest import Site, post

LAST_FOUR = filing.ANSWERS["phone"][-4:]


@pytest.fixture
def number(site: Site) -> str:
    """A case that was just filed."""
    return filing.file_case(site.engine, site.people, filing.ONLY_FOOD)


def ask(browser: FlaskClient, number: str, phone4: str) -> TestResponse:
    return post(browser, "/track", "/track", number=number, phone4=phone4)


def test_both_numbers_show_who_has_it_and_until_when(client: FlaskClient, number: str) -> None:
    found = ask(client, f" {number.lower()} ", str(LAST_FOUR))
    page = client.get(found.location).text
    assert "已提交待受理" in page and "张店区行政审批服务局" in page and "最晚" in page
    assert "提交申请" in page


def test_no_personal_data_is_shown(client: FlaskClient, number: str) -> None:
    page = client.get(ask(client, number, str(LAST_FOUR)).location).text
    for secret in ("uscc", "ent_name", "legal_rep", "legal_rep_id_no", "phone", "op_address"):
        assert str(filing.ANSWERS[secret]) not in page, secret


def test_a_wrong_phone_and_a_wrong_number_get_the_same_answer(site: Site, number: str) -> None:
    says = "没有查到这件申请，请核对受理号和手机号后四位"
    wrong_phone, wrong_number = (
        ask(site.browser(), given, "0000") for given in (number, "370303-YYZ-20990101-0001")
    )
    assert wrong_phone.status_code == wrong_number.status_code == 422
    assert says in wrong_phone.text and says in wrong_number.text


def test_guessing_the_phone_of_one_case_ends_whoever_guesses(site: Site, number: str) -> None:
    answers = [ask(site.browser(), number, f"{guess:04}").status_code for guess in range(9)]
    assert answers == [422] * 8 + [429]
    assert ask(site.browser(), number, str(LAST_FOUR)).status_code == 429
    assert ask(site.browser(), "370303-YYZ-20990101-0002", "0000").status_code == 422


def test_empty_and_odd_input_is_named_at_its_field(client: FlaskClient) -> None:
    empty = ask(client, "", "")
    assert "请输入受理号" in empty.text and "请输入手机号的最后 4 位数字" in empty.text
    assert ask(client, "x" * 9000, "１２３四").status_code == 422


def test_a_percent_sign_is_no_wildcard(client: FlaskClient, number: str) -> None:
    assert ask(client, number, "%%%%").status_code == 422


def test_the_drawing_has_states_only_for_the_one_who_asked(client: FlaskClient, number: str) -> None:
    assert client.get("/track/case/diagram.json").status_code == 404
    ask(client, number, str(LAST_FOUR))
    drawing = client.get("/track/case/diagram.json").get_json()
    assert drawing["states"]["submitted"] == "done" and "bpmn" in drawing["xml"]


def test_without_both_numbers_there_is_nothing_to_see(client: FlaskClient) -> None:
    assert client.get("/track/case").location == "/track"
