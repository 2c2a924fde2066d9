"""Signing in: who gets in, where it leads, and how guessing ends."""

import pytest
from flask.testing import FlaskClient

from engine.database import transaction
from engine.people import add_user
from tests.filing import NOW, PASSWORD, PEOPLE
from tests.web.conftest import Site, post
from web.login import local


def try_login(browser: FlaskClient, login: str, password: str) -> int:
    return post(browser, "/login", "/login", login=login, password=password).status_code


def test_a_clerk_lands_at_the_tasks(site: Site) -> None:
    clerk = site.signed_in("market")
    assert clerk.get("/inside").location == "/tasks"
    assert "market·甲" in clerk.get("/").text


def test_a_wrong_password_does_not_say_which_of_the_two_is_wrong(client: FlaskClient) -> None:
    wrong = post(client, "/login", "/login", login="market", password="x")
    nobody = post(client, "/login", "/login", login="no-such", password="x")
    assert wrong.status_code == nobody.status_code == 422
    assert "用户名或密码不正确" in wrong.text and "用户名或密码不正确" in nobody.text


def test_the_eleventh_guess_is_locked_out_and_other_people_are_not(site: Site) -> None:
    guesses = [try_login(site.browser(), "market", f"guess {n}") for n in range(11)]
    assert guesses == [422] * 10 + [429]
    assert try_login(site.browser(), "market", PASSWORD) == 429
    assert try_login(site.browser(), "fire", PASSWORD) == 303


def test_one_address_cannot_try_a_password_on_everybody(client: FlaskClient) -> None:
    assert [try_login(client, f"name{n}", "") for n in range(61)] == [422] * 60 + [429]


def test_somebody_who_knows_the_password_is_never_locked_out(site: Site) -> None:
    assert {try_login(site.browser(), "market", PASSWORD) for _ in range(12)} == {303}


def test_the_session_and_its_token_are_new_after_login(client: FlaskClient) -> None:
    client.get("/login")
    with client.session_transaction() as session:
        session["planted"] = "x"
        before = session.get("csrf_token")
    post(client, "/login", "/login", login="market", password=PASSWORD)
    with client.session_transaction() as session:
        assert "planted" not in session and session.get("csrf_token") != before


def test_a_new_password_ends_the_sessions_of_the_old_one(site: Site) -> None:
    clerk = site.signed_in("urban")
    assert clerk.get("/tasks").status_code == 200
    with transaction(site.engine) as db:
        add_user(db, login="urban", name="urban·甲", password=PASSWORD, roles=PEOPLE["urban"], now=NOW)
    assert clerk.get("/tasks").location.startswith("/login")


def test_logging_out_forgets_everything(site: Site) -> None:
    clerk = site.signed_in("market")
    assert post(clerk, "/", "/logout").status_code == 303
    with clerk.session_transaction() as session:
        assert not session.get("_user_id")
    assert clerk.get("/tasks").location.startswith("/login")


def test_a_post_without_a_token_is_refused(client: FlaskClient) -> None:
    assert client.post("/login", data={"login": "market", "password": PASSWORD}).status_code == 400


def test_an_old_form_of_ours_can_be_sent_again_with_what_was_filled_in(site: Site) -> None:
    data = {"number": "370303-A", "phone4": "1234", "csrf_token": "old"}
    ours = site.browser().post("/track", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    other = site.browser().post("/track", data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert ours.status_code == other.status_code == 400
    assert 'value="370303-A"' in ours.text and "重新提交" in ours.text
    assert "370303-A" not in other.text


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "", "x", "/\n/e"]
)
def test_login_leads_to_no_other_site(address: str) -> None:
    assert local(address) is None


def test_login_leads_on_to_a_page_of_ours(site: Site) -> None:
    answer = post(
        site.browser(), "/login", "/login", login="fire", password=PASSWORD, next="/tasks?which=mine"
    )
    assert answer.location == "/tasks?which=mine"


def test_a_page_for_others_is_refused_and_strangers_are_asked_to_sign_in(site: Site) -> None:
    assert site.signed_in("applicant").get("/tasks").status_code == 403
    assert site.browser().get("/tasks").location == "/login?next=/tasks"
