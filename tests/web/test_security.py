"""Every answer carries the same protections, and no page needs an exception from them."""

import re

import pytest
from flask import request
from flask.testing import FlaskClient

from engine.catalogue import Catalogue
from engine.guide import encode_answers
from engine.settings import Settings
from engine.shared_data import Unavailable
from tests.filing import EVERYTHING, INDUSTRY, NOW, files
from web.app import create_app
from web.applicant.section_page import shared_data

PAGES = (
    "/",
    "/industries",
    "/industries/restaurant",
    "/guide/restaurant",
    "/guide/restaurant/q/1",
    "/verify",
    "/v/aaaaaaaaaa",
    "/track",
    "/login",
    "/help",
    "/privacy",
    "/accessibility",
    "/no/such/page",
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//')


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_under_the_strict_policy(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not INLINE.findall(answer.text) and not ELSEWHERE.findall(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_way_past_the_frame_and_the_same_help(
    client: FlaskClient, path: str
) -> None:
    page = client.get(path).text
    assert page.count("<h1") == 1
    assert page.index('class="op-skip"') < page.index('id="main"') < page.index('id="help-heading"')
    assert '<html lang="zh-CN">' in page


def test_https_binds_cookies_to_the_host_and_keeps_browsers_on_it() -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    app = create_app(Settings(database_url=url, secret_key="k" * 40, base_url="https://permit.example"))
    answer = app.test_client().get("/login", base_url="https://permit.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-onepermit=") and "Secure" in cookie and "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie and "max-age=" in answer.headers["Strict-Transport-Security"]


def test_security_txt_names_a_contact_and_an_end(client: FlaskClient) -> None:
    text = client.get("/.well-known/security.txt").text
    assert "Contact: http" in text and "Expires: 20" in text


def test_a_shared_link_names_the_public_address_whatever_host_was_asked(client: FlaskClient) -> None:
    answers = encode_answers(Catalogue.read(files(), INDUSTRY), EVERYTHING)
    asked = client.get(f"/guide/restaurant/result?a={answers}", headers={"Host": "evil.example"})
    assert "http://localhost/guide/restaurant/result" in asked.text
    assert "evil.example" not in asked.text


def test_only_the_proxies_that_were_named_may_say_where_a_visitor_comes_from() -> None:
    def address(proxies: int) -> str:
        app = create_app(Settings(database_url="postgresql+psycopg://", secret_key="k" * 40, proxies=proxies))
        app.add_url_rule("/address", view_func=lambda: request.remote_addr or "")
        return (
            app.test_client().get("/address", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}).text
        )

    assert (address(0), address(1)) == ("127.0.0.1", "198.51.100.7")


def test_production_shows_no_made_up_subjects() -> None:
    settings = Settings(
        database_url="postgresql+psycopg://", secret_key="k" * 40, base_url="http://localhost"
    )
    with create_app(settings).app_context(), pytest.raises(Unavailable):
        shared_data().lookup("91370303MA3T00017Y", now=NOW)
