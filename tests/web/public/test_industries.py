"""The lists lead to every industry, and its guide says in words what its files say; no script is needed."""

import io
from datetime import timedelta

import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from engine.database import transaction
from engine.deployments import Deployment, IndustryCard, current, publish
from tests import filing
from tests.web.conftest import Site
from web.public.cards import grouped

GUIDE = f"/industries/{filing.INDUSTRY}"


@pytest.fixture
def deployment(site: Site) -> Deployment:
    with transaction(site.engine) as db:
        return current(db, filing.INDUSTRY)


def text_of(pdf: bytes) -> str:
    return "".join("".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_front_page_leads_to_the_industries_without_login(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "我要办" in page and "查进度" in page and "证照核验" in page
    assert f'href="{GUIDE}"' in page and 'href="/industries"' in page


def test_a_list_asks_the_database_once_however_many_industries_there_are(
    site: Site, client: FlaskClient
) -> None:
    asked: list[str] = []
    event.listen(site.engine, "before_cursor_execute", lambda *given: asked.append(str(given[2])))
    for address in ("/", "/industries", "/industries?q=x"):
        asked.clear()
        client.get(address)
        assert sum("published_industries" in each for each in asked) == 1, address
        assert not any("files" in each for each in asked), address


@pytest.mark.parametrize("q", ["餐饮", "6210", "正餐", "消防 烟草", "FOOD" * 20])
def test_a_search_looks_in_names_classes_and_items(client: FlaskClient, q: str) -> None:
    page = client.get("/industries", query_string={"q": q}).text
    assert (f'href="{GUIDE}"' in page) == (not q.startswith("FOOD"))
    assert "个行业" in page and 'role="status"' in page


def test_what_was_looked_for_is_shown_as_text(client: FlaskClient) -> None:
    page = client.get("/industries", query_string={"q": "<script>"}).text
    assert "<script>”" not in page and "&lt;script&gt;" in page


def test_the_guide_has_every_part_and_every_item_with_its_law(
    client: FlaskClient, deployment: Deployment
) -> None:
    page = client.get(GUIDE).text
    parts = ("brief", "basics", "items", "where", "conditions", "materials", "flow", "special", "fees")
    for id in (*parts, "basis", "promise", "result", "spared", "contact"):
        assert f'id="{id}"' in page and f'href="#{id}"' in page, id
    for item in deployment.catalogue.items.values():
        assert item.name in page
        assert all(str(law) in page for law in item.basis)
    assert "待核实" not in page


def test_the_flow_says_in_words_what_the_drawing_shows(client: FlaskClient, deployment: Deployment) -> None:
    flow = client.get(GUIDE).text.split('id="flow"')[1].split("</ol>")[0]
    steps = deployment.model.steps.values()
    assert all(step.title in flow for step in steps if step.kind == "user")
    assert "bpmn" in client.get(f"{GUIDE}/diagram.json").get_json()["xml"]


def test_the_guide_of_a_region_names_its_offices(client: FlaskClient) -> None:
    assert "张店区行政审批服务局" in client.get(GUIDE, query_string={"region": "370303"}).text
    assert client.get(GUIDE, query_string={"region": "'; drop"}).status_code == 200


def test_the_guide_can_be_kept_as_a_paper_that_says_the_same(
    client: FlaskClient, deployment: Deployment
) -> None:
    answer = client.get(f"{GUIDE}/guide.pdf")
    assert answer.mimetype == "application/pdf"
    assert "inline" in answer.headers["Content-Disposition"]
    text = text_of(answer.data)
    assert deployment.sha256 in text
    assert all("".join(item.name.split()) in text for item in deployment.catalogue.items.values())


def test_an_earlier_version_stays_to_be_read_and_says_that_it_is_over(
    site: Site, client: FlaskClient, deployment: Deployment
) -> None:
    path = f"processes/{filing.INDUSTRY}/industry.yaml"
    newer = {**filing.files(), path: filing.files()[path].replace("一次问清", "一次问明")}
    with transaction(site.engine) as db:
        published, is_new = publish(db, newer, filing.INDUSTRY, filing.NOW + timedelta(days=1))
    assert is_new
    try:
        old, new = (f"{GUIDE}/versions/{each.version}" for each in (deployment, published))
        assert "历史版本" in client.get(old).text and "一次问清" in client.get(old).text
        assert "历史版本" not in client.get(new).text and "一次问明" in client.get(GUIDE).text
        paper = text_of(client.get(f"{old}/guide.pdf").data)
        assert deployment.sha256 in paper and "历史版本" in paper
        assert "历史版本" not in text_of(client.get(f"{new}/guide.pdf").data)
        listed = client.get(f"{GUIDE}/versions").text
        assert f'href="{old}"' in listed and f'href="{new}"' in listed and "现行版本" in listed
        assert "开始导办" not in client.get(old).text
    finally:
        with transaction(site.engine) as db:
            publish(db, deployment.files, filing.INDUSTRY, filing.NOW)


@pytest.mark.parametrize("address", ["/industries/restaurnt", f"{GUIDE}/versions/99", "/guide/restaurnt"])
def test_an_industry_or_version_that_there_is_not_offers_near_ones(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "您是不是要找" in answer.text and f'href="{GUIDE}"' in answer.text


def test_an_odd_address_offers_the_first_industries(client: FlaskClient) -> None:
    answer = client.get("/industries/%F0%9F%98%80")
    assert answer.status_code == 404 and f'href="{GUIDE}"' in answer.text


def test_industries_stand_under_their_headings_in_the_order_of_the_headings() -> None:
    """What one group of cards is, however they are mixed: each heading once, where it first comes up."""
    cards = [IndustryCard(id, id, id, "", group, False, 0, 1, "") for id, group in (("a", "甲"), ("b", "乙"))]
    again = IndustryCard("c", "c", "c", "", "甲", False, 0, 1, "")
    found = [(heading, [card.id for card in group]) for heading, group in grouped([*cards, again])]
    assert found == [("甲", ["a", "c"]), ("乙", ["b"])]


def test_the_figures_stand_beside_what_others_have_published(
    client: FlaskClient, deployment: Deployment
) -> None:
    page = client.get(GUIDE).text
    assert deployment.catalogue.yardsticks
    assert all(each.said in page for each in deployment.catalogue.yardsticks)
