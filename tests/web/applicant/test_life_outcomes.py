"""How a case about a certificate ended is said in the words of what was asked or proposed, on every page."""

import pytest
from sqlalchemy import select

from engine.database import transaction
from engine.tables import cases, certificates
from tests.certificates.life.holders import DECLINE, TWO, People, settle
from tests.certificates.life.test_changing import NEW_NAME, ask
from tests.certificates.life.test_proposing import REVOKE, STATED_UNTIL, SUSPEND, put
from tests.engine.clerks import carry
from tests.filing import ANSWERS, NOW, file_case
from tests.web.conftest import Site, post

Town = tuple[People, str]
NO_PERMIT, NO_LOSS = "准予许可", ("没有办成", "行政复议", "不予许可")


@pytest.fixture
def town(site: Site) -> Town:
    """Everybody, and the public id of a certificate for food and fire of this test alone."""
    number = file_case(site.engine, site.people, TWO)
    carry(site.engine, site.people, number)
    query = select(certificates.c.public_id).join(cases).where(cases.c.number == number)
    with transaction(site.engine) as db:
        return site.people, str(db.execute(query).scalar_one())


def pages(site: Site, number: str) -> dict[str, str]:
    """The case as its holder, whoever tracks it, and its office see it."""
    tracking = site.browser()
    post(tracking, "/track", "/track", number=number, phone4=str(ANSWERS["phone"])[-4:])
    return {
        "holder": site.signed_in("applicant").get(f"/cases/{number}").text,
        "anybody": tracking.get("/track/case").text,
        "office": site.signed_in("approval").get(f"/office/cases/{number}").text,
    }


def test_a_decided_suspension_is_no_permit_and_no_success(site: Site, town: Town) -> None:
    number = put(site.engine, town, "suspension", "market")
    settle(site.engine, town[0], number, approval=SUSPEND)
    for who, page in pages(site, number).items():
        assert NO_PERMIT not in page and "予以暂停" in page, who
        assert "op-tag-good" not in page.split("予以暂停")[0].rsplit("<span", 1)[1], who


def test_a_suspension_that_was_declined_is_no_loss_of_its_holder(site: Site, town: Town) -> None:
    number = put(site.engine, town, "suspension", "market")
    settle(site.engine, town[0], number, approval=DECLINE)
    shown = pages(site, number)
    assert not any(word in page for page in shown.values() for word in NO_LOSS)
    assert all("不暂停" in page for page in shown.values()) and "照常有效" in shown["holder"]


def test_a_revocation_that_was_carried_out_is_not_shown_as_left_undone(site: Site, town: Town) -> None:
    number = put(site.engine, town, "revocation", "market")
    day = STATED_UNTIL.replace(month=12, day=1)
    assert settle(site.engine, town[0], number, day, approval=REVOKE).status == "revoked"
    items = pages(site, number)["holder"].split("各事项")[1].split("</ul>")[0]
    assert "未办理" not in items and "已撤销" in items
    assert "未决定" not in pages(site, number)["office"]


def test_what_was_agreed_to_in_a_change_that_did_not_come_about_is_not_shown_as_done(
    site: Site, town: Town
) -> None:
    number = ask(site.engine, town, NEW_NAME)
    case = settle(site.engine, town[0], number, NOW, approval=DECLINE)
    assert case.status == "not_changed"
    for who, page in pages(site, number).items():
        assert NO_PERMIT not in page and "不予许可" not in page, who
        assert "已同意，没有变更" in page and "不予变更" in page, who
    assert "行政复议" in pages(site, number)["holder"]


def test_holder_and_office_read_what_else_goes_on_about_the_licence(site: Site, town: Town) -> None:
    wish, proposal = ask(site.engine, town, NEW_NAME), put(site.engine, town, "suspension", "market")
    for mine, other in ((wish, proposal), (proposal, wish)):
        shown = pages(site, mine)
        assert all(f"：食品经营许可（{other}）" in shown[who] for who in ("holder", "office"))
        assert other not in shown["anybody"]
    settle(site.engine, town[0], proposal, approval=SUSPEND)
    assert "同时在办" not in pages(site, wish)["office"]
