"""The public registry as anybody uses it: a form, a list in pages, the same as JSON; and no persons."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from engine.database import transaction
from tests.certificates.test_register import first_issue, make_case, set_state
from tests.web.conftest import Site


@pytest.fixture(scope="module")
def shops(whole_site: Site) -> Iterator[list[str]]:
    """Three certificates of one name; the second has lost a licence."""
    with transaction(whole_site.engine) as db:
        made = [make_case(db, f"86{turn:02}") for turn in range(3)]
        numbers = [first_issue(db, case).number for case in made]
        set_state(db, made[1], "tobacco_retail", "revoked")
    yield numbers


def test_the_form_alone_lists_nobody(client: FlaskClient, shops: list[str]) -> None:
    page = client.get("/registry")
    assert page.status_code == 200 and "家常菜馆" not in page.text and "餐饮店" in page.text


def test_by_name_all_are_found_with_their_state_and_no_person(client: FlaskClient, shops: list[str]) -> None:
    page = client.get("/registry", query_string={"q": "家常菜"}).text
    assert all(number in page for number in shops)
    assert "部分有效" in page and "张三丰" not in page and "张*" not in page


def test_those_with_an_ended_licence_are_found_alone(client: FlaskClient, shops: list[str]) -> None:
    page = client.get("/registry", query_string={"q": "家常菜", "state": "ended"}).text
    assert shops[1] in page and shops[0] not in page


def test_too_little_is_said_at_the_field(client: FlaskClient) -> None:
    for query in ({"q": ""}, {"q": "家"}, {"state": "valid"}):
        page = client.get("/registry", query_string=query)
        assert page.status_code == 422 and 'href="#q"' in page.text


def test_programs_get_the_same_a_page_at_a_time(client: FlaskClient, shops: list[str]) -> None:
    said = client.get("/registry.json", query_string={"q": "家常菜"}).get_json()
    found = {entry["number"]: entry for entry in said["certificates"]}
    assert found.keys() >= set(shops) and said["next"] is None
    assert [line["state"] for line in found[shops[1]]["licences"]] == ["valid", "revoked"]
    assert "张三丰" not in str(said) and "public_id" not in str(said)
    refused = client.get("/registry.json?q=家")
    assert refused.status_code == 422 and "两个字" in refused.get_json()["errors"]["q"]


def test_a_revoked_licence_is_shown_by_its_number_on_the_page_and_to_programs(
    whole_site: Site, client: FlaskClient
) -> None:
    with transaction(whole_site.engine) as db:
        case = make_case(db, "8610")
        first_issue(db, case)
        set_state(db, case, "tobacco_retail", "revoked")
        first_issue(db, case, "撤销一项许可")
    asked = {"q": "N8610-1"}
    page = client.get("/registry", query_string=asked).text
    told = page.partition("您查的许可已经终止，现在的证上没有：")[2].partition("<details")[0]
    assert "已撤销" in told and "N8610-1" in told and "N8610-0" not in told
    [entry] = client.get("/registry.json", query_string=asked).get_json()["certificates"]
    assert [line["state"] for line in entry["licences"]] == ["valid"]
    assert [(line["number"], line["state"]) for line in entry["earlier_licences"]] == [("N8610-1", "revoked")]


@pytest.mark.parametrize(
    "query", ["q=%00%00", "q=家常&after=" + "9" * 30, "q=家常&after=x", "industry=%00", "q=%25%25"]
)
def test_an_impossible_question_breaks_nothing(client: FlaskClient, query: str) -> None:
    assert client.get(f"/registry?{query}").status_code in (200, 400, 422)


def test_the_thirty_first_look_of_a_minute_waits(client: FlaskClient) -> None:
    answers = [client.get("/registry?q=家").status_code for _ in range(31)]
    assert set(answers[:30]) == {422} and answers[30] == 429
