"""A question that hangs on an answer comes and goes in the page itself, without asking the server."""

from playwright.sync_api import expect

from engine.database import transaction
from engine.drafts import start_draft
from tests import filing
from tests.journeys.conftest import OpenBrowser
from tests.journeys.pages import fill_in
from tests.journeys.site import Site


def test_questions_come_and_go_with_the_answers_they_hang_on(site: Site, open_browser: OpenBrowser) -> None:
    with transaction(site.engine) as db:
        user = site.people["applicant"]
        draft = start_draft(
            db, user=user, industry=filing.INDUSTRY, answers=filing.EVERYTHING, now=filing.NOW
        )
    page = open_browser("applicant")
    page.goto(f"/apply/{draft}/agent")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    address, agent = page.get_by_label("邮寄地址"), page.get_by_label("代理人姓名")
    expect(address).to_be_hidden()
    fill_in(page, {"证照怎么给您": "邮寄送达"})
    expect(address).to_be_visible()
    expect(agent).to_be_hidden()
    fill_in(page, {"是否委托他人办理": "是"})
    expect(agent).to_be_visible()
    fill_in(page, {"证照怎么给您": "仅电子证照"})
    expect(address).to_be_hidden()
    shown = page.locator("input[name=shown]").input_value().split(",")
    assert "agent_name" in shown and "post_address" not in shown
    assert not [url for url in sent if "/apply/" in url]  # browsers fetch the site's mark when they like
