"""The guide leads from everyday questions to exactly this applicant's notice, without login or JavaScript."""

from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.database import transaction
from engine.deployments import publish
from tests import filing
from tests.web.conftest import Site, post

DISTRICT = "370303"


def lead(client: FlaskClient, *answers: str) -> TestResponse:
    """Answer the questions in turn, each on the page that the one before led to; returns the last answer."""
    where, answered = "/guide/restaurant/q/1", None
    for value in answers:
        number = int(urlsplit(where).path.rpartition("/")[2])
        name = ("district", "area", "cold_food", "greasy_water", "tobacco", "signboard")[number - 1]
        answered = client.post(where, data={name: value})
        assert answered.status_code == 303, answered.text
        where = answered.location
    assert answered is not None
    return answered


def test_six_answers_lead_to_the_result(client: FlaskClient) -> None:
    answered = lead(client, DISTRICT, "350", "yes", "yes", "yes", "no")
    assert urlsplit(answered.location).path == "/guide/restaurant/result"
    page = client.get(answered.location).text
    assert "您要办 4 项许可" in page
    assert "门店招牌设置" in page.split("不用办的 1 项")[1].split("</dl>")[0]


def test_a_result_is_the_same_in_another_browser(site: Site, client: FlaskClient) -> None:
    link = lead(client, DISTRICT, "120", "no", "no", "no", "no").location
    assert "您要办 1 项许可" in site.browser().get(link).text


def test_a_wrong_answer_is_kept_and_named_at_the_field_and_above(client: FlaskClient) -> None:
    page = client.post(lead(client, DISTRICT).location, data={"area": "很大"})
    assert page.status_code == 422
    assert "错误：" in page.text.split("</title>")[0]
    assert 'href="#area"' in page.text and 'id="area-error"' in page.text
    assert 'value="很大"' in page.text


def test_an_answer_in_full_width_digits_with_its_unit_is_understood(client: FlaskClient) -> None:
    assert parse_qs(urlsplit(lead(client, DISTRICT, "３５０平米").location).query)["a"][0].endswith("_350")


def test_going_back_shows_what_was_answered(client: FlaskClient) -> None:
    where = lead(client, DISTRICT, "350").location
    a = parse_qs(urlsplit(where).query)["a"][0]
    assert 'value="350"' in client.get(f"/guide/restaurant/q/2?a={a}").text


def test_a_question_cannot_be_skipped(client: FlaskClient) -> None:
    answer = client.get("/guide/restaurant/q/5")
    assert (answer.status_code, answer.location) == (303, "/guide/restaurant/q/1")
    assert client.get("/guide/restaurant/result").location == "/guide/restaurant/q/1"


def test_changing_one_answer_returns_to_the_result(client: FlaskClient) -> None:
    result = lead(client, DISTRICT, "120", "no", "no", "no", "no").location
    a = parse_qs(urlsplit(result).query)["a"][0]
    changed = client.post("/guide/restaurant/q/5", data={"a": a, "tobacco": "yes", "change": "1"})
    assert "您要办 2 项许可" in client.get(changed.location).text


def test_a_shop_too_small_is_told_why_and_what_instead_at_once(client: FlaskClient) -> None:
    answered = lead(client, DISTRICT, "30")
    page = client.get(answered.location).text
    assert "小餐饮" in page and "您可以这样办" in page and "开始申请" not in page


def test_a_spoilt_link_offers_the_industries(client: FlaskClient) -> None:
    page = client.get("/guide/restaurant/result?a=%3Cscript%3E")
    assert page.status_code == 404 and "/industries/restaurant" in page.text


def test_an_unknown_industry_offers_the_list(client: FlaskClient) -> None:
    for path in ("/guide/nuclear", "/guide/nuclear/q/1", "/industries/nuclear", "/guide/nuclear/result"):
        page = client.get(path)
        assert page.status_code == 404 and "开办餐饮店" in page.text, path


def test_a_question_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/guide/restaurant/q/99").status_code == 404
    assert client.get("/guide/restaurant/q/0").status_code == 404


def test_the_notice_is_a_pdf_with_the_same_link(client: FlaskClient) -> None:
    result = lead(client, DISTRICT, "120", "no", "no", "no", "no").location
    notice = client.get(result.replace("/result", "/notice.pdf"))
    assert notice.mimetype == "application/pdf" and notice.data.startswith(b"%PDF")


def test_starting_needs_a_login_and_comes_back_to_the_draft(site: Site, client: FlaskClient) -> None:
    result = lead(client, DISTRICT, "120", "no", "no", "no", "no").location
    a = parse_qs(urlsplit(result).query)["a"][0]
    started = post(client, result, "/guide/restaurant/start", a=a)
    to_login = client.get(started.location)
    assert urlsplit(to_login.location).path == "/login"
    after = parse_qs(urlsplit(to_login.location).query)["next"][0]
    page = to_login.location
    back = post(client, page, "/login", login="applicant", password="onepermit", next=after)
    draft = client.get(back.location)
    assert draft.status_code == 303 and "/apply/" in draft.location


def test_a_forged_address_starts_nothing(site: Site) -> None:
    applicant = site.signed_in("applicant")
    assert applicant.get("/guide/restaurant/start").location == "/guide/restaurant"


def test_a_region_where_the_industry_is_not_open_is_not_offered_and_the_page_says_so(site: Site) -> None:
    where = f"processes/{filing.INDUSTRY}/industry.yaml"
    files = {**filing.files(), where: filing.files()[where] + f'\nopen_in: ["{DISTRICT}"]\n'}
    says = "没有列出的地方还不能在这里办理"
    assert says not in site.browser().get(f"/guide/{filing.INDUSTRY}/q/1").text
    with transaction(site.engine) as db:
        publish(db, files, filing.INDUSTRY, filing.NOW)
    try:
        page = site.browser().get(f"/guide/{filing.INDUSTRY}/q/1").text
        assert says in page and f'value="{DISTRICT}"' in page and filing.OTHER_DISTRICT not in page
        guide = site.browser().get(f"/industries/{filing.INDUSTRY}").text
        assert filing.OTHER_DISTRICT not in guide
    finally:
        with transaction(site.engine) as db:
            publish(db, filing.files(), filing.INDUSTRY, filing.NOW)
