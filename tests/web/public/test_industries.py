"""The service guide says what the catalogue says, computed for the whole industry."""

from flask.testing import FlaskClient

from engine.database import transaction
from engine.deployments import current
from tests import filing
from tests.web.conftest import Site
from web.public.overview import overview, when_needed


def test_the_front_page_leads_to_every_industry_without_login(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "我要办" in page and "查进度" in page and "证照核验" in page
    assert 'href="/industries/restaurant"' in page


def test_the_guide_lists_items_with_deciders_days_and_basis(client: FlaskClient) -> None:
    page = client.get("/industries/restaurant").text
    for words in (
        "食品经营许可",
        "消防救援大队",
        "承诺 3",
        "法定 10",
        "《中华人民共和国食品安全法》第三十五条",
    ):
        assert words in page, words


def test_the_flow_says_in_words_what_the_drawing_shows(site: Site, client: FlaskClient) -> None:
    page = client.get("/industries/restaurant").text
    with transaction(site.engine) as db:
        steps = current(db, filing.INDUSTRY).model.steps.values()
    flow = page.split('id="flow"')[1].split("</ol>")[0]
    assert all(step.title in flow for step in steps if step.kind == "user")
    assert "bpmn" in client.get("/industries/restaurant/diagram.json").get_json()["xml"]


def test_materials_are_counted_before_and_after_merging(site: Site) -> None:
    with transaction(site.engine) as db:
        deployment = current(db, filing.INDUSTRY)
    figures = overview(deployment)
    assert figures.before_merging == sum(len(item.materials) for item in figures.items)
    assert len(figures.materials) < figures.before_merging


def test_the_guide_says_which_items_everybody_needs(site: Site) -> None:
    with transaction(site.engine) as db:
        catalogue = current(db, filing.INDUSTRY).catalogue
    assert when_needed(catalogue, "food_operation") == "必办"
    assert when_needed(catalogue, "fire_check") == "视情况"
    assert when_needed(catalogue, "signboard") == "自愿选办"
