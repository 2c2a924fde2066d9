"""A person's messages on their pages: what is new stands out, leads on, is put away; and their address."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from engine.database import transaction
from engine.outbox.places import PAGES, address
from engine.outbox.tell import Message, tell_user
from engine.queries.messages import PAGE
from engine.tables import deliveries, messages, users
from tests import filing
from tests.engine.clerks import case_of
from tests.web.conftest import Site, post

SENT = filing.NOW - timedelta(days=30)  # the pages look at the real clock
ASKED = Message("correction_asked", "请补正申请材料", "有 2 处要补正。", link="correction")


@pytest.fixture
def number(site: Site) -> Iterator[str]:
    """A case whose applicant has no messages yet."""
    number = filing.file_case(site.engine, site.people)
    with transaction(site.engine) as db:
        db.execute(text("truncate messages cascade"))
    yield number
    with transaction(site.engine) as db:
        db.execute(update(users).where(users.c.login == "applicant").values(email=None, phone=""))


@pytest.fixture
def browser(site: Site) -> FlaskClient:
    return site.signed_in("applicant")


def say(site: Site, number: str, *keys: str, message: Message = ASKED, who: str = "applicant") -> list[int]:
    """Tell somebody something about a case; the ids of the messages."""
    with transaction(site.engine) as db:
        case = case_of(db, number)
        told = (tell_user(db, site.people[who].id, case.id, message, key, SENT) for key in keys)
        return [each for each in told if each is not None]


def titles(page: str) -> list[str]:
    return re.findall(r'class="op-tasklist-title"><a href="[^"]*">([^<]*)<', page)


def test_a_message_leads_to_the_page_where_something_is_to_be_done(
    site: Site, number: str, browser: FlaskClient
) -> None:
    say(site, number, "one")
    page = browser.get("/my/messages").text
    assert f'href="/cases/{number}/correction">请补正申请材料</a>' in page
    assert "有 2 处要补正。" in page and "未读" in page


def test_every_page_that_a_message_may_lead_to_exists(site: Site) -> None:
    adapter = site.app.url_map.bind("localhost")
    for page in PAGES:
        adapter.match(address(page, "370303-YYZ-20261122-0001"))


def test_the_navigation_counts_what_was_not_read(site: Site, number: str, browser: FlaskClient) -> None:
    say(site, number, "one", "two")
    assert '2<span class="visually-hidden">条未读' in browser.get("/my").text
    assert "条未读</span>" not in site.signed_in("window").get("/tasks").text


def test_one_message_is_put_away_and_the_others_stay(site: Site, number: str, browser: FlaskClient) -> None:
    first, _second = say(site, number, "one", "two")
    answer = post(browser, "/my/messages", f"/my/messages/{first}/read")
    assert (answer.status_code, answer.location) == (303, "/my/messages")
    with site.engine.connect() as db:
        unread = db.execute(select(messages.c.key).where(messages.c.read_at.is_(None))).scalars().all()
    assert unread == ["two"]


def test_all_messages_are_put_away_at_once(site: Site, number: str, browser: FlaskClient) -> None:
    say(site, number, "one", "two")
    assert post(browser, "/my/messages", "/my/messages/read").status_code == 303
    page = browser.get("/my/messages").text
    assert "全部标为已读" not in page and "条未读" not in page


def test_nobody_puts_away_or_sees_the_messages_of_others(site: Site, number: str) -> None:
    (message,) = say(site, number, "one")
    other = site.signed_in("other_applicant")
    assert "请补正" not in other.get("/my/messages").text
    post(other, "/my/profile", f"/my/messages/{message}/read")
    with site.engine.connect() as db:
        assert db.execute(select(messages.c.read_at).where(messages.c.id == message)).scalar_one() is None


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient) -> None:
    for page in ("/my/messages", "/my/profile"):
        assert client.get(page).location.startswith("/login")


def test_the_unread_come_first_and_every_message_stands_on_one_page(
    site: Site, number: str, browser: FlaskClient
) -> None:
    keys = [f"key-{each}" for each in range(2 * PAGE + 5)]
    for key in keys:
        say(site, number, key, message=Message("any", key, "。"))
    read = keys[::2]
    with transaction(site.engine) as db:
        db.execute(update(messages).where(messages.c.key.in_(read)).values(read_at=filing.NOW))
    seen: list[str] = []
    address = "/my/messages"
    while address:
        page = browser.get(address).text
        seen += titles(page)
        more = re.search(r'href="(/my/messages\?after=[^"]*)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert seen == keys[1::2][::-1] + read[::-1]


@pytest.mark.parametrize("after", ["x", "u~x~1", "u~2026-11-23T00:00:00+00:00~x", f"r~2026-11-23~{'9' * 30}"])
def test_an_impossible_place_in_the_list_is_its_beginning(
    site: Site, number: str, browser: FlaskClient, after: str
) -> None:
    say(site, number, "one")
    assert "请补正申请材料" in browser.get("/my/messages", query_string={"after": after}).text


def test_the_newest_messages_stand_on_the_applicants_own_page(
    site: Site, number: str, browser: FlaskClient
) -> None:
    for key in "abcdefg":
        say(site, number, key, message=Message("any", f"消息{key}", "。"))
    page = browser.get("/my").text
    assert [title for title in titles(page) if title.startswith("消息")] == [f"消息{key}" for key in "gfe"]
    assert "（7 条未读）" in page


def test_an_address_is_kept_changed_and_taken_back(site: Site, number: str, browser: FlaskClient) -> None:
    def kept() -> str | None:
        with site.engine.connect() as db:
            query = select(users.c.email).where(users.c.login == "applicant")
            return db.execute(query).scalar_one()

    for typed, email in ((" zhang@example.com ", "zhang@example.com"), ("", None)):
        answer = post(browser, "/my/profile", "/my/profile", email=typed)
        assert (answer.status_code, kept()) == (303, email)


@pytest.mark.parametrize(
    "typed",
    ["zhang", "zhang@", "a@b.cn, c@d.cn", "a@b.cn\nBcc: c@d.cn", "张@example.com", "a" * 250 + "@b.cn"],
)
def test_what_is_no_address_is_refused_in_words(
    site: Site, number: str, browser: FlaskClient, typed: str
) -> None:
    answer = post(browser, "/my/profile", "/my/profile", email=typed)
    assert answer.status_code == 422
    assert "电子邮箱应当像 name@example.com 这样填写。" in answer.text


def test_the_address_is_changed_by_a_form_of_this_site_only(browser: FlaskClient) -> None:
    assert browser.post("/my/profile", data={"email": "a@b.cn"}).status_code == 400


def test_staff_see_what_was_told_and_how_it_went_out(site: Site, number: str) -> None:
    (message,) = say(site, number, "one")
    say(site, number, "theirs", message=Message("overdue", "任务已到期", "请尽快办理。"), who="window")
    rows = [
        {"channel": "smtp", "address": "zhang@example.com", "state": "sent", "error": ""},
        {"channel": "sms", "address": "13805335678", "state": "failed", "error": "短信网关应答 500"},
    ]
    with transaction(site.engine) as db:
        for row in rows:
            db.execute(deliveries.insert().values(message_id=message, queued_at=filing.NOW, **row))
    page = site.signed_in("window").get(f"/office/cases/{number}").text
    told = page[page.index("已告知申请人") :]
    assert "请补正申请材料" in told and "任务已到期" not in told
    assert "z***@example.com" in told and "138****5678" in told and "短信网关应答 500" in told
    assert "zhang@example.com" not in page and "13805335678" not in told
