"""Who sees and does what on the pages of hearings, and what a wrong click is answered."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.database import transaction
from engine.days import local_day
from engine.hearings.offering import ask, offer
from engine.hearings.requested import call_requested
from tests.engine.clerks import carry
from tests.filing import file_case, open_steps
from tests.web.conftest import Site, post

ITEM = "food_operation"
REASONS = "油烟直接影响楼上住户。"
PARTICIPANT = {
    "participants-0-name": "张春和",
    "participants-0-standing": "申请人",
    "participants-0-signed": "signed",
}


@pytest.fixture
def waiting(whole_site: Site) -> str:
    """A case whose food permit waits for its decision."""
    number = file_case(whole_site.engine, whole_site.people)
    carry(whole_site.engine, whole_site.people, number, until=f"decide_{ITEM}")
    return number


def office(number: str) -> str:
    return f"/office/cases/{number}/hearings"


def test_only_the_deciding_office_is_shown_the_way_and_may_go_it(site: Site, waiting: str) -> None:
    assert f"offer/{ITEM}" in site.signed_in("approval").get(office(waiting)).text
    for other in ("market", "supervisor"):
        page = site.signed_in(other).get(office(waiting))
        assert page.status_code == 200 and "/offer/" not in page.text
    assert site.signed_in("market").get(f"{office(waiting)}/offer/{ITEM}").status_code == 404
    assert site.signed_in("elsewhere").get(office(waiting)).status_code == 404
    assert site.signed_in("applicant").get(office(waiting)).status_code == 403
    assert site.browser().get(office(waiting)).status_code == 303


def test_a_hearing_goes_from_the_offer_to_the_minutes(site: Site, waiting: str) -> None:
    clerk, applicant = site.signed_in("approval"), site.signed_in("applicant")
    form = f"{office(waiting)}/offer/{ITEM}"
    assert post(clerk, form, form, reasons=" ").status_code == 422
    assert post(clerk, form, form, reasons=REASONS).status_code == 303
    assert clerk.post(form, data={}).status_code == 400  # no token, no hearing

    case = applicant.get(f"/cases/{waiting}").text
    own = case.split(f"/cases/{waiting}/hearing/")[1].split('"')[0]
    page = f"/cases/{waiting}/hearing/{own}"
    assert REASONS in applicant.get(page).text
    assert site.signed_in("other_applicant").get(page).status_code == 404
    assert post(applicant, page, f"{page}/ask", words="").status_code == 422
    assert post(applicant, page, f"{page}/ask", words="我想说明。").status_code == 303
    assert post(applicant, "/my", f"{page}/decline").status_code == 409  # asked for already

    task = f"/tasks/{open_steps(site.engine, waiting)[f'decide_{ITEM}']}"
    refused = post(clerk, task, task, outcome="granted")
    assert refused.status_code == 422 and "还没有通知时间" in refused.text

    to = f"{office(waiting)}/{own}"
    assert clerk.get(f"{to}/record").status_code == 409  # not called yet
    late = post(clerk, f"{to}/call", f"{to}/call", day="2020-01-01", clock="09:00", place="三楼", chair="周")
    assert late.status_code == 422 and "不能早于" in late.text
    assert site.signed_in("market").get(f"{to}/call").status_code == 404


def test_a_row_is_added_to_the_minutes_without_scripts(site: Site, waiting: str) -> None:
    own, clerk = called(site, waiting), site.signed_in("approval")
    form = f"{office(waiting)}/{own}/record"
    grown = post(clerk, form, form, action="grow:participants", **PARTICIPANT)
    assert "第 2 人" in grown.text and 'value="张春和"' in grown.text
    dropped = post(clerk, form, form, action="drop:participants-0", **PARTICIPANT)
    assert 'value="张春和"' not in dropped.text


def test_a_request_on_paper_and_a_mistaken_offer_have_their_pages(site: Site, waiting: str) -> None:
    clerk, now = site.signed_in("approval"), datetime.now(UTC)
    with transaction(site.engine) as db:
        own = offer(db, user=site.people["approval"], number=waiting, item=ITEM, reasons=REASONS, now=now)
    off = f"{office(waiting)}/{own}/cancel"
    assert post(clerk, off, off, ground="withdrawn", words="没有人要求过").status_code == 422
    paper = f"{office(waiting)}/{own}/request"
    assert post(clerk, paper, paper, words="来信要求。", received="2020-01-01").status_code == 422
    assert (
        post(clerk, paper, paper, words="来信要求。", received=local_day(now).isoformat()).status_code == 303
    )
    assert clerk.get(paper).status_code == 409
    assert post(clerk, off, off, ground="withdrawn", words="又来信撤回。").status_code == 303
    assert "又来信撤回" in clerk.get(office(waiting)).text


def called(site: Site, number: str) -> int:
    """A hearing that was called, as its id."""
    clerk, applicant, now = site.people["approval"], site.people["applicant"], datetime.now(UTC)
    notice = {"clock": "09:00", "place": "三楼听证室", "chair": "周持平"}
    notice["day"] = (local_day(now) + timedelta(days=7)).isoformat()
    with transaction(site.engine) as db:
        own = offer(db, user=clerk, number=number, item=ITEM, reasons=REASONS, now=now)
        ask(db, user=applicant, number=number, hearing=own, words="我想说明。", now=now)
        call_requested(db, user=clerk, number=number, hearing=own, raw=notice, now=now)
    return own
