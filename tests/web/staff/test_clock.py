"""The clocks of a case on its pages: explained, stopped by those who handle it, prolonged by a head."""

import pytest
from sqlalchemy import select

from engine.database import transaction
from engine.people import Membership, User, add_user, find_user
from engine.tables import approvals, cases
from tests.filing import ANSWERS, DISTRICT, NOW, OTHER_DISTRICT, PASSWORD, do, file_case
from tests.web.conftest import Site, post

ITEM = "food_operation"
WHY = "送检的样品要十个工作日才有结果"


@pytest.fixture(scope="module")
def heads(whole_site: Site) -> dict[str, User]:
    """Heads of the approval bureaus of two districts, and of a government."""
    offices = {
        "head": Membership("head", "approval", DISTRICT),
        "head_elsewhere": Membership("head", "approval", OTHER_DISTRICT),
        "head_government": Membership("head", "government", DISTRICT),
    }
    with transaction(whole_site.engine) as db:
        ids = {
            login: add_user(db, login=login, name=login, password=PASSWORD, roles=[role], now=NOW)
            for login, role in offices.items()
        }
        found = {login: find_user(db, id) for login, id in ids.items()}
    return {login: user for login, user in found.items() if user is not None}


@pytest.fixture
def number(whole_site: Site) -> str:
    """A case of all items that the reviewing offices have before them."""
    number = file_case(whole_site.engine, whole_site.people)
    do(whole_site.engine, whole_site.people, number, "accept", "window", outcome="accept")
    return number


def clock(number: str) -> str:
    return f"/office/cases/{number}/clock"


def pause(site: Site, login: str, number: str, **typed: str) -> int:
    form = f"{clock(number)}/{ITEM}/pause"
    given = {"kind": "testing", "days": "10", "reason": WHY} | typed
    return post(site.signed_in(login), form, form, **given).status_code


def asked(site: Site, number: str) -> int:
    with transaction(site.engine) as db:
        query = select(approvals.c.id).join(cases).where(cases.c.number == number)
        return int(db.execute(query).scalar_one())


def test_the_applicant_reads_how_each_date_comes_about_and_no_clerks_name(site: Site, number: str) -> None:
    page = site.signed_in("applicant").get(f"/cases/{number}/clock")
    assert page.status_code == 200
    assert "受理时限" in page.text and "法定时限" in page.text and "承诺时限" in page.text
    assert "当天不算" in page.text
    assert "window·甲" not in page.text


def test_nobody_else_reads_an_applicants_clocks(site: Site, number: str) -> None:
    assert site.signed_in("other_applicant").get(f"/cases/{number}/clock").status_code == 404
    assert site.signed_in("elsewhere").get(clock(number)).status_code == 404


def test_a_pause_stops_the_clock_everywhere(site: Site, number: str) -> None:
    assert pause(site, "market", number) == 303
    staff = site.signed_in("market")
    page = staff.get(clock(number)).text
    assert "检验检测进行中" in page and "计时暂停" in page and WHY in page
    assert "计时暂停" in staff.get(f"/tasks/claimable?q={number}").text
    applicant = site.signed_in("applicant")
    assert "计时暂停" in applicant.get(f"/cases/{number}").text
    assert "计时暂停" in applicant.get(f"/cases/{number}/clock").text
    assert "计时暂停" in applicant.get("/my").text
    stranger, phone4 = site.browser(), str(ANSWERS["phone"])[-4:]
    assert post(stranger, "/track", "/track", number=number, phone4=phone4).status_code == 303
    assert "计时暂停" in stranger.get("/track/case").text


def test_what_is_missing_in_a_pause_comes_back_at_its_field(site: Site, number: str) -> None:
    form = f"{clock(number)}/{ITEM}/pause"
    answer = post(site.signed_in("market"), form, form, kind="", days="0", reason=" ")
    assert answer.status_code == 422
    for name in ("kind", "days", "reason"):
        assert f'href="#{name}"' in answer.text


def test_a_pause_is_ended_by_who_handles_the_item(site: Site, number: str) -> None:
    assert pause(site, "market", number) == 303
    form = f"{clock(number)}/{ITEM}/resume/testing"
    assert site.signed_in("tobacco").get(form).status_code == 404
    staff = site.signed_in("market")
    assert post(staff, form, form, reason="检测报告合格").status_code == 303
    assert "检验检测进行中" not in staff.get(clock(number)).text


def test_an_extension_waits_for_the_head_of_the_authority(
    site: Site, number: str, heads: dict[str, User]
) -> None:
    form = f"{clock(number)}/{ITEM}/extend"
    clerk = site.signed_in("market")
    assert post(clerk, form, form, reason="现场复杂").status_code == 303
    assert post(clerk, form, form, reason="现场复杂").status_code == 422
    approval = asked(site, number)
    head = site.signed_in("head")
    assert number in head.get("/approvals").text and "现场复杂" in head.get("/approvals").text
    for other in ("head_elsewhere", "head_government"):
        assert number not in site.signed_in(other).get("/approvals").text
        assert site.signed_in(other).get(f"/approvals/{approval}").status_code == 404
    assert clerk.get("/approvals").status_code == 403
    page = f"/approvals/{approval}"
    assert post(head, page, page, answer="refused", words="").status_code == 422
    assert post(head, page, page).status_code == 422
    assert post(head, page, page, answer="granted").status_code == 303
    assert number not in head.get("/approvals").text
    assert "延长时限" in clerk.get(clock(number)).text
    assert head.get(f"/office/cases/{number}").status_code == 200


def test_the_whole_case_is_prolonged_by_the_government(
    site: Site, number: str, heads: dict[str, User]
) -> None:
    form = f"{clock(number)}/whole/extend"
    assert post(site.signed_in("market"), form, form, reason="联审事项多").status_code == 303
    assert number in site.signed_in("head_government").get("/approvals").text
    assert number not in site.signed_in("head").get("/approvals").text
