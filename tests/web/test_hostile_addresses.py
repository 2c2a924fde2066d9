"""Whatever stands in an address or a field, the answer says what is wrong with it and nothing breaks."""

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Site, post

HUGE = "9" * 30


@pytest.mark.parametrize("path", ["/guide/%00", "/industries/a%00b", "/v/%00", "/static/%00"])
def test_a_stranger_with_a_nul_in_the_address_gets_a_plain_refusal(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


@pytest.mark.parametrize(
    ("login", "path"),
    [
        ("applicant", "/cases/%00"),
        ("applicant", "/apply/%00"),
        ("applicant", f"/my/files/{HUGE}"),
        ("window", "/tasks/%00"),
        ("window", "/tasks?q=%00"),
        ("window", "/tasks/claimable?after=2026-01-01~%00"),
        ("window", "/office/cases/%00"),
        ("window", f"/materials/{HUGE}"),
        ("inspector", f"/inspect/{HUGE}/plan"),
        ("supervisor", "/supervision?after=2026-01-01~1~%00~x"),
    ],
)
def test_a_person_inside_with_an_impossible_address_gets_a_plain_refusal(
    site: Site, login: str, path: str
) -> None:
    answer = site.signed_in(login).get(path)
    assert answer.status_code == 400 and "无法识别" in answer.text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/login", {"login": "a\0b", "password": "x"}),
        ("/track", {"number": "a\0b", "phone4": "1234"}),
    ],
)
def test_a_nul_in_a_field_is_refused(client: FlaskClient, path: str, fields: dict[str, str]) -> None:
    assert post(client, path, path, **fields).status_code == 400
