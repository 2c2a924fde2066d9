"""An office suspends, resumes or revokes a licence: one person proposes, another decides."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, insert, select

from certificates.life.asking import ask_reissue
from certificates.life.changing import ask_change
from certificates.life.holding import seen_by_office
from certificates.life.possible import NotNow
from certificates.life.proposing import propose
from certificates.public import read_public
from engine.database import run, transaction
from engine.days import local_day
from engine.errors import Invalid, NotAllowed, NotFound
from engine.people import User
from engine.tables import calendar_days, cases, letter_deliveries, letters, messages
from tests.certificates.life.holders import People, certificate_of, licence_of, number_of, settle
from tests.certificates.life.lives import at, holds_together, issues_of, newest, states
from tests.filing import DISTRICT, NOW

Town = tuple[People, str]
REVOKE = {"outcome": "revoke", "heard": "none", "reasons": "以欺骗取得。", "remedies": "government"}
STATED_UNTIL = at("2026-11-30")  # five working days after NOW, a Monday
SUSPEND = {"outcome": "agree", "reasons": "卫生条件不合格。", "remedies": "government", "until": "2026-12-31"}


REASONS = "检查发现操作间不合格。"


def put(
    engine: Engine,
    town: Town,
    process: str,
    by: str = "approval",
    item: str = "food_operation",
    reasons: str = REASONS,
) -> str:
    people, public_id = town
    with transaction(engine) as db:
        licence, number = licence_of(db, public_id, item), number_of(db, public_id)
    asked = partial(
        propose,
        user=people[by],
        number=number,
        licence=licence,
        process=process,
        reasons=reasons,
        now=NOW,
    )
    return run(engine, asked)


def test_a_suspended_licence_leaves_the_certificate_and_comes_back(engine: Engine, town: Town) -> None:
    people, public_id = town
    first = settle(engine, people, put(engine, town, "suspension"), by=people["approval2"], approval=SUSPEND)
    assert first.status == "suspended"
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        assert sorted(states(db, certificate)) == ["suspended", "valid"]
        assert len(newest(db, certificate).licences) == 1
    second = settle(engine, people, put(engine, town, "resumption"), by=people["approval2"])
    assert second.status == "resumed"
    with transaction(engine) as db:
        assert [len(newest(db, certificate).licences), len(issues_of(db, certificate))] == [2, 3]
        holds_together(db, certificate, {})


def stopped(engine: Engine, public_id: str) -> list[tuple[str, date | None, date | None]]:
    """What the public page says about each licence: its state, since when, and until when."""
    with transaction(engine) as db:
        found = read_public(db, public_id, NOW)
    assert found is not None
    return [(each.state, each.stopped_on, each.suspended_until) for each in (*found.licences, *found.earlier)]


def test_everybody_reads_from_when_to_when_a_licence_is_suspended(engine: Engine, town: Town) -> None:
    settle(engine, town[0], put(engine, town, "suspension"), by=town[0]["approval2"], approval=SUSPEND)
    suspended = ("已暂停", local_day(NOW), date(2026, 12, 31))
    assert sorted(stopped(engine, town[1])) == [suspended, ("有效", None, None)]
    settle(engine, town[0], put(engine, town, "resumption"), by=town[0]["approval2"])
    assert stopped(engine, town[1]) == [("有效", None, None)] * 2


def test_everybody_reads_on_which_day_a_licence_was_revoked(engine: Engine, town: Town) -> None:
    day = STATED_UNTIL + timedelta(days=1)
    settle(engine, town[0], put(engine, town, "revocation", by="market"), day, approval=REVOKE)
    assert ("已撤销", local_day(day), None) in stopped(engine, town[1])


def test_who_proposed_does_not_decide(engine: Engine, town: Town) -> None:
    number = put(engine, town, "suspension")
    with pytest.raises(Invalid, match="同一个人"):
        settle(engine, town[0], number, by=town[0]["approval"], approval=SUSPEND)


def test_a_revocation_is_announced_decided_by_another_and_ends_the_licence(
    engine: Engine, town: Town
) -> None:
    people, public_id = town
    number = put(engine, town, "revocation", by="market")  # the regulator advises it
    case = settle(engine, people, number, STATED_UNTIL + timedelta(days=1), approval=REVOKE)
    assert case.status == "revoked"
    with transaction(engine) as db:
        assert sorted(states(db, certificate_of(db, public_id))) == ["revoked", "valid"]
        kinds = db.execute(select(letters.c.kind).where(letters.c.case_id == case.id).order_by(letters.c.id))
        assert list(kinds.scalars()) == ["revocation_notice", "revocation"]


def test_the_holder_has_five_working_days_to_speak_before_a_revocation(engine: Engine, town: Town) -> None:
    people = town[0]
    number = put(engine, town, "revocation", by="market")
    for moment in (NOW, STATED_UNTIL):
        with pytest.raises(Invalid) as refused:
            settle(engine, people, number, moment, approval=REVOKE)
        assert "陈述、申辩到2026年11月30日" in refused.value.errors["outcome"]
    with pytest.raises(Invalid) as refused:  # to say that they spoke without what they said is no way round
        settle(engine, people, number, approval={**REVOKE, "heard": "stated"})
    assert list(refused.value.errors) == ["statement"]
    spoken = {**REVOKE, "heard": "stated", "statement": "电话陈述：已经停业。"}
    assert settle(engine, people, number, approval=spoken).status == "revoked"


def test_the_five_days_are_those_of_the_place_and_begin_with_the_receipt(engine: Engine, town: Town) -> None:
    people = town[0]
    number = put(engine, town, "revocation", by="market")
    with transaction(engine) as db:
        closed = {"region": DISTRICT, "day": date(2026, 12, 1), "works": False, "reason": "停电"}
        db.execute(insert(calendar_days).values(**closed, set_by=people["supervisor"].id, set_at=NOW))
        notice = db.execute(select(letters.c.id).where(letters.c.kind == "revocation_notice")).scalar_one()
        received = {"way": "counter", "receiver": "张春和", "delivered_at": at("2026-11-25")}
        db.execute(insert(letter_deliveries).values(letter_id=notice, **received))
    with pytest.raises(Invalid, match="填写有误") as refused:
        settle(engine, people, number, at("2026-12-03"), approval=REVOKE)
    assert "2026年12月3日" in refused.value.errors["outcome"]
    assert settle(engine, people, number, at("2026-12-04"), approval=REVOKE).status == "revoked"


def test_reasons_that_no_letter_can_print_are_refused_before_anything_starts(
    engine: Engine, town: Town
) -> None:
    with pytest.raises(Invalid) as refused:
        put(engine, town, "revocation", reasons="\uf0b7 以欺骗取得")
    assert "U+F0B7" in refused.value.errors["reasons"]
    with transaction(engine) as db:
        assert db.execute(select(cases.c.number).where(cases.c.process == "revocation")).all() == []


def test_reasons_in_lines_as_a_browser_sends_them_are_taken(engine: Engine, town: Town) -> None:
    number = put(engine, town, "revocation", reasons="一、以欺骗取得。\r\n\t二、拒不改正。\r\n")
    with transaction(engine) as db:
        words = db.execute(select(cases.c.words).where(cases.c.number == number)).scalar_one()
    assert words["check_words"] == "一、以欺骗取得。\n\t二、拒不改正。"


def test_a_revocation_that_is_dropped_is_told_to_the_holder(engine: Engine, town: Town) -> None:
    keep = {"outcome": "keep", "heard": "stated", "statement": "已经改正", "reasons": "查无实据。"}
    case = settle(engine, town[0], put(engine, town, "revocation", by="market"), approval=keep)
    assert case.status == "not_revoked"
    with transaction(engine) as db:
        told = db.execute(select(messages.c.kind).where(messages.c.case_id == case.id)).scalars()
        assert set(told) == {"revocation_planned", "revocation_dropped"}


def test_what_is_not_suspended_cannot_be_resumed(engine: Engine, town: Town) -> None:
    with pytest.raises(NotNow, match="没有暂停"):
        put(engine, town, "resumption")


def test_what_the_holder_asks_for_holds_up_no_office_and_is_over_when_the_licence_is(
    engine: Engine, town: Town
) -> None:
    people, public_id = town
    with transaction(engine) as db:
        food = licence_of(db, public_id, "food_operation")
        raw: dict[str, str | list[str]] = {"food_items": ["热食类制售"]}
        about = {"public_id": public_id, "licence": food, "raw": raw, "evidence": (), "now": NOW}
        wish = ask_change(db, user=people["applicant"], **about)
    number = put(engine, town, "revocation", by="market")
    with pytest.raises(NotNow, match=number):  # of two offices one comes first
        put(engine, town, "suspension")
    waived = {**REVOKE, "heard": "waived", "statement": "书面表示放弃。"}
    assert settle(engine, people, number, approval=waived).status == "revoked"
    with transaction(engine) as db:
        case = db.execute(select(cases).where(cases.c.number == wish)).one()
        told = db.execute(select(messages.c.kind).where(messages.c.case_id == case.id)).scalars()
        assert (case.status, "overtaken" in set(told)) == ("overtaken", True)
        holds_together(db, certificate_of(db, public_id), {})


def test_a_further_copy_is_waited_for(engine: Engine, town: Town) -> None:
    with transaction(engine) as db:
        copy = ask_reissue(db, user=town[0]["applicant"], public_id=town[1], reasons="遗失", now=NOW)
    with pytest.raises(NotNow, match=copy):
        put(engine, town, "suspension")


def test_an_office_proposes_only_about_its_own_licences(engine: Engine, town: Town) -> None:
    with pytest.raises(NotAllowed):
        put(engine, town, "suspension", by="fire")
    with pytest.raises(NotFound):
        put(engine, town, "suspension", by="tobacco")


@pytest.mark.parametrize("who", ["applicant", "window", "tobacco", "inspector", "supervisor", "elsewhere"])
def test_whoever_decides_and_supervises_nothing_on_it_does_not_find_it(
    engine: Engine, town: Town, who: str
) -> None:
    with transaction(engine) as db, pytest.raises(NotFound):
        user: User = town[0][who]
        seen_by_office(db, user, number_of(db, town[1]), NOW)
