"""The administrator's page: what was not sent is one line a channel, with a way to send it again."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from engine.database import transaction
from engine.outbox.tell import Message, tell_user
from engine.people import Membership, add_user
from engine.tables import deliveries
from tests import filing
from tests.engine.clerks import case_of
from tests.web.conftest import Site, post

LOGIN = "admin_of_pages"


@pytest.fixture
def admin(site: Site) -> FlaskClient:
    """An administrator's browser."""
    with transaction(site.engine) as db:
        roles = (Membership("administrator"),)
        add_user(db, login=LOGIN, name="管维", password=filing.PASSWORD, roles=roles, now=filing.NOW)
    browser = site.browser()
    assert post(browser, "/login", "/login", login=LOGIN, password=filing.PASSWORD).status_code == 303
    return browser


def test_the_page_says_that_the_seal_is_for_trial(admin: FlaskClient) -> None:
    assert "试用" in admin.get("/system").text


@pytest.fixture
def failed(site: Site) -> int:
    """A short message that the gateway never took; its delivery."""
    number = filing.file_case(site.engine, site.people)
    with transaction(site.engine) as db:
        db.execute(text("truncate messages cascade"))
        case = case_of(db, number)
        message = tell_user(
            db, site.people["applicant"].id, case.id, Message("any", "通知", "。"), "one", filing.NOW
        )
        row = {"channel": "sms", "address": "13805335678", "state": "failed", "error": "短信网关应答 500"}
        new = deliveries.insert().values(message_id=message, attempts=9, queued_at=datetime.now(UTC), **row)
        return int(db.execute(new.returning(deliveries.c.id)).scalar_one())


def test_what_was_given_up_is_one_line_a_channel(site: Site, admin: FlaskClient, failed: int) -> None:
    page = admin.get("/system").text
    assert "短信：1 条" in page and "短信网关应答 500" in page
    assert "13805335678" not in page


def test_it_is_sent_again_from_the_first_attempt(site: Site, admin: FlaskClient, failed: int) -> None:
    answer = post(admin, "/system", "/system/messages/sms/retry")
    assert (answer.status_code, answer.location) == (303, "/system")
    with site.engine.connect() as db:
        row = db.execute(select(deliveries).where(deliveries.c.id == failed)).one()
        jobs = text("select count(*) from procrastinate_jobs where args ->> 'delivery_id' = :id")
        assert (row.state, row.attempts) == ("queued", 0)
        assert db.execute(jobs, {"id": str(failed)}).scalar_one() == 1
    assert "没有发出的消息" not in admin.get("/system").text


def test_only_an_administrator_sends_again(site: Site, failed: int) -> None:
    supervisor = site.signed_in("supervisor")
    assert post(supervisor, "/incidents", "/system/messages/sms/retry").status_code == 403
